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
package org.trinomesh.product;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.registry.TestingMesh;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.mesh;

final class TestSchemaComparison
{
    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: sales-team, version: 1.0.0, aliases: [purchases]}
            spec:
              description: Orders
              outputPorts:
                - {name: sql, type: sql, catalog: lake, schema: sales, tables: [{table: orders}, {table: lines, columns: [{name: line, type: date}]}]}
              columns:
                - {name: order_id, type: bigint, nullable: false, unique: true, fieldId: 1, description: Number of the order}
                - {name: quantity, type: integer, nullable: false}
                - {name: price, type: 'decimal(10,2)', classification: internal}
                - {name: customer, type: 'row(id bigint, zip varchar)', identifier: customer}
                - {name: notes, type: array(varchar)}
                - {name: amounts, type: 'map(varchar, real)'}
              slos:
                freshness: {target: 4h}
              accessControl:
                - {role: analysts, permissions: [read]}
            """;

    private static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: orders-contract, version: 1.0.0, owner: sales-team}
            producer: {domain: sales, dataProduct: orders}
            quality:
              rules:
                - {name: known-quantity, column: quantity, check: not_null}
            """;

    @Test
    void testNothingChanged()
    {
        assertThat(changes("Number of the order", "Number of the order")).isEmpty();
        assertThat(changes("sales-team, version", "other-team, version")).isEmpty();
        assertThat(changes("role: analysts", "role: others")).isEmpty();
        // Policies take effect at once and are nobody's promise
        assertThat(changes("type: integer, nullable: false", "type: integer, nullable: false, hidden: true")).isEmpty();
    }

    @Test
    void testCaseDoesNotDistinguishFields()
    {
        assertThat(changes("row(id bigint, zip varchar)", "row(Id bigint, ZIP varchar)")).isEmpty();
        assertThat(changes("row(id bigint, zip varchar)", "row(ID integer, zip varchar)")).containsExactly("orders.customer.id: breaking major type_changed: 'orders.customer.id' was bigint and is now integer");
    }

    @Test
    void testTypesThatTheTableDecides()
    {
        // Nobody said which it is, so that saying it takes nothing away
        assertThat(changes("type: integer, nullable: false", "type: double or decimal, nullable: false")).hasSize(1);
        String open = ORDERS.replace("'decimal(10,2)'", "double or decimal");
        assertThat(SchemaComparison.compare(product(open, CONTRACT), product(open.replace("double or decimal", "'decimal(12,4)'"), CONTRACT))).isEmpty();
        assertThat(SchemaComparison.compare(product(open, CONTRACT), product(open.replace("double or decimal", "double"), CONTRACT))).isEmpty();
        assertThat(SchemaComparison.compare(product(open, CONTRACT), product(open.replace("double or decimal", "varchar"), CONTRACT))).hasSize(1);
        assertThat(SchemaComparison.compare(product(ORDERS, CONTRACT), product(open, CONTRACT))).hasSize(1);
    }

    @Test
    void testTables()
    {
        assertThat(changes(", {table: lines, columns: [{name: line, type: date}]}", "")).containsExactly("orders__lines: breaking major table_removed: table 'orders__lines' is no longer served");
        assertThat(changes("{table: orders}", "{table: orders}, {table: parcels, columns: [{name: line, type: date}]}")).containsExactly("orders__parcels: compatible minor table_added: table 'orders__parcels' is new");
        assertThat(changes("{table: lines,", "{table: items,")).containsExactly(
                "orders__lines: breaking major table_removed: table 'orders__lines' is no longer served",
                "orders__items: compatible minor table_added: table 'orders__items' is new");
        assertThat(changes("aliases: [purchases]", "aliases: [buys]")).containsExactly("purchases: breaking major alias_removed: the alias 'purchases' is gone");
    }

    @Test
    void testColumns()
    {
        assertThat(changes("    - {name: notes, type: array(varchar)}\n", "")).containsExactly("orders.notes: breaking major column_removed: column 'orders.notes' is no longer promised");
        assertThat(changes("    - {name: amounts", "    - {name: city, type: varchar}\n    - {name: amounts")).containsExactly("orders.city: compatible minor column_added: column 'orders.city' is new");
        assertThat(changes("name: notes", "name: remarks")).containsExactly(
                "orders.notes: breaking major column_removed: column 'orders.notes' is no longer promised",
                "orders.remarks: compatible minor column_added: column 'orders.remarks' is new");
        assertThat(changes("name: order_id", "name: order_number")).containsExactly("orders.order_id: breaking major column_renamed: column 'orders.order_id' is now called 'order_number'");
        assertThat(changes(
                "    - {name: notes, type: array(varchar)}\n    - {name: amounts, type: 'map(varchar, real)'}\n",
                "    - {name: amounts, type: 'map(varchar, real)'}\n    - {name: notes, type: array(varchar)}\n"))
                .containsExactly("orders: compatible minor columns_reordered: the columns of 'orders' come in another order");
    }

    @Test
    void testTypes()
    {
        assertThat(changes("type: integer", "type: bigint")).containsExactly("orders.quantity: compatible minor type_widened: 'orders.quantity' was integer and is now the wider bigint");
        assertThat(changes("type: bigint, nullable", "type: integer, nullable")).containsExactly("orders.order_id: breaking major type_changed: 'orders.order_id' was bigint and is now integer");
        assertThat(changes("type: integer", "type: varchar")).containsExactly("orders.quantity: breaking major type_changed: 'orders.quantity' was integer and is now varchar");
        assertThat(changes("decimal(10,2)", "decimal(12,2)")).containsExactly("orders.price: compatible minor type_widened: 'orders.price' was decimal(10,2) and is now the wider decimal(12,2)");
        assertThat(changes("decimal(10,2)", "decimal(12,4)")).containsExactly("orders.price: breaking major type_changed: 'orders.price' was decimal(10,2) and is now decimal(12,4)");
        assertThat(changes("array(varchar)", "array(bigint)")).containsExactly("orders.notes.element: breaking major type_changed: 'orders.notes.element' was varchar and is now bigint");
        assertThat(changes("map(varchar, real)", "map(varchar, double)")).containsExactly("orders.amounts.value: compatible minor type_widened: 'orders.amounts.value' was real and is now the wider double");
        assertThat(changes("map(varchar, real)", "map(bigint, real)")).containsExactly("orders.amounts.key: breaking major type_changed: 'orders.amounts.key' was varchar and is now bigint");
    }

    @Test
    void testFields()
    {
        assertThat(changes("row(id bigint, zip varchar)", "row(id bigint, zip varchar, city varchar)")).containsExactly("orders.customer.city: compatible minor field_added: field 'orders.customer.city' is new");
        assertThat(changes("row(id bigint, zip varchar)", "row(id bigint)")).containsExactly("orders.customer.zip: breaking major field_removed: field 'orders.customer.zip' is no longer promised");
        assertThat(changes("row(id bigint, zip varchar)", "row(id bigint, zip bigint)")).containsExactly("orders.customer.zip: breaking major type_changed: 'orders.customer.zip' was varchar and is now bigint");
        assertThat(changes("row(id bigint, zip varchar)", "row(zip varchar, id bigint)")).singleElement().asString().startsWith("orders.customer: breaking major type_changed: ");
    }

    @Test
    void testConstraints()
    {
        assertThat(changes("type: integer, nullable: false", "type: integer")).containsExactly("orders.quantity: breaking major made_nullable: column 'orders.quantity' was never NULL and may now be NULL");
        assertThat(changes("type: array(varchar)", "type: array(varchar), nullable: false")).containsExactly("orders.notes: compatible minor made_required: column 'orders.notes' is never NULL now");
        assertThat(changes("unique: true, ", "")).containsExactly("orders.order_id: breaking major unique_dropped: column 'orders.order_id' was unique and no longer is");
        assertThat(changes("type: array(varchar)", "type: array(varchar), unique: true")).containsExactly("orders.notes: compatible minor unique_added: column 'orders.notes' is unique now");
    }

    @Test
    void testWords()
    {
        assertThat(changes("identifier: customer", "identifier: person")).containsExactly("orders.customer: compatible minor identifier_changed: the identifier type of column 'orders.customer' was customer and is now person");
        assertThat(changes("classification: internal", "classification: restricted")).containsExactly("orders.price: compatible minor classification_changed: the classification of 'orders.price' was internal and is now restricted");
        assertThat(changes("Number of the order", "Its number")).containsExactly("orders.order_id: compatible patch description_changed: the description of column 'orders.order_id' changed");
    }

    @Test
    void testPromises()
    {
        assertThat(changes("target: 4h", "target: 8h")).containsExactly("slos.freshness: compatible minor slo_changed: the objective 'slos.freshness' was 4h and is now 8h");
        assertThat(changes("freshness: {target: 4h}", "latency: {target: 4h}")).containsExactly(
                "slos.freshness: compatible minor slo_removed: the objective 'slos.freshness' is no longer promised",
                "slos.latency: compatible minor slo_added: the objective 'slos.latency' is new");
        assertThat(ofContract("check: not_null", "check: unique")).containsExactly("quality.known-quantity: compatible minor quality_rule_changed: the quality rule 'quality.known-quantity' changed");
        assertThat(ofContract("name: known-quantity", "name: other")).containsExactly(
                "quality.known-quantity: compatible minor quality_rule_removed: the quality rule 'quality.known-quantity' is no longer promised",
                "quality.other: compatible minor quality_rule_added: the quality rule 'quality.other' is new");
    }

    @Test
    void testPlaceAndColumns()
    {
        SchemaChange change = SchemaComparison.compare(product(ORDERS, CONTRACT), product(ORDERS.replace("type: integer", "type: varchar"), CONTRACT)).getFirst();
        assertThat(change.position().orElseThrow()).hasToString("orders.yaml:10:7");
        assertThat(change.columns()).containsExactly("quantity");
        assertThat(change.table()).contains("orders");
        SchemaChange rule = SchemaComparison.compare(product(ORDERS, CONTRACT), product(ORDERS, CONTRACT.replace("not_null", "unique"))).getFirst();
        assertThat(rule.columns()).containsExactly("quantity");
    }

    @Test
    void testVersions()
    {
        SemanticVersion version = new SemanticVersion(1, 2, 3);
        assertThat(VersionBump.of(version, version)).isEqualTo(VersionBump.NONE);
        assertThat(VersionBump.of(version, new SemanticVersion(1, 2, 4))).isEqualTo(VersionBump.PATCH);
        assertThat(VersionBump.of(version, new SemanticVersion(1, 3, 0))).isEqualTo(VersionBump.MINOR);
        assertThat(VersionBump.of(version, new SemanticVersion(2, 0, 0))).isEqualTo(VersionBump.MAJOR);
        assertThat(VersionBump.of(version, new SemanticVersion(1, 1, 9))).isEqualTo(VersionBump.NONE);
        assertThat(VersionBump.MINOR.next(version)).hasToString("1.3.0");
        assertThat(VersionBump.MAJOR.next(version)).hasToString("2.0.0");
    }

    private static List<String> changes(String before, String after)
    {
        assertThat(ORDERS).contains(before);
        return changes(product(ORDERS, CONTRACT), product(ORDERS.replace(before, after), CONTRACT));
    }

    private static List<String> ofContract(String before, String after)
    {
        assertThat(CONTRACT).contains(before);
        return changes(product(ORDERS, CONTRACT), product(ORDERS, CONTRACT.replace(before, after)));
    }

    private static List<String> changes(DataProduct before, DataProduct after)
    {
        return SchemaComparison.compare(before, after).stream()
                .map(change -> "%s: %s %s %s: %s".formatted(change.path(), change.severity(), change.requiredBump(), change.kind(), change.message()))
                .collect(toImmutableList());
    }

    private static DataProduct product(String orders, String contract)
    {
        return TestingMesh.product(mesh(ImmutableMap.of("orders.yaml", orders, "contract.yaml", contract)), "sales", "orders");
    }
}
