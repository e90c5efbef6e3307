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

import io.airlift.units.Duration;
import io.trino.Session;
import io.trino.spi.Plugin;
import io.trino.spi.eventlistener.EventListener;
import io.trino.testing.DistributedQueryRunner;
import org.intellij.lang.annotations.Language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * A mesh over a {@code lake} of its own, served by an engine in this process: a pipeline fills the lake, people ask, and
 * descriptors change under them. Gone when closed.
 */
final class EmbeddedMesh
        implements AutoCloseable
{
    private final EmbeddedLake lake;
    private final MeshDirectory descriptors;
    private final DistributedQueryRunner runner;

    private EmbeddedMesh(EmbeddedLake lake, MeshDirectory descriptors, DistributedQueryRunner runner)
    {
        this.lake = requireNonNull(lake, "lake is null");
        this.descriptors = requireNonNull(descriptors, "descriptors is null");
        this.runner = requireNonNull(runner, "runner is null");
    }

    static Builder of(MeshDocument document)
    {
        return new Builder().write("mesh.yaml", document.yaml());
    }

    EmbeddedLake lake()
    {
        return lake;
    }

    /**
     * The files of the mesh. Who changes them here does not wait for the engine.
     */
    MeshDirectory descriptors()
    {
        return descriptors;
    }

    DistributedQueryRunner runner()
    {
        return runner;
    }

    /**
     * The domains' pipeline writes to the lake, past the mesh.
     */
    void runPipeline(@Language("SQL") String sql)
    {
        runner.execute(pipeline(), sql);
    }

    /**
     * What somebody gets: a line for each row, in the order in which the rows come.
     */
    List<String> rows(String user, @Language("SQL") String sql)
    {
        return rows(as(user), sql);
    }

    List<String> rows(Session session, @Language("SQL") String sql)
    {
        return runner.execute(session, sql).toTestTypes().getMaterializedRows().stream()
                .map(row -> row.getFields().stream().map(String::valueOf).collect(joining(", ")))
                .collect(toImmutableList());
    }

    /**
     * What somebody is told whose statement must fail.
     */
    String failure(String user, @Language("SQL") String sql)
    {
        Throwable failure = catchThrowable(() -> runner.execute(as(user), sql));
        assertThat(failure).as("failure of %s: %s", user, sql).isNotNull();
        return failure.getMessage();
    }

    /**
     * Writes a file of the mesh and returns when the engine has read it. Gus, who sees the mesh's generation, is asked for it.
     */
    void publish(String file, String content)
    {
        change(() -> descriptors.write(file, content));
    }

    void withdraw(String file)
    {
        if (file.contains("governance/") || file.endsWith("domain.yaml")) {
            // Rules that are only gone would count for some time
            publish(file, "# withdrawn\n");
        }
        change(() -> descriptors.delete(file));
    }

    private void change(Change change)
    {
        long before = generation();
        try {
            change.make();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertEventually(new Duration(30, SECONDS), () -> assertThat(generation()).isGreaterThan(before));
    }

    private long generation()
    {
        return (long) runner.execute(as("gus"), "SELECT generation FROM mesh.system.registry").getOnlyValue();
    }

    @Override
    public void close()
            throws Exception
    {
        try (lake; descriptors) {
            runner.close();
        }
    }

    private interface Change
    {
        void make()
                throws IOException;
    }

    static final class Builder
    {
        private final Map<String, String> files = new LinkedHashMap<>();
        private final Map<String, String> meshProperties = new LinkedHashMap<>();
        private final Map<String, Map<String, String>> storages = new LinkedHashMap<>();
        private final List<String> lakes = new ArrayList<>();
        private final List<Consumer<MeshQueryRunner.Builder>> catalogs = new ArrayList<>();
        private boolean countStatements;
        private int workers;
        private Optional<Path> fileAccessRules = Optional.empty();
        private Optional<EventListener> eventListener = Optional.empty();

        private Builder() {}

        Builder write(String file, String content)
        {
            files.put(file, content);
            return this;
        }

        Builder addMeshProperty(String name, String value)
        {
            meshProperties.put(name, value);
            return this;
        }

        /**
         * One more storage, beside the lake.
         */
        Builder addStorage(String name, Map<String, String> properties)
        {
            storages.put(name, properties);
            return this;
        }

        /**
         * One more storage, which is the catalog of the lake under another name.
         */
        Builder addStorageOfTheLake(String name)
        {
            lakes.add(name);
            return this;
        }

        /**
         * A catalog of another connector, beside the mesh.
         */
        Builder addCatalog(String name, Plugin plugin, Map<String, String> properties)
        {
            catalogs.add(runner -> runner.addCatalog(name, plugin, properties));
            return this;
        }

        /**
         * Lets {@link CountingDriver} see the statements that the lake's catalog receives.
         */
        Builder countStatements()
        {
            countStatements = true;
            return this;
        }

        /**
         * With workers, rows travel to another process.
         */
        Builder setWorkers(int workers)
        {
            this.workers = workers;
            return this;
        }

        /**
         * The rules of Trino's own access control.
         */
        Builder setFileAccessRules(Path fileAccessRules)
        {
            this.fileAccessRules = Optional.of(fileAccessRules);
            return this;
        }

        /**
         * What is told of every statement.
         */
        Builder setEventListener(EventListener eventListener)
        {
            this.eventListener = Optional.of(eventListener);
            return this;
        }

        EmbeddedMesh start()
                throws Exception
        {
            EmbeddedLake lake = EmbeddedLake.create();
            MeshDirectory descriptors = MeshDirectory.create();
            try {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    descriptors.write(file.getKey(), file.getValue());
                }
                MeshQueryRunner.Builder runner = MeshQueryRunner.builder(descriptors.path())
                        .addStorage("lake", countStatements ? CountingDriver.counting(lake.properties()) : lake.properties())
                        .setWorkers(workers);
                storages.forEach(runner::addStorage);
                lakes.forEach(name -> runner.addStorage(name, lake.properties()));
                catalogs.forEach(catalog -> catalog.accept(runner));
                meshProperties.forEach(runner::addMeshProperty);
                fileAccessRules.ifPresent(runner::setFileAccessRules);
                eventListener.ifPresent(runner::setEventListener);
                return new EmbeddedMesh(lake, descriptors, runner.build());
            }
            catch (Throwable e) {
                try (lake; descriptors) {
                    throw e;
                }
            }
        }
    }
}
