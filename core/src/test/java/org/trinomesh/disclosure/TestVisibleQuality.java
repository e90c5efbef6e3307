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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.lineage.DatasetNames;
import org.trinomesh.lineage.StorageNames;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.Requester;
import org.trinomesh.quality.DatasetMapping;
import org.trinomesh.quality.ProductResult;
import org.trinomesh.quality.QualityResults;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

/**
 * Words of tools about orders, as ana reads them, and sam, who is the product's steward.
 */
final class TestVisibleQuality
{
    private static final Mesh MESH = mesh(ImmutableMap.of(
            "contract.yaml", CONTRACT + "quality:\n  rules:\n    - {name: numbered, column: order_id, check: not_null}\n",
            "orders.yaml", PRODUCT + "    - {role: keepers, permissions: [read, admin]}\n"));
    private static final VisibleQuality ANA = visible("ana", "analysts");
    private static final VisibleQuality SAM = visible("sam", "keepers");

    @Test
    void testSeverity()
    {
        assertThat(ANA.severity(result("unique", Optional.empty(), "WARN"))).contains("warning");
        assertThat(ANA.severity(result("unique", Optional.empty(), "error"))).contains("error");
        assertThat(SAM.severity(result("unique", Optional.empty(), "warn"))).contains("warning");
        // May name anything
        assertThat(ANA.severity(result("unique", Optional.empty(), "call ada"))).isEmpty();
        assertThat(SAM.severity(result("unique", Optional.empty(), "call ada"))).contains("call ada");
    }

    @Test
    void testNames()
    {
        ObservedAssertion numbered = result("custom_sql", Optional.of("numbered"), "error");
        assertThat(ANA.rule(numbered)).map(QualityRule::name).contains("numbered");
        assertThat(ANA.assertion(numbered)).contains("numbered");
        assertThat(SAM.assertion(numbered)).contains("numbered (custom_sql)");
        ObservedAssertion named = result("not_null", Optional.of("ada is there"), "error");
        assertThat(ANA.assertion(named)).contains("not_null");
        assertThat(SAM.assertion(named)).contains("ada is there (not_null)");
        assertThat(ANA.assertion(result("ada is there", Optional.empty(), "error"))).isEmpty();
    }

    @Test
    void testColumnThatIsNotPromisedIsForStewards()
    {
        // The table behind the product has a column that is called as another one is in the product
        ObservedAssertion result = result("not_null", Optional.empty(), "error");
        assertThat(ANA.isVisible(new ProductResult(result, true))).isTrue();
        assertThat(ANA.isVisible(new ProductResult(result, false))).isFalse();
        assertThat(ANA.isVisible(new ProductResult(result("custom_sql", Optional.of("numbered"), "error"), false))).isFalse();
        assertThat(SAM.isVisible(new ProductResult(result, false))).isTrue();
        assertThat(SAM.seesSuccess(new ProductResult(result, false))).isTrue();
    }

    @Test
    void testPhysicalNamesAreNotTakenForPromisedOnes()
    {
        // Promised as order_id is what the table calls number; what the table calls order_id is not promised
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", PRODUCT.replace("type: bigint", "type: bigint\n      physicalName: number")));
        DataProduct orders = mesh.table("sales", "orders").orElseThrow().product();
        DatasetNames names = new DatasetNames(mesh, StorageNames.UNKNOWN, ImmutableMap.of());
        QualityResults results = QualityResults.of(
                new Observations(2, List.of(), List.of(), List.of(ofTable("order_id"), ofTable("NUMBER"))),
                dataset -> names.findColumns(dataset).entrySet().stream().map(product -> new DatasetMapping.Checked(product.getKey(), product.getValue())).toList());
        VisibleQuality ana = new VisibleQuality(new GovernedMesh(Governance.of(mesh), new Requester("ana", Set.of(), Set.of("analysts")), mesh.loadedAt()).visible(orders));
        assertThat(results.of(orders)).hasSize(2);
        assertThat(results.of(orders).stream().filter(ana::isVisible)).extracting(result -> result.result().runId() + " " + result.result().column().orElseThrow()).containsExactly("NUMBER order_id");
    }

    private static ObservedAssertion ofTable(String column)
    {
        return new ObservedAssertion(new Dataset("trino://host:8080", "lake.sales.orders"), "not_null", Optional.empty(), Optional.of(column), false, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), "job", column, "tool", Instant.EPOCH);
    }

    private static VisibleQuality visible(String user, String role)
    {
        GovernedMesh governed = new GovernedMesh(Governance.of(MESH), new Requester(user, Set.of(), Set.of(role)), MESH.loadedAt());
        return new VisibleQuality(governed.visible(MESH.table("sales", "orders").orElseThrow().product()));
    }

    private static ObservedAssertion result(String assertion, Optional<String> name, String severity)
    {
        return new ObservedAssertion(
                new Dataset("mesh", "mesh.sales.orders"),
                assertion,
                name,
                Optional.of("order_id"),
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(severity),
                "job",
                "run",
                "tool",
                Instant.EPOCH);
    }
}
