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
package org.trinomesh;

import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.trino.spi.catalog.CatalogName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.trinomesh.registry.MeshRegistry;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

import java.time.Clock;
import java.time.Duration;

import static java.lang.management.ManagementFactory.getPlatformMBeanServer;
import static java.util.Objects.requireNonNull;

/**
 * The JMX bean of the registry, for alerting when descriptors are no longer refreshed.
 */
final class RegistryMetrics
{
    private static final Logger log = Logger.get(RegistryMetrics.class);

    private final MBeanServer server;
    private final ObjectName name;
    private final StandardMBean bean;

    public interface RegistryMBean
    {
        long getGeneration();

        /**
         * How many refreshes failed as a whole since the last that did not; 0 when all is well.
         */
        int getFailedRefreshes();

        /**
         * How long ago descriptors were last read without a failure, whether they had changed or not.
         */
        long getSecondsSinceRefresh();
    }

    @Inject
    RegistryMetrics(MeshRegistry registry, CatalogName catalog)
    {
        this(registry, catalog.toString(), getPlatformMBeanServer(), Clock.systemUTC());
    }

    RegistryMetrics(MeshRegistry registry, String catalog, MBeanServer server, Clock clock)
    {
        this.server = requireNonNull(server, "server is null");
        this.name = name(requireNonNull(catalog, "catalog is null"));
        this.bean = new StandardMBean(new Values(registry, clock), RegistryMBean.class, false);
    }

    @PostConstruct
    public void start()
    {
        try {
            server.registerMBean(bean, name);
        }
        catch (JMException e) {
            log.warn(e, "The bean %s could not be registered", name);
        }
    }

    @PreDestroy
    public void stop()
    {
        try {
            server.unregisterMBean(name);
        }
        catch (JMException e) {
            log.warn(e, "The bean %s could not be unregistered", name);
        }
    }

    private static ObjectName name(String catalog)
    {
        try {
            return new ObjectName("org.trinomesh:type=MeshRegistry,name=%s,catalog=%s".formatted(
                    catalog.replaceAll("\\W", "_"),
                    catalog.matches("\\w+") ? catalog : ObjectName.quote(catalog)));
        }
        catch (JMException e) {
            throw new IllegalArgumentException("Not the name of a catalog: " + catalog, e);
        }
    }

    private record Values(MeshRegistry registry, Clock clock)
            implements RegistryMBean
    {
        private Values
        {
            requireNonNull(registry, "registry is null");
            requireNonNull(clock, "clock is null");
        }

        @Override
        public long getGeneration()
        {
            return registry.current().generation();
        }

        @Override
        public int getFailedRefreshes()
        {
            return registry.failedRefreshes();
        }

        @Override
        public long getSecondsSinceRefresh()
        {
            return Duration.between(registry.lastRefresh(), clock.instant()).toSeconds();
        }
    }
}
