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
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.lang.management.ManagementFactory.getPlatformMBeanServer;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the mesh measures by itself, as listings and alerts show it: to ana, who reads everything, and to ben, who reads the
 * rows of the west and must not learn from a status what the others hold.
 */
final class TestSloMonitor
        extends AbstractTestQueryFramework
{
    private static final MBeanServer BEANS = getPlatformMBeanServer();

    private EmbeddedMesh mesh;

    private static String product(String name, String slos)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: watched, owner: sales-team, version: 1.0.0}
               spec:
                 description: Test product
                 slos: {%s}
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: watched, table: people}
                 columns:
                   - {name: id, type: bigint, nullable: false}
                   - {name: region, type: varchar}
                 accessControl:
                   - {user: ana, permissions: [read]}
                   - {user: ben, permissions: [read]}
               """.formatted(name, slos);
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MeshDocument.granting("watched"))
                .write("governance/west.yaml",
                        """
                        apiVersion: datamesh/v1
                        kind: GovernancePolicy
                        metadata: {name: west, owner: governance}
                        spec:
                          rowFilters:
                            - {id: west, match: {domains: [watched]}, filter: "region = 'WEST'", principals: [{user: ben}]}
                        """)
                .write("domains/watched/kept.yaml", product("kept", "freshness: {target: 4h}, row-count: {target: 1 row}"))
                .write("domains/watched/broken.yaml", product("broken", "freshness: {target: 4h}, row-count: {target: 1000 rows}"))
                .write("domains/watched/unclear.yaml", product("unclear", "freshness: {target: 4h}, accuracy: {target: 99%}"))
                .write("domains/watched/silent.yaml", product("silent", ""))
                .addMeshProperty("mesh.slo-interval", "200ms")
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.watched");
        mesh.runPipeline("CREATE TABLE lake.watched.people AS SELECT BIGINT '1' id, VARCHAR 'EAST' region");
        return mesh.runner();
    }

    @Test
    void testStatus()
            throws Exception
    {
        @Language("SQL") String sql = "SELECT name, slo_status FROM mesh.system.data_products ORDER BY name";
        assertEventually(() -> assertThat(mesh.rows("ana", sql)).containsExactly("broken, breached", "kept, met", "silent, null", "unclear, unknown"));
        assertThat(mesh.rows("ben", sql)).containsExactly("broken, unknown", "kept, unknown", "silent, null", "unclear, unknown");

        assertThat(BEANS.queryNames(new ObjectName("org.trinomesh:type=DataProductSlo,domain=watched,*"), null)).hasSize(3);
        assertThat(attribute("broken", "Breached")).isEqualTo(1);
        assertThat(attribute("broken", "FreshnessBreached")).isEqualTo(0);
        assertThat(attribute("broken", "RowCountBreached")).isEqualTo(1);
        assertThat(attribute("broken", "RowCountTargetRatio")).isEqualTo(0.001);
        assertThat(attribute("kept", "Breached")).isEqualTo(0);
        assertThat(attribute("unclear", "Breached")).isEqualTo(-1);
        assertThat(attribute("unclear", "AccuracyTargetRatio")).isEqualTo(Double.NaN);

        // Beans follow the descriptors
        mesh.descriptors().delete("domains/watched/unclear.yaml");
        mesh.descriptors().write("domains/watched/broken.yaml", product("broken", "freshness: {target: 4h}"));
        assertEventually(() -> assertThat(BEANS.isRegistered(name("unclear"))).isFalse());
        assertEventually(() -> assertThat(attribute("broken", "Breached")).isEqualTo(0));
        assertThat(BEANS.getMBeanInfo(name("broken")).getAttributes()).extracting("name").containsExactly("Breached", "FreshnessBreached", "FreshnessTargetRatio");
    }

    private static Object attribute(String product, String attribute)
            throws JMException
    {
        return BEANS.getAttribute(name(product), attribute);
    }

    private static ObjectName name(String product)
            throws JMException
    {
        return new ObjectName("org.trinomesh:type=DataProductSlo,name=mesh__watched__%1$s__v1,catalog=mesh,domain=watched,product=%1$s,version=v1".formatted(product));
    }
}
