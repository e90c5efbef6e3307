/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.trinomesh.measure;

import com.google.common.collect.ImmutableSet;
import io.airlift.log.Logger;
import org.trinomesh.product.DataProduct;

import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import java.util.HashMap;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * A JMX bean for each measured data product, for alerting: Trino's metrics endpoint shows them to Prometheus.
 */
public final class SloBeans
{
    private static final Logger log = Logger.get(SloBeans.class);
    private static final String DOMAIN = "org.trinomesh";

    private final MBeanServer server;
    private final String catalog;
    private final Map<ObjectName, SloBean> registered = new HashMap<>();

    public SloBeans(MBeanServer server, String catalog)
    {
        this.server = requireNonNull(server, "server is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * Shows these products and no others.
     */
    synchronized void show(Map<DataProduct, SloBean> shown)
    {
        Map<ObjectName, SloBean> wanted = new HashMap<>();
        shown.forEach((product, bean) -> wanted.put(name(product), bean));
        for (ObjectName name : ImmutableSet.copyOf(registered.keySet())) {
            if (!wanted.containsKey(name)) {
                unregister(name);
            }
        }
        wanted.forEach((name, bean) -> {
            SloBean before = registered.get(name);
            // A bean's attributes are fixed while it is registered
            if (before == null || !before.update(bean)) {
                unregister(name);
                register(name, bean);
            }
        });
    }

    synchronized void close()
    {
        ImmutableSet.copyOf(registered.keySet()).forEach(this::unregister);
    }

    private void register(ObjectName name, SloBean bean)
    {
        try {
            server.registerMBean(bean, name);
            registered.put(name, bean);
        }
        catch (JMException e) {
            log.warn(e, "The bean %s could not be registered", name);
        }
    }

    private void unregister(ObjectName name)
    {
        if (registered.remove(name) == null) {
            return;
        }
        try {
            server.unregisterMBean(name);
        }
        catch (InstanceNotFoundException _) {
            // Something else unregistered it
        }
        catch (JMException e) {
            log.warn(e, "The bean %s could not be unregistered", name);
        }
    }

    private ObjectName name(DataProduct product)
    {
        // SQL names of the mesh need no quotes
        String name = "%s:type=DataProductSlo,name=%s,catalog=%s,domain=%s,product=%s,major=%s".formatted(
                DOMAIN,
                // Trino's metrics endpoint tells beans apart by their type and name alone
                String.join("__", catalog.replaceAll("\\W", "_"), product.domain(), product.sqlName(), "v" + product.version().major()),
                catalog.matches("\\w+") ? catalog : ObjectName.quote(catalog),
                product.domain(),
                product.sqlName(),
                product.version().major());
        try {
            return new ObjectName(name);
        }
        catch (JMException e) {
            throw new IllegalArgumentException("Not the name of a bean: " + name, e);
        }
    }
}
