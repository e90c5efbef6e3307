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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.product.DataProduct;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.conformance.TestingProducts.GOOD;
import static org.trinomesh.conformance.TestingProducts.domain;
import static org.trinomesh.conformance.TestingProducts.mesh;
import static org.trinomesh.conformance.TestingProducts.product;

final class TestProductDocument
{
    /**
     * Results of checks count as long as the fingerprint of the document is the same, so no author may make two documents with one.
     */
    @Test
    void testNoTextOfADocumentCanImitateItsStructure()
    {
        assertThat(Stream.of(
                        ImmutableMap.<String, Object>of("tags", ImmutableList.of("a", "b")),
                        ImmutableMap.<String, Object>of("tags", ImmutableList.of("as1:b")),
                        ImmutableMap.<String, Object>of("tags", ImmutableList.of("a", ImmutableList.of("b"))),
                        ImmutableMap.<String, Object>of("tags", "l2:s1:as1:b"),
                        ImmutableMap.<String, Object>of("tags", ImmutableMap.of("a", "b")),
                        ImmutableMap.<String, Object>of("tags", true),
                        ImmutableMap.<String, Object>of("tags", "t"),
                        ImmutableMap.<String, Object>of("tags", 1L),
                        ImmutableMap.<String, Object>of("tags", "1"),
                        ImmutableMap.<String, Object>of("tags", "\uD800"),
                        ImmutableMap.<String, Object>of("tags", "\uD801"),
                        ImmutableMap.<String, Object>of("tags", "?"),
                        ImmutableMap.<String, Object>of())
                .map(ProductDocument::fingerprint))
                .doesNotHaveDuplicates();
        assertThat(ProductDocument.fingerprint(ImmutableMap.of("tags", ImmutableList.of("a")))).isEqualTo(ProductDocument.fingerprint(ImmutableMap.of("tags", ImmutableList.of("a"))));
    }

    @Test
    void testEverythingWritten()
    {
        assertThat(document(product(GOOD), ConformanceContext.NONE)).isEqualTo(ImmutableMap.<String, Object>builder()
                .put("metadata", ImmutableMap.<String, Object>builder()
                        .put("name", "orders")
                        .put("domain", "sales")
                        .put("owner", "sales-team")
                        .put("version", "2.1.0")
                        .put("status", "active")
                        .put("tags", List.of("core"))
                        .put("qualifiedName", "sales.orders.v2")
                        .buildOrThrow())
                .put("description", "Orders")
                .put("classification", Map.of("type", "aggregate", "tier", "gold", "pii", true, "containsPii", true, "confidentiality", "confidential"))
                .put("inputPorts", List.of(Map.of("name", "crm", "type", "batch", "source", "erp", "format", "avro", "schedule", "daily")))
                .put("outputPorts", List.of(Map.of("name", "sql", "type", "sql", "address", List.of("sales.orders"), "format", "", "authentication", "")))
                .put("columns", List.of(
                        column("order_id", "bigint", false, "", List.of(), "order_id", false, false, false),
                        column("email", "varchar", true, "restricted", List.of("pii"), "", true, true, false)))
                .put("schema", Map.of("registered", true))
                .put("slos", Map.of("freshness", "4h"))
                .put("governance", Map.of("dataClassification", "confidential", "retentionPeriod", "7y", "gdprCompliant", true, "encryption", "at-rest"))
                .put("accessControl", List.of(Map.of("principal", "role:analysts", "permissions", List.of("read", "admin"))))
                .put("contract", Map.of("name", "", "version", "", "owner", ""))
                .put("support", List.of())
                .buildOrThrow());
    }

    @Test
    void testEveryFieldIsThereAndKnownToTheCompiler()
    {
        Map<String, Object> document = document(product(TestingMesh.PRODUCT), ConformanceContext.NONE);
        assertThat(document.keySet()).isEqualTo(ProductDocument.fields("product").orElseThrow());
        for (String name : Set.of("metadata", "classification", "schema", "governance", "contract")) {
            assertThat(document.get(name))
                    .as(name)
                    .isInstanceOfSatisfying(Map.class, object -> assertThat(object.keySet()).isEqualTo(ProductDocument.fields("product." + name).orElseThrow()));
        }
        assertThat(document.get("classification")).isEqualTo(Map.of("type", "", "tier", "", "pii", false, "containsPii", false, "confidentiality", ""));
        assertThat(document.get("governance")).isEqualTo(Map.of("dataClassification", "", "retentionPeriod", "", "gdprCompliant", false, "encryption", ""));
        assertThat(ProductDocument.fields("product.slos")).isEmpty();
    }

