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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.Session;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.plugin.tpcds.TpcdsPlugin;
import io.trino.plugin.tpch.TpchPlugin;
import io.trino.spi.Plugin;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.security.GroupProvider;
import io.trino.spi.security.Identity;
import io.trino.testing.DistributedQueryRunner;
import org.trinomesh.MeshPlugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.Objects.requireNonNull;

/**
 * Starts an engine with a mesh catalog, the generators {@code tpch} and {@code tpcds}, and every storage also as a plain
 * Iceberg catalog of its name, as its owners write it.
 */
public final class MeshQueryRunner
{
    /**
     * The people of the example mesh and their groups.
     */
    private static final Map<String, Set<String>> GROUPS = ImmutableMap.<String, Set<String>>builder()
            .put("ana", ImmutableSet.of("sales-analysts"))
            .put("sam", ImmutableSet.of("sales-data-team"))
            .put("mia", ImmutableSet.of("marketing-analytics"))
            .put("finn", ImmutableSet.of("financial-reporting"))
            .put("dora", ImmutableSet.of("data-scientists"))
            .put("gus", ImmutableSet.of("governance"))
            .put("pat", ImmutableSet.of("platform"))
            .buildOrThrow();

    private MeshQueryRunner() {}

    private record ForeignCatalog(String name, Plugin plugin, Map<String, String> properties)
    {
        private ForeignCatalog
        {
            requireNonNull(name, "name is null");
            requireNonNull(plugin, "plugin is null");
            properties = ImmutableMap.copyOf(requireNonNull(properties, "properties is null"));
        }

        String connector()
        {
            return plugin.getConnectorFactories().iterator().next().getName();
        }
    }

    public static Builder builder(Path meshDirectory)
    {
        return new Builder(meshDirectory);
    }

    /**
     * A session of one of the people, in the mesh.
     */
    public static Session as(String user)
    {
        return testSessionBuilder()
                .setIdentity(Identity.ofUser(user))
                .setCatalog("mesh")
                .build();
    }

    /**
     * The session of a domain's pipeline, which writes past the mesh.
     */
    public static Session pipeline()
    {
        return as("pipeline");
    }

    public static final class Builder
    {
        private final Map<String, String> meshProperties = new LinkedHashMap<>();
        private final Map<String, Map<String, String>> storages = new LinkedHashMap<>();
        private final List<ForeignCatalog> catalogs = new ArrayList<>();
        private Session session = as("ana");
        private int workers;
        private Optional<Path> fileAccessRules = Optional.empty();
        private Optional<EventListener> eventListener = Optional.empty();

        private Builder(Path meshDirectory)
        {
            requireNonNull(meshDirectory, "meshDirectory is null");
            meshProperties.put("mesh.descriptors", meshDirectory.toString());
            meshProperties.put("mesh.refresh-interval", "100ms");
            // So that nothing opens tables that no statement asks for
            meshProperties.put("mesh.slo-interval", "0s");
        }

        public Builder addMeshProperty(String name, String value)
        {
            meshProperties.put(name, value);
            return this;
        }

        public Builder addStorage(String name, Map<String, String> properties)
        {
            storages.put(name, ImmutableMap.copyOf(properties));
            return this;
        }

        /**
         * A catalog of another connector, beside the mesh.
         */
        public Builder addCatalog(String name, Plugin plugin, Map<String, String> properties)
        {
            catalogs.add(new ForeignCatalog(name, plugin, properties));
            return this;
        }

        public Builder setSession(Session session)
        {
            this.session = session;
            return this;
        }

        public Builder setWorkers(int workers)
        {
            this.workers = workers;
            return this;
        }

        /**
         * The rules of Trino's own access control, which are read again when the file changes.
         */
        public Builder setFileAccessRules(Path fileAccessRules)
        {
            this.fileAccessRules = Optional.of(fileAccessRules);
            return this;
        }

        /**
         * What is told of every statement.
         */
        public Builder setEventListener(EventListener eventListener)
        {
            this.eventListener = Optional.of(eventListener);
            return this;
        }

        public DistributedQueryRunner build()
                throws Exception
        {
            DistributedQueryRunner.Builder<?> builder = DistributedQueryRunner.builder(session).setWorkerCount(workers);
            fileAccessRules.ifPresent(rules -> builder.setSystemAccessControl("file", ImmutableMap.of(
                    "security.config-file", rules.toString(),
                    "security.refresh-period", "1ms")));
            eventListener.ifPresent(builder::setEventListener);
            DistributedQueryRunner runner = builder.build();
            try {
                runner.getGroupProvider().setConfiguredGroupProvider((GroupProvider) user -> GROUPS.getOrDefault(user, ImmutableSet.of()));
                runner.installPlugin(new IcebergPlugin());
                runner.installPlugin(new TpchPlugin());
                runner.installPlugin(new TpcdsPlugin());
                runner.installPlugin(new MeshPlugin());
                runner.createCatalog("tpch", "tpch");
                runner.createCatalog("tpcds", "tpcds");
                storages.forEach((name, properties) -> {
                    if (!"location".equals(properties.get("iceberg.catalog.type"))) {
                        runner.createCatalog(name, "iceberg", properties);
                    }
                });
                catalogs.stream().map(ForeignCatalog::plugin).distinct().forEach(runner::installPlugin);
                for (ForeignCatalog catalog : catalogs) {
                    runner.createCatalog(catalog.name(), catalog.connector(), catalog.properties());
                }
                runner.createCatalog("mesh", "mesh", meshCatalog());
                return runner;
            }
            catch (Throwable e) {
                runner.close();
                throw e;
            }
        }

        private Map<String, String> meshCatalog()
        {
            ImmutableMap.Builder<String, String> properties = ImmutableMap.builder();
            properties.putAll(meshProperties);
            storages.forEach((storage, storageProperties) ->
                    storageProperties.forEach((name, value) -> properties.put("storage." + storage + "." + name, value)));
            return properties.buildOrThrow();
        }
    }
}
