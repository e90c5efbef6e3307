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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * Another engine makes a name mean another field of the table than the one that is masked.
 */
@Execution(SAME_THREAD)
final class TestFieldDrift
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales").with("stewards", "[{group: governance}]");
    private static final String SECRET = "Secret St 1";

    private EmbeddedMesh mesh;
    private int restarts;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH).start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        return mesh.runner();
    }

    @Test
    void testAFieldThatTakesTheNameOfAnother()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' id, CAST(ROW('Town', 'Secret St 1') AS row(city varchar, street varchar)) addr");
        String columns = "- {name: addr, type: \"row(city varchar, street varchar)\", mask: {action: row-fields, fields: {city: clear, street: replace-with-null}}}\n";
        publish("customers", columns);
        assertThat(mesh.rows("ana", "SELECT addr.city, addr.street FROM mesh.sales.customers")).containsExactly("Town, null");
        mesh.runPipeline("ALTER TABLE lake.sales.customers DROP COLUMN addr.city");
        mesh.runPipeline("ALTER TABLE lake.sales.customers RENAME COLUMN addr.street TO city");
        mesh.runPipeline("ALTER TABLE lake.sales.customers ADD COLUMN addr.street varchar");

        assertThat(mesh.failure("ana", "SELECT addr FROM mesh.sales.customers"))
                .contains("Data product sales.customers is out of service: field addr.city is promised and was field id 3 before, but is field id 4 in the table now")
                .doesNotContain(SECRET);
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE product = 'customers' AND severity = 'error'"))
                .contains("field addr.city is promised and was field id 3 before, but is field id 4 in the table now");
        assertThat(mesh.rows("sam", "SELECT path, kind FROM mesh.system.schema_changes WHERE product = 'customers'"))
                .contains("customers.addr.city, column_renamed");
        assertThat(mesh.failure("ana", "SELECT addr FROM " + restarted() + ".sales.customers")).as("after a restart").contains("field addr.city is promised and was field id 3 before");

        publish("customers", columns.replace("- {name: addr", "- {name: addr, description: edited"));
        assertThat(mesh.failure("ana", "SELECT addr FROM mesh.sales.customers")).as("after a word was edited").contains("field addr.city is promised and was field id 3 before");
        publish("customers", columns.replace("mask:", "fields: [{name: city, fieldId: 4}, {name: street, fieldId: 5}], mask:"));
        assertThat(mesh.rows("ana", "SELECT addr.city, addr.street FROM mesh.sales.customers")).as("when that is meant").containsExactly("Secret St 1, null");
        assertThat(mesh.rows("ana", "SELECT addr.city FROM " + restarted() + ".sales.customers")).containsExactly(SECRET);
    }

    @Test
    void testFieldsThatAreSwapped()
    {
        for (String type : new String[] {"row(city varchar, street varchar)", "array(row(city varchar, street varchar))", "map(varchar, row(city varchar, street varchar))", "row(inner row(city varchar, street varchar))"}) {
            String name = "swapped_" + type.replaceAll("\\W.*", "") + type.length();
            mesh.runPipeline("CREATE TABLE lake.sales." + name + " (id bigint, addr " + type.replace("inner ", "\"inner\" ") + ")");
            publish(name, "- {name: addr, type: '" + type.replace("inner ", "\"inner\" ") + "', mask: replace-with-null}\n");
            assertThat(mesh.rows("ana", "SELECT count(addr) FROM mesh.sales." + name)).containsExactly("0");
            String prefix = type.startsWith("array") ? "addr.element." : (type.startsWith("map") ? "addr.value." : (type.startsWith("row(inner") ? "addr.inner." : "addr."));
            BaseTable table = new BaseTable(new LakeTableOperations(new LakeTables(mesh.lake()), "sales", name), name);
            table.updateSchema()
                    .renameColumn(prefix + "city", "street")
                    .renameColumn(prefix + "street", "city")
                    .moveFirst(prefix + "street")
                    .commit();
            assertThat(mesh.failure("ana", "SELECT addr FROM mesh.sales." + name)).as(type).contains("field " + prefix + "city is promised and was field id");
        }
    }

    @Test
    void testColumnsThatAreSwappedBeforeAWordIsEdited()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.people AS SELECT VARCHAR 'Ada' nick, VARCHAR 'Secret St 1' street");
        String columns = "- {name: nick, type: varchar}\n- {name: street, type: varchar, mask: replace-with-null}\n";
        publish("people", columns);
        assertThat(mesh.rows("ana", "SELECT nick, street FROM mesh.sales.people")).containsExactly("Ada, null");
        mesh.runPipeline("ALTER TABLE lake.sales.people RENAME COLUMN nick TO other");
        mesh.runPipeline("ALTER TABLE lake.sales.people RENAME COLUMN street TO nick");
        mesh.runPipeline("ALTER TABLE lake.sales.people RENAME COLUMN other TO street");
        publish("people", columns.replace("nick,", "nick, description: edited,"));
        assertThat(mesh.failure("ana", "SELECT nick FROM mesh.sales.people")).contains("column nick (field id 1) is promised and was renamed to street in the table");
        assertThat(mesh.failure("ana", "SELECT nick FROM " + restarted() + ".sales.people")).as("after a restart")
                .contains("column nick is promised and was field id 1 before, but is field id 2 in the table now");
        publish("people_again", "people", columns);
        assertThat(mesh.failure("ana", "SELECT nick FROM mesh.sales.people_again")).as("another product on the table").contains("is promised and was renamed to");

        publish("people", "- {name: nick, type: varchar, fieldId: 1}\n- {name: street, type: varchar, fieldId: 2, physicalName: nick, mask: replace-with-null}\n");
        assertThat(mesh.rows("ana", "SELECT nick, street FROM mesh.sales.people")).containsExactly("Ada, null");
        assertThat(mesh.rows("ana", "SELECT nick, street FROM " + restarted() + ".sales.people")).containsExactly("Ada, null");
    }

    @Test
    void testHistoryMattersWhereARuleDependsOnIt()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.old AS SELECT VARCHAR 'old' note, BIGINT '1' id");
        mesh.runPipeline("ALTER TABLE lake.sales.old DROP COLUMN note");
        mesh.runPipeline("ALTER TABLE lake.sales.old ADD COLUMN note varchar");
        publish("old", "- {name: id, type: bigint}\n- {name: note, type: varchar}\n");
        assertThat(mesh.rows("ana", "SELECT id, note FROM mesh.sales.old")).containsExactly("1, null");
        publish("old_masked", "old", "- {name: id, type: bigint}\n- {name: note, type: varchar, mask: replace-with-null}\n");
        String again = restarted();
        assertThat(mesh.rows("ana", "SELECT id, note FROM " + again + ".sales.old")).containsExactly("1, null");
        assertThat(mesh.failure("ana", "SELECT id FROM " + restarted() + ".sales.old_masked")).contains("column note is promised and was field id 1 before, but is field id 3 in the table now");
        publish("old_masked", "old", "- {name: id, type: bigint}\n- {name: note, type: varchar, fieldId: 3, mask: replace-with-null}\n");
        assertThat(mesh.rows("ana", "SELECT id FROM " + restarted() + ".sales.old_masked")).containsExactly("1");
    }

    /**
     * A server that was never asked for anything yet.
     */
    private String restarted()
    {
        String catalog = "restarted" + restarts++;
        ImmutableMap.Builder<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", mesh.descriptors().path().toString())
                .put("mesh.slo-interval", "0s");
        mesh.lake().properties().forEach((name, value) -> properties.put("storage.lake." + name, value));
        mesh.runner().createCatalog(catalog, "mesh", properties.buildOrThrow());
        return catalog;
    }

    private void publish(String name, String columns)
    {
        publish(name, name, columns);
    }

    private void publish(String name, String table, String columns)
    {
        mesh.publish("sales/" + name + ".yaml",
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
                spec:
                  description: A product whose table changes
                  accessControl:
                    - {role: sales-analysts, permissions: [read]}
                    - {role: sales-data-team, permissions: [read, admin]}
                  outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %s}]
                  columns:
                %s""".formatted(name.replace('_', '-'), table, columns.indent(4)));
    }
}
