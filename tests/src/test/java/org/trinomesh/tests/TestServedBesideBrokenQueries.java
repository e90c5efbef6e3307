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

import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.trinomesh.query.BrokenQueries;
import org.trinomesh.query.BrokenQueries.Broken;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten products with broken queries are ten problems, and everything else is served.
 */
final class TestServedBesideBrokenQueries
        extends AbstractTestQueryFramework
{
    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MeshDocument.of());
        BrokenQueries.good().forEach(builder::write);
        BrokenQueries.BROKEN.stream().map(Broken::files).forEach(files -> files.forEach(builder::write));
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' AS id, VARCHAR 'west' AS region");
        return mesh.runner();
    }

    @Test
    void testTheTenProblemsAreTold()
    {
        assertThat(mesh.rows("gus", "SELECT file || ':' || CAST(line AS varchar) || ':' || CAST(\"column\" AS varchar) || ': ' || severity || ': ' || message || '; ' || remedy FROM mesh.system.problems WHERE severity <> 'info'"))
                .containsExactlyInAnyOrderElementsOf(BrokenQueries.BROKEN.stream().map(Broken::problem).collect(toImmutableList()));
        // The owner of the products corrects them
        assertThat(mesh.rows("finn", "SELECT file FROM mesh.system.problems WHERE severity = 'error'")).contains("domains/finance/clause.yaml", "domains/finance/queries/file.sql");
        assertThat(mesh.rows("ana", "SELECT file FROM mesh.system.problems WHERE severity = 'error'")).isEmpty();
    }

    @Test
    void testTheRestIsServed()
    {
        for (String name : BrokenQueries.goodNames()) {
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance." + name)).as(name).containsExactly("1, west");
        }
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.customers")).containsExactly("1, west");
        assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).containsAll(BrokenQueries.goodNames());
        for (Broken broken : BrokenQueries.BROKEN) {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance." + broken.name())).as(broken.name()).containsAnyOf("does not exist", "finance.%s is out of service".formatted(broken.name()), "finance.%s; it is out of service".formatted(broken.name()));
        }
    }

    @Test
    void testACorrectedProductIsServed()
    {
        Map.Entry<String, String> unknown = BrokenQueries.BROKEN.stream().filter(broken -> broken.name().equals("unknown")).findFirst().orElseThrow().files().entrySet().iterator().next();
        mesh.publish(unknown.getKey(), unknown.getValue().replace("custmers", "customers"));
        try {
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.unknown")).containsExactly("1, west");
            assertThat(mesh.rows("gus", "SELECT count(*) FROM mesh.system.problems WHERE severity = 'error'")).isEqualTo(List.of("9"));
        }
        finally {
            mesh.publish(unknown.getKey(), unknown.getValue());
        }
    }
}
