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

import com.google.common.cache.Cache;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.inject.Inject;
import io.airlift.log.Logger;
import io.trino.cache.CacheStatsMBean;
import io.trino.spi.catalog.CatalogName;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.trinomesh.cache.TableCaches;
import org.trinomesh.connector.StatisticsCache;
import org.weakref.jmx.JmxException;
import org.weakref.jmx.MBeanExporter;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import java.util.Map;

import static java.lang.management.ManagementFactory.getPlatformMBeanServer;
import static java.util.Objects.requireNonNull;

/**
 * The JMX beans of what is kept between queries, each with its hits, its misses and its size.
 */
final class CacheMetrics
{
    private static final Logger log = Logger.get(CacheMetrics.class);

    private final MBeanExporter exporter;
    private final String catalog;
    // Held here, since the exporter itself does not hold what it exports
    private final Map<String, CacheStatsMBean> beans;

    @Inject
    CacheMetrics(TableCaches tables, StatisticsCache statistics, CatalogName catalog)
    {
        this(ImmutableMap.of("metadata", tables.metadata().files(), "manifests", tables.manifests().manifests(), "statistics", statistics.scans()), catalog.toString(), getPlatformMBeanServer());
    }

    CacheMetrics(Map<String, Cache<?, ?>> caches, String catalog, MBeanServer server)
    {
        this.beans = ImmutableMap.copyOf(Maps.transformValues(requireNonNull(caches, "caches is null"), CacheStatsMBean::new));
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.exporter = new MBeanExporter(requireNonNull(server, "server is null"));
    }

    @PostConstruct
    public void start()
    {
        beans.forEach((kept, bean) -> {
            try {
                exporter.export(name(kept), bean);
            }
            catch (JmxException e) {
                log.warn(e, "The bean %s could not be registered", name(kept));
            }
        });
    }

    @PreDestroy
    public void stop()
    {
        beans.keySet().forEach(kept -> {
            try {
                exporter.unexport(name(kept));
            }
            catch (JmxException e) {
                log.warn(e, "The bean %s could not be unregistered", name(kept));
            }
        });
    }

    private String name(String kept)
    {
        return "org.trinomesh:type=Cache,name=%s_%s,catalog=%s,kept=%s".formatted(
                catalog.replaceAll("\\W", "_"),
                kept,
                catalog.matches("\\w+") ? catalog : ObjectName.quote(catalog),
                kept);
    }
}
