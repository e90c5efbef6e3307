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
package org.trinomesh.descriptor.odcs;

import org.junit.jupiter.api.Test;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.RelationshipDescriptor;
import org.trinomesh.descriptor.TeamReader;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problem.Severity;
import org.trinomesh.registry.DescriptorReader;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mistakes in documents of the open standards, and forms that only look like one.
 */
final class TestOdcsContract
{
    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: orders
            version: 1.0.0
            schema:
              - name: orders
                properties:
                  - name: email
                    logicalType: string
                    quality:
                      - metric: nullValues
                        mustBe: 0
            """;

    private static final String PRODUCT =
            """
            apiVersion: v1.1.0
            kind: DataProduct
            id: shop
            version: 1.0.0
            domain: sales
            """;

    @Test
    void testGoodContractHasNoProblems()
    {
        assertThat(problems(CONTRACT)).isEmpty();
        assertThat(problems(PRODUCT)).isEmpty();
    }

    @Test
    void testUnknownKeys()
    {
        assertThat(problems(CONTRACT.replace("logicalType:", "logicaltype:"))).containsExactly(
                "c.yaml:8:9: warning: the property has no type that can be read, so the column is not served; add 'logicalType:', one of string, date, timestamp, time, number, integer, object, array, boolean, map, vector",
                "c.yaml:9:9: error: key 'logicaltype' is not known in a property; write 'logicalType'");
        assertThat(problems(CONTRACT.replace("version:", "verison: 2\nversion:"))).containsExactly("c.yaml:4:1: error: key 'verison' is not known in a DataContract document; write 'version'");
        // Before 3.1 the standard forbade nothing
        assertThat(problems(CONTRACT.replace("v3.1.0", "v3.0.1").replace("version:", "reviewedBy: me\nversion:")))
                .containsExactly("c.yaml:4:1: warning: key 'reviewedBy' is not known in a DataContract document; remove it, or move it under customProperties");
        assertThat(problems(PRODUCT + "owner: me\n")).containsExactly("c.yaml:6:1: error: key 'owner' is not known in a DataProduct document; remove it, or move it under customProperties");
        assertThat(problems(CONTRACT + "servers: [{server: lake, type: iceberg, catalog: lake, namespace: sales, flavour: new}]\n"))
                .containsExactly("c.yaml:13:74: warning: key 'flavour' is not known in a server; remove it, or move it under customProperties");
    }

    @Test
    void testMissingKeys()
    {
        assertThat(problems(CONTRACT.replace("id: orders\n", ""))).containsExactly("c.yaml:1:1: error: a DataContract document has no 'id'; add the key 'id'");
        assertThat(problems(PRODUCT.replace("domain: sales\n", ""))).containsExactly("c.yaml:1:1: error: the data product does not name a domain; add 'domain:' with the domain that owns it, or move the file below domains/<domain>");
        assertThat(DescriptorReader.read("domains/sales/shop/product.yaml", PRODUCT.replace("domain: sales\n", "").getBytes(UTF_8)).descriptors().getFirst())
                .satisfies(product -> assertThat(((ProductDescriptor) product).metadata().domain()).map(Located::value).contains("sales"))
                .satisfies(product -> assertThat(product.problems()).isEmpty());
        assertThat(problems(PRODUCT.replace("version: 1.0.0\n", ""))).containsExactly("c.yaml:1:1: warning: the data product has no version, so it counts as 0.0.0; add 'version: 1.0.0'");
    }

    @Test
    void testWrongTypes()
    {
        assertThat(problems(CONTRACT.replace("logicalType: string", "logicalType: text")))
                .containsExactly("c.yaml:9:22: warning: logicalType 'text' is not known, so the column is not served; write one of string, date, timestamp, time, number, integer, object, array, boolean, map, vector");
        assertThat(problems(CONTRACT.replace("logicalType: string", "logicalType: array")))
                .containsExactly("c.yaml:8:9: warning: the type has no 'items', so the column is not served; add 'items:' with a logicalType");
        assertThat(problems(CONTRACT.replace("logicalType: string", "logicalType: object")))
                .containsExactly("c.yaml:8:9: warning: the object has no 'properties', so the column is not served; list what is inside, each with a name and a logicalType");
        assertThat(problems(CONTRACT.replace("logicalType: string", "logicalType: integer\n        physicalType: varchar(3)")))
                .containsExactly("c.yaml:10:23: warning: physicalType 'varchar(3)' does not fit logicalType 'integer'; correct one of the two; logicalType counts");
        assertThat(problems(CONTRACT.replace("logicalType: string", "logicalType: string\n        required: perhaps")))
                .containsExactly("c.yaml:10:19: error: 'required' is 'perhaps'; write true or false");
        assertThat(problems(CONTRACT + "tags: pii\n")).containsExactly("c.yaml:13:7: error: 'tags' is a single value; write a list: each entry on its own line after '- '");
    }

    @Test
    void testTruthValuesAsYamlWritesThem()
    {
        assertThat(contract(CONTRACT.replace("logicalType: string", "logicalType: string\n        required: True")).tables().getFirst().columns().getFirst().nullable()).contains(false);
        ContractDescriptor empty = contract(CONTRACT + "customProperties: [{property: a, value: NULL}, {property: b, value: 'Null'}]\n");
        assertThat(empty.problems()).isEmpty();
        assertThat(empty.terms().customProperties()).containsExactly(Map.entry("b", "Null"));
    }

    @Test
    void testTeamIsAnObjectOrAList()
    {
        ContractDescriptor object = contract(CONTRACT + "team: {name: sales-team, members: [{username: mia, role: owner}]}\n");
        assertThat(object.metadata().owner()).contains("sales-team");
        assertThat(object.terms().members()).extracting(Object::toString).containsExactly("mia (owner)");
        ContractDescriptor list = contract(CONTRACT + "team: [{username: mia, dateIn: \"2024-01-01\"}, {username: omar}]\n");
        assertThat(list.problems()).isEmpty();
        assertThat(list.metadata().owner()).isEmpty();
        assertThat(list.terms().members()).extracting(Object::toString).containsExactly("mia", "omar");
        assertThat(problems(CONTRACT + "team: sales-team\n")).containsExactly(
                "c.yaml:13:7: error: team is a single value; write it as keys with values: " + String.join(", ", TeamReader.TEAM.optional()));
        assertThat(problems(CONTRACT + "team: [{username: mia, dateIn: \"2024-02-30\"}]\n"))
                .containsExactly("c.yaml:13:32: error: 'dateIn' is '2024-02-30'; write a date as year-month-day: 2026-03-31");
    }

    @Test
    void testCustomPropertiesAreAList()
    {
        assertThat(problems(CONTRACT + "customProperties:\n  costCenter: 4711\n"))
                .containsExactly("c.yaml:14:3: error: 'customProperties' is a group of keys; write a list with one entry for each: '- {property: costCenter, value: ...}'");
        assertThat(problems(CONTRACT.replace("logicalType: string", "logicalType: string\n        customProperties: {a: 1}")))
                .containsExactly("c.yaml:10:27: error: 'customProperties' is a group of keys; write a list with one entry for each: '- {property: a, value: ...}'");
        ContractDescriptor contract = contract(CONTRACT + "customProperties: [{property: a, value: 1}, {property: b, value: [1, 2]}, {property: c, value: }]\n");
        assertThat(contract.problems()).isEmpty();
        assertThat(contract.terms().customProperties()).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void testQualityRules()
    {
        String operators = "write exactly one of mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween";
        assertThat(problems(CONTRACT.replace("mustBe: 0", "mustBe: 0\n            mustBeLessThan: 3")))
                .containsExactly("c.yaml:11:13: error: the quality rule has mustBe and mustBeLessThan together; " + operators);
        assertThat(problems(CONTRACT.replace("            mustBe: 0\n", "")))
                .containsExactly("c.yaml:11:13: error: the quality rule does not say what the number must be; " + operators);
        assertThat(problems(CONTRACT.replace("nullValues", "nulls")))
                .containsExactly("c.yaml:11:21: error: metric 'nulls' is not known; write one of nullValues, missingValues, invalidValues, duplicateValues, rowCount");
        assertThat(problems(CONTRACT.replace("mustBe: 0", "mustBe: none"))).containsExactly("c.yaml:12:21: error: 'mustBe' is 'none'; write a number");
        assertThat(problems(CONTRACT.replace("mustBe: 0", "mustBeBetween: [1]"))).containsExactly("c.yaml:11:13: error: 'mustBeBetween' has 1 numbers; write two, the smaller first: [10, 20]");
        assertThat(problems(CONTRACT.replace("metric: nullValues", "type: sql"))).containsExactly("c.yaml:11:13: error: the sql rule has no 'query'; add 'query:' with a SELECT of one number");
        assertThat(problems(CONTRACT.replace("metric: nullValues", "type: sqll"))).contains("c.yaml:11:19: error: a quality rule of type 'sqll' is not known; write one of library, text, sql, custom");
        assertThat(problems(CONTRACT.replace("metric: nullValues", "rule: soda_check")))
                .containsExactly("c.yaml:11:19: warning: rule 'soda_check' is not known, so nothing measures it; write 'metric:' with one of nullValues, missingValues, invalidValues, duplicateValues, rowCount");
    }

    @Test
    void testDatesOfTheEnd()
    {
        assertThat(contract(CONTRACT + "slaProperties: [{property: EL, value: 2030-01-31T10:00:00Z}]\n").deprecation().orElseThrow().endOfLife()).contains(LocalDate.of(2030, 1, 31));
        assertThat(problems(CONTRACT + "slaProperties: [{property: endOfLife, value: 31.01.2030}]\n"))
                .containsExactly("c.yaml:13:46: error: 'endOfLife' is '31.01.2030'; write a date as year-month-day: 2026-03-31");
    }

    @Test
    void testRelationships()
    {
        String related = CONTRACT.replace("        logicalType: string\n", "        logicalType: string\n        relationships: [{to: people.email}]\n");
        assertThat(contract(related).tables().getFirst().relationships()).containsExactly(
                new RelationshipDescriptor(
                        "foreignKey",
                        List.of(new Located<>("orders.email", new Position("c.yaml", 8, 15))),
                        List.of(new Located<>("people.email", new Position("c.yaml", 10, 30))),
                        new Position("c.yaml", 10, 25)));
        assertThat(problems(related.replace("to: people.email", "to: [a.b, c.d]")))
                .containsExactly("c.yaml:10:25: error: the relationship leads from 1 to 2 columns; write as many under 'to' as under 'from'");
        assertThat(problems(related.replace("to: people.email", "from: orders.email, to: people.email")))
                .containsExactly("c.yaml:10:26: error: key 'from' is not known in a relationship; remove it, or move it under customProperties");
    }

    private static ContractDescriptor contract(String text)
    {
        return (ContractDescriptor) DescriptorReader.read("c.yaml", text.getBytes(UTF_8)).descriptors().getFirst();
    }

    private static List<String> problems(String text)
    {
        DescriptorFile file = DescriptorReader.read("c.yaml", text.getBytes(UTF_8));
        assertThat(file.problems()).isEmpty();
        return file.descriptors().getFirst().problems().stream()
                .filter(problem -> problem.severity() != Severity.INFO)
                .sorted(comparing(Problem::position))
                .map(Problem::toString)
                .toList();
    }
}
