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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.trinomesh.tests.EmbeddedLake;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.MeshQueryRunner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * An engine with a lake of many tables, the plain catalog over it, and meshes of several sizes that publish them. One reader sees all, another
 * the hundred products of one domain.
 */
final class LargeEngine
        implements AutoCloseable
{
    static final String READER_OF_ONE_DOMAIN = "ben";

    private final EmbeddedLake lake;
    private final List<MeshDirectory> directories = new ArrayList<>();
    private final QueryRunner runner;

    private LargeEngine(EmbeddedLake lake, QueryRunner runner)
    {
        this.lake = lake;
        this.runner = runner;
    }

    /**
     * @param domains of a hundred tables each
     */
    static LargeEngine start(int domains)
            throws Exception
    {
        EmbeddedLake lake = EmbeddedLake.create();
        MeshDirectory none = MeshDirectory.create();
        none.write("mesh.yaml", "apiVersion: datamesh/v1\nkind: Mesh\nmetadata: {name: empty, owner: platform}\nspec: {}\n");
        Progress.say("Starting an engine");
        LargeEngine engine = new LargeEngine(lake, MeshQueryRunner.builder(none.path()).addStorage("wide", lake.properties()).build());
        engine.directories.add(none);
        Progress.say("Creating %,d tables", domains * GeneratedMesh.PRODUCTS_PER_DOMAIN);
        new WideLake(lake, domains).create(engine.runner);
        return engine;
    }

    /**
     * Adds a catalog of this name, with a mesh of a hundred products a domain.
     */
    void addMesh(String catalog, int domains)
            throws IOException
    {
        Progress.say("Loading a mesh of %,d products", domains * GeneratedMesh.PRODUCTS_PER_DOMAIN);
        MeshDirectory directory = MeshDirectory.create();
        directories.add(directory);
        GeneratedMesh.write(directory, "wide", domains);
        directory.write(
                "governance/one-domain.yaml",
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: one-domain, owner: governance}
                spec:
                  grants:
                    - {id: one-domain, match: {domains: [%s]}, principals: [{user: %s}], permissions: [read]}
                """.formatted(GeneratedMesh.domain(0), READER_OF_ONE_DOMAIN));
        ImmutableMap.Builder<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", directory.path().toString())
                .put("mesh.refresh-interval", "10m")
                .put("mesh.slo-interval", "0s");
        lake.properties().forEach((name, value) -> properties.put("storage.wide." + name, value));
        Progress.say("Loaded in %,.0f ms", PairedRuns.millis(() -> runner.createCatalog(catalog, "mesh", properties.buildOrThrow())));
    }

    int plain(@Language("SQL") String sql)
    {
        return runner.execute(pipeline(), sql).getRowCount();
    }

    int mesh(String user, @Language("SQL") String sql)
    {
        return runner.execute(Session.builder(as(user)).build(), sql).getRowCount();
    }

    @Override
    public void close()
            throws Exception
    {
        runner.close();
        for (MeshDirectory directory : directories) {
            directory.close();
        }
        lake.close();
    }
}