    @Test
    void testWhatPoliciesAddToColumns()
    {
        ConformanceContext context = new ConformanceContext(
                ImmutableSet.of("orders.email", "refunds.order_id"),
                ImmutableMap.of("orders.order_id", ImmutableSet.of("pii", "key")),
                ImmutableMap.of("orders.order_id", "internal"),
                ImmutableSet.of(),
                Optional.of("everywhere"));
        Map<String, Object> document = document(product(TestingProducts.GOOD.replace("    encryption: at-rest\n", "")), context);
        assertThat(document.get("columns")).isEqualTo(List.of(
                column("order_id", "bigint", false, "internal", List.of("pii", "key"), "order_id", false, true, false),
                column("email", "varchar", true, "restricted", List.of("pii"), "", true, true, true)));
        assertThat(document.get("governance")).isEqualTo(Map.of("dataClassification", "confidential", "retentionPeriod", "7y", "gdprCompliant", true, "encryption", "everywhere"));
    }

    @Test
    void testPiiInsideAColumn()
    {
        Map<String, Object> document = document(product(GOOD
                .replace("    pii: true\n", "")
                .replace(
                        "    - {name: email, type: varchar, classification: restricted, tags: [pii]}",
                        "    - {name: contact, type: 'row(city varchar, mail varchar)', fields: [{name: mail, tags: [pii]}]}")), ConformanceContext.NONE);
        assertThat(document.get("classification")).isEqualTo(Map.of("type", "aggregate", "tier", "gold", "pii", false, "containsPii", true, "confidentiality", "confidential"));
        assertThat(CheckCompiler.compile("product.columns[1].pii && !product.columns[1].looksLikePii").test(document).holds()).isTrue();
    }

    @Test
    void testInheritedFromTheDomain()
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "orders.yaml", GOOD.replace("    dataClassification: confidential\n", ""),
                "domains/sales/domain.yaml",
                """
                apiVersion: datamesh/v1
                kind: Domain
                metadata: {name: sales, owner: sales-team}
                spec: {classification: internal, tags: [commerce]}
                """));
        Map<String, Object> document = ProductDocument.of(product(mesh), domain(mesh), ConformanceContext.NONE);
        assertThat(CheckCompiler.compile("product.classification.confidentiality == 'internal' && product.governance.dataClassification == 'internal'").test(document).holds()).isTrue();
        assertThat(CheckCompiler.compile("product.metadata.tags == ['core', 'commerce']").test(document).holds()).isTrue();
    }

    @Test
    void testQualifiedNameIsWrittenWithDashes()
    {
        Mesh mesh = TestingMesh.meshOf(ImmutableMap.of("mesh.yaml", TestingMesh.MESH.replace("domain: sales", "domain: retail-sales"), "orders.yaml", GOOD.replace("domain: sales", "domain: retail-sales").replace("name: orders", "name: customer-360")));
        DataProduct product = mesh.domain("retail_sales").orElseThrow().products().getFirst();
        assertThat(CheckCompiler.compile("product.metadata.qualifiedName == 'retail-sales.customer-360.v2'").test(document(product, ConformanceContext.NONE)).holds()).isTrue();
    }

    private static Map<String, Object> document(DataProduct product, ConformanceContext context)
    {
        return ProductDocument.of(product, Optional.empty(), context);
    }

    private static Map<String, Object> column(String name, String type, boolean nullable, String classification, List<String> tags, String identifier, boolean looksLikePii, boolean pii, boolean covered)
    {
        return ImmutableMap.<String, Object>builder()
                .put("table", "orders")
                .put("name", name)
                .put("type", type)
                .put("nullable", nullable)
                .put("classification", classification)
                .put("tags", tags)
                .put("identifier", identifier)
                .put("looksLikePii", looksLikePii)
                .put("pii", pii)
                .put("protected", covered)
                .buildOrThrow();
    }
}
