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
package org.trinomesh.quality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

final class TestQualityResults
{
    private static final Mesh MESH = TestingMesh.mesh(ImmutableMap.of(
            "orders.yaml", TestingMesh.PRODUCT,
            "returns.yaml", TestingMesh.PRODUCT.replace("name: orders", "name: returns")));
    private static final DataProduct ORDERS = MESH.table("sales", "orders").orElseThrow().product();
    private static final DataProduct RETURNS = MESH.table("sales", "returns").orElseThrow().product();
    private static final Instant MONDAY = Instant.parse("2026-05-04T06:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-05-05T06:00:00Z");

    @Test
    void testOnlyTheMeshsOwnNamesAreKnown()
    {
        assertThat(products("mesh", "mesh.sales.orders")).containsExactly(ORDERS);
        assertThat(products("mesh", "mesh.sales.absent")).isEmpty();
        assertThat(products("mesh", "sales.orders")).isEmpty();
        assertThat(products("s3://bucket", "mesh.sales.orders")).isEmpty();
    }

    @Test
    void testAccuracyIsOfRows()
    {
        QualityResults results = results(
                result("orders", "unique", "mesh/check", MONDAY, 90, 10),
                result("orders", "regex", "mesh/check", MONDAY, 100, 0),
                // Tells nothing of rows
                result("orders", "not_null", "dbt/test", TUESDAY));
        assertThat(results.accuracy(ORDERS, ImmutableMap.of())).contains(new Accuracy(190, 200, MONDAY, "rows of 2 checks"));
        assertThat(results.accuracy(ORDERS, ImmutableMap.of()).orElseThrow().ratio()).isEqualTo(0.95);
        assertThat(results.accuracy(RETURNS, ImmutableMap.of())).isEmpty();
    }

    @Test
    void testNumbersThatNoTableHasDoNotCount()
    {
        QualityResults results = results(
                result("orders", "unique", "soda/scan", MONDAY, 90, 10),
                result("orders", "negative", "soda/scan", MONDAY, -1, 10),
                result("orders", "huge", "soda/scan", MONDAY, 10, Long.MAX_VALUE),
                result("orders", "huge-too", "soda/scan", MONDAY, 0, Long.MAX_VALUE),
                result("orders", "all", "soda/scan", MONDAY, Long.MAX_VALUE, 0));
        assertThat(results.accuracy(ORDERS, ImmutableMap.of())).contains(new Accuracy(90, 100, MONDAY, "rows of 1 check"));
    }

    @Test
    void testAccuracyIsOfChecksWhenNobodyCountsRows()
    {
        assertThat(results(result("orders", "not_null", "dbt/test", TUESDAY)).accuracy(ORDERS, ImmutableMap.of()))
                .contains(new Accuracy(1, 1, TUESDAY, "1 check without numbers of rows"));
        // Of an empty table no row passed and none failed
        assertThat(results(result("orders", "unique", "mesh/check", MONDAY, 0, 0)).accuracy(ORDERS, ImmutableMap.of()))
                .contains(new Accuracy(1, 1, MONDAY, "1 check without numbers of rows"));
    }

    @Test
    void testManifestsAnswerWhatTheyCount()
    {
        Mesh mesh = TestingMesh.mesh("orders.yaml", TestingMesh.PRODUCT.replace("type: bigint", "type: bigint\n      nullable: false"));
        DataProduct orders = mesh.table("sales", "orders").orElseThrow().product();
        Map<ProductTable, TableCounts> counts = ImmutableMap.of(orders.tables().getFirst(), new TableCounts(200, ImmutableMap.of("order_id", 20L), TUESDAY));
        assertThat(results().accuracy(orders, counts)).contains(new Accuracy(180, 200, TUESDAY, "rows of 1 check, counted from manifests"));
        // What a tool said of the rule is older
        assertThat(results(result("orders", "order_id-not_null", "soda/scan", MONDAY, 200, 0), result("orders", "unique", "soda/scan", MONDAY, 50, 50)).accuracy(orders, counts))
                .contains(new Accuracy(230, 300, TUESDAY, "rows of 2 checks, 1 of them counted from manifests"));
        assertThat(results(result("orders", "order_id-not_null", "soda/scan", MONDAY, 200, 0)).accuracy(orders, ImmutableMap.of())).contains(new Accuracy(200, 200, MONDAY, "rows of 1 check"));
    }

    @Test
    void testColumnsHaveTheNamesOfTheProduct()
    {
        Observations observations = new Observations(1, List.of(), List.of(), List.of(
                result("orders", "unique", "soda/scan", MONDAY).withColumn(Optional.of("ORDER_ID")),
                result("orders", "unique", "soda/scan", MONDAY).withColumn(Optional.of("Nothing"))));
        QualityResults results = QualityResults.of(observations, DatasetMapping.MESH_NAMES.of(MESH, observations));
        assertThat(results.of(ORDERS)).extracting(result -> result.result().column().orElseThrow() + " " + result.columnPromised()).containsExactly("order_id true", "Nothing false");
    }

    @Test
    void testRulesThatAreNoMoreDoNotCount()
    {
        QualityResults results = results(
                result("orders", "old", "mesh/check", MONDAY, 0, 100),
                result("orders", "unique", "mesh/check", TUESDAY, 100, 0),
                result("orders", "elsewhere", "soda/scan", MONDAY, 100, 0),
                result("returns", "old", "mesh/check", MONDAY, 1, 1));
        assertThat(results.of(ORDERS)).extracting(result -> result.result().assertion()).containsExactly("unique", "elsewhere");
        assertThat(results.of(RETURNS)).extracting(result -> result.result().assertion()).containsExactly("old");
        assertThat(results.accuracy(ORDERS, ImmutableMap.of()).orElseThrow().ratio()).isEqualTo(1.0);
    }

    @Test
    void testResultsFollowTheEvents()
    {
        AtomicReference<Observations> observations = new AtomicReference<>(Observations.NONE);
        CurrentQuality quality = new CurrentQuality(observations::get, DatasetMapping.MESH_NAMES);
        assertThat(quality.of(MESH).of(ORDERS)).isEmpty();
        assertThat(quality.of(MESH)).isSameAs(quality.of(MESH));
        observations.set(new Observations(1, List.of(), List.of(), List.of(result("orders", "unique", "mesh/check", MONDAY, 1, 0))));
        assertThat(quality.of(MESH).of(ORDERS)).hasSize(1);
        assertThat(quality.of(TestingMesh.mesh("a.yaml", TestingMesh.PRODUCT.replace("name: orders", "name: other"))).of(ORDERS)).isEmpty();
    }

    private static List<DataProduct> products(String namespace, String name)
    {
        return DatasetMapping.MESH_NAMES.of(MESH, Observations.NONE).apply(new Dataset(namespace, name)).stream().map(DatasetMapping.Checked::product).toList();
    }

    private static QualityResults results(ObservedAssertion... assertions)
    {
        Observations observations = new Observations(1, List.of(), List.of(), ImmutableList.copyOf(assertions));
        return QualityResults.of(observations, DatasetMapping.MESH_NAMES.of(MESH, observations));
    }

    private static ObservedAssertion result(String product, String assertion, String job, Instant at, long... counts)
    {
        return new ObservedAssertion(
                new Dataset("mesh", "mesh.sales." + product),
                assertion,
                Optional.empty(),
                Optional.empty(),
                true,
                counts.length == 0 ? OptionalLong.empty() : OptionalLong.of(counts[0]),
                counts.length == 0 ? OptionalLong.empty() : OptionalLong.of(counts[1]),
                Optional.empty(),
                job,
                "run",
                "tool",
                at);
    }
}
