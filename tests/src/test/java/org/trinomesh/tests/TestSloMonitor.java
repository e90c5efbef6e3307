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

    private static String moved(String name, String table)
    {
        String document = product(name, "freshness: {target: 4h}, availability: {target: 100%}")
                .replace("domain: watched", "domain: moved")
                .replace("schema: watched", "schema: moved")
                .replace("table: people", "table: " + table)
                .replace("{user: ben, permissions: [read]}", "{user: sam, permissions: [read, admin]}\n    - {user: dan, permissions: [discover]}");
        return name.equals("copies") ? document.replace("outputPorts:", "inputPorts: [{name: orders, type: data-product, source: moved.orders}]\n  outputPorts:") : document;
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MeshDocument.granting("watched", "moved"))
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
                .write("domains/watched/unclear.yaml", product("unclear", "freshness: {target: 4h}, friendliness: {target: always}"))
                .write("domains/watched/silent.yaml", product("silent", ""))
                .write("domains/moved/orders.yaml", moved("orders", "orders"))
                .write("domains/moved/early.yaml", moved("early", "not_yet"))
                .write("domains/moved/copies.yaml", moved("copies", "copies"))
                .addMeshProperty("mesh.slo-interval", "200ms")
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.watched");
        mesh.runPipeline("CREATE TABLE lake.watched.people AS SELECT BIGINT '1' id, VARCHAR 'EAST' region");
        mesh.runPipeline("CREATE SCHEMA lake.moved");
        mesh.runPipeline("CREATE TABLE lake.moved.orders AS SELECT BIGINT '1' id, VARCHAR 'EAST' region");
        mesh.runPipeline("CREATE TABLE lake.moved.copies AS SELECT BIGINT '1' id, VARCHAR 'EAST' region");
        return mesh.runner();
    }

    @Test
    void testStatus()
            throws Exception
    {
        @Language("SQL") String sql = "SELECT name, slo_status, slo_measured, service_status FROM mesh.system.data_products WHERE domain = 'watched' ORDER BY name";
        assertEventually(() -> assertThat(mesh.rows("ana", sql)).containsExactly(
                "broken, breached, 1.0, in service",
                "kept, met, 1.0, in service",
                "silent, null, null, in service",
                "unclear, met, 0.5, in service"));
        // How many rows there are is not for ben
        assertThat(mesh.rows("ben", sql)).containsExactly(
                "broken, met, 0.5, in service",
                "kept, met, 0.5, in service",
                "silent, null, null, in service",
                "unclear, met, 0.5, in service");

        assertThat(BEANS.queryNames(new ObjectName("org.trinomesh:type=DataProductSlo,domain=watched,*"), null)).hasSize(4);
        assertThat(attribute("silent", "InService")).isEqualTo(1);
        assertThat(attribute("broken", "InService")).isEqualTo(1);
        assertThat(attribute("broken", "Breached")).isEqualTo(1);
        assertThat(attribute("broken", "FreshnessBreached")).isEqualTo(0);
        assertThat(attribute("broken", "RowCountBreached")).isEqualTo(1);
        assertThat(attribute("broken", "RowCountTargetRatio")).isEqualTo(0.001);
        assertThat(attribute("kept", "Breached")).isEqualTo(0);
        assertThat(attribute("unclear", "Breached")).isEqualTo(0);
        assertThat(attribute("unclear", "MeasuredShare")).isEqualTo(0.5);
        assertThat(attribute("unclear", "FriendlinessBreached")).isEqualTo(-1);
        assertThat(attribute("unclear", "FriendlinessTargetRatio")).isEqualTo(Double.NaN);

        // Beans follow the descriptors
        mesh.descriptors().delete("domains/watched/unclear.yaml");
        mesh.descriptors().write("domains/watched/broken.yaml", product("broken", "freshness: {target: 4h}"));
        assertEventually(() -> assertThat(BEANS.isRegistered(name("unclear"))).isFalse());
        assertEventually(() -> assertThat(attribute("broken", "Breached")).isEqualTo(0));
        assertThat(BEANS.getMBeanInfo(name("broken")).getAttributes()).extracting("name").containsExactly("InService", "Breached", "MeasuredShare", "FreshnessBreached", "FreshnessTargetRatio");
    }

    /**
     * Another engine renames a column, and nobody has asked since.
     */
    @Test
    void testOutOfService()
            throws Exception
    {
        @Language("SQL") String products = "SELECT name, access, slo_status, slo_measured, service_status FROM mesh.system.data_products WHERE domain = 'moved' AND name <> 'early' ORDER BY name";
        assertEventually(() -> assertThat(mesh.rows("ana", products)).containsExactly(
                "copies, readable, met, 1.0, in service",
                "orders, readable, met, 1.0, in service"));

        mesh.runPipeline("ALTER TABLE lake.moved.orders RENAME COLUMN region TO area");
        assertEventually(() -> assertThat(mesh.rows("ana", products)).contains("orders, readable, breached, 0.5, out of service"));
        // Dan may only discover it
        assertThat(mesh.rows("dan", products)).contains("orders, discoverable, breached, 0.5, out of service");
        assertThat(mesh.rows("ana", "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'moved' AND table_name = 'orders'"))
                .containsExactly("Test product · Owner: sales-team · Out of service · SLO: breached (1 of 2 known)");
        assertThat(mesh.rows("ana", "SELECT product, service_status FROM TABLE(mesh.system.search(query => 'orders', domain => 'moved'))")).containsExactly("orders, out of service");
        assertThat(mesh.rows("ana", "SELECT from_name, from_service_status, to_name, to_service_status FROM mesh.system.lineage WHERE to_kind = 'product' AND to_domain = 'moved'"))
                .containsExactly("moved.orders, out of service, moved.copies, in service");
        assertThat(mesh.rows("ana", "SELECT from_name, from_service_status, to_service_status FROM TABLE(mesh.system.lineage('moved', 'copies', 'upstream'))"))
                .containsExactly("moved.orders, out of service, in service");
        assertThat(mesh.rows("ana", "SELECT objective, status, evidence FROM mesh.system.slos WHERE domain = 'moved' AND product = 'orders' AND objective = 'freshness'"))
                .singleElement().asString().startsWith("freshness, unknown, its table is out of service, so readers get no data; data was last changed at ");
        assertThat(mesh.rows("ana", "SELECT status, evidence FROM mesh.system.slos WHERE domain = 'moved' AND product = 'orders' AND objective = 'availability'"))
                .singleElement().asString().matches("breached, it was served [0-9]+ of the [0-9]+ times that queries or the mesh itself opened it in the last 24 hours");
        assertThat(mesh.rows("sam", "SELECT severity, message FROM mesh.system.problems WHERE domain = 'moved' AND product = 'orders'")).singleElement().asString().startsWith("error, ").contains("region");
        assertThat(mesh.rows("ana", "SELECT message FROM mesh.system.problems WHERE domain = 'moved' AND product = 'orders'")).isEmpty();
        assertThat(attribute("moved", "orders", "InService")).isEqualTo(0);
        assertThat(attribute("moved", "copies", "InService")).isEqualTo(1);

        mesh.runPipeline("ALTER TABLE lake.moved.orders RENAME COLUMN area TO region");
        assertEventually(() -> assertThat(mesh.rows("ana", products)).contains("orders, readable, breached, 1.0, in service"));
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE domain = 'moved' AND product = 'orders'")).isEmpty();
    }

    /**
     * A product whose table the pipeline has not made yet.
     */
    @Test
    void testBeforeTheFirstLoad()
    {
        @Language("SQL") String products = "SELECT slo_status, service_status FROM mesh.system.data_products WHERE name = 'early'";
        @Language("SQL") String availability = "SELECT status, evidence FROM mesh.system.slos WHERE product = 'early' AND objective = 'availability'";
        assertEventually(() -> assertThat(mesh.rows("ana", products)).containsExactly("unknown, out of service"));
        assertThat(mesh.rows("ana", availability)).containsExactly("unknown, nothing has opened it in the last 24 hours");
        assertThat(mesh.rows("sam", "SELECT severity, message, remedy FROM mesh.system.problems WHERE domain = 'moved' AND product = 'early'"))
                .containsExactly("error, out of service: table 'early' cannot be read: its table does not exist in storage 'lake', create the table, or correct the output port");
        assertThat(mesh.rows("ana", "SELECT message FROM mesh.system.problems WHERE domain = 'moved' AND product = 'early'")).isEmpty();

        mesh.runPipeline("CREATE TABLE lake.moved.not_yet AS SELECT BIGINT '1' id, VARCHAR 'EAST' region");
        assertEventually(() -> assertThat(mesh.rows("ana", products)).containsExactly("met, in service"));
        assertThat(mesh.rows("ana", availability)).singleElement().asString().startsWith("met, ");
    }

    private static Object attribute(String product, String attribute)
            throws JMException
    {
        return attribute("watched", product, attribute);
    }

    private static Object attribute(String domain, String product, String attribute)
            throws JMException
    {
        return BEANS.getAttribute(name(domain, product), attribute);
    }

    private static ObjectName name(String product)
            throws JMException
    {
        return name("watched", product);
    }

    private static ObjectName name(String domain, String product)
            throws JMException
    {
        return new ObjectName("org.trinomesh:type=DataProductSlo,name=mesh__%1$s__%2$s__v1,catalog=mesh,domain=%1$s,product=%2$s,major=1".formatted(domain, product));
    }
}
