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
package org.trinomesh.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

final class TestQualityEvents
{
    private static final CheckedProduct ORDERS = new CheckedProduct("sales", "orders", "1.0.0", "sales__orders");
    private static final Instant AT = Instant.parse("2026-05-04T06:00:00.123456Z");

    @TempDir
    private Path folder;

    @Test
    void testEvent()
    {
        String event = new QualityEvents("mesh").event(
                List.of(
                        result("id-not_null", "not_null", "id", 10, 2, Optional.of(false)),
                        result("ids", "duplicateValues", "id, day", 8, 0, Optional.of(true)),
                        result("by \"hand\"", "regex", "mail", 0, 0, Optional.empty())),
                AT);
        assertThat(event.replaceAll("\"runId\":\"[0-9a-f-]{36}\"", "\"runId\":\"...\"")).isEqualTo(
                "{\"eventType\":\"COMPLETE\",\"eventTime\":\"2026-05-04T06:00:00.123Z\",\"run\":{\"runId\":\"...\"},\"job\":{\"namespace\":\"mesh\",\"name\":\"check\"}," +
                        "\"inputs\":[{\"namespace\":\"mesh\",\"name\":\"mesh.sales.orders\",\"inputFacets\":{" +
                        "\"dataQualityAssertions\":{\"_producer\":\"urn:trino-mesh\",\"_schemaURL\":\"https://openlineage.io/spec/facets/1-1-0/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet\"," +
                        "\"assertions\":[{\"assertion\":\"id-not_null\",\"success\":false,\"column\":\"id\",\"severity\":\"error\"},{\"assertion\":\"ids\",\"success\":true,\"severity\":\"error\"}]}," +
                        "\"dataQualityMetrics\":{\"_producer\":\"urn:trino-mesh\",\"_schemaURL\":\"https://openlineage.io/spec/facets/1-0-3/DataQualityMetricsInputDatasetFacet.json#/$defs/DataQualityMetricsInputDatasetFacet\"," +
                        "\"rowCount\":10,\"columnMetrics\":{\"id\":{\"nullCount\":2}}}," +
                        "\"mesh_dataQuality\":{\"_producer\":\"urn:trino-mesh\",\"_schemaURL\":\"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/InputDatasetFacet\"," +
                        "\"assertions\":[{\"rule\":\"id-not_null\",\"passed\":8,\"failed\":2},{\"rule\":\"ids\",\"passed\":8,\"failed\":0}]}}}]," +
                        "\"outputs\":[],\"producer\":\"urn:trino-mesh\",\"schemaURL\":\"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent\"}");
    }

    @Test
    void testOneWholeFile()
            throws IOException
    {
        Path results = folder.resolve("new/results");
        Path written = new QualityEvents("mesh").write(
                results,
                List.of(
                        List.of(result("a", "regex", "id", 1, 0, Optional.of(true))),
                        List.of(result("b", "regex", "id", 0, 0, Optional.empty())),
                        List.of()),
                AT);
        assertThat(written.getFileName().toString()).matches("check-20260504T060000Z-[0-9a-f]{8}\\.jsonl");
        // What has no result is no event
        assertThat(Files.readAllLines(written)).hasSize(1);
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files).containsExactly(written);
        }
    }

    @Test
    void testTable()
    {
        assertThat(CheckText.table(List.of(
                result("id-not_null", "not_null", "id", 30_000, 1, Optional.of(false)),
                result("two\nlines\u001B[31m", "regex", "mail", 3, 0, Optional.of(true)),
                new RuleResult(ORDERS, "orders", "rows", "rowCount", Optional.empty(), Optional.empty(), OptionalLong.of(3), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("why"))))).containsExactly(
                "PRODUCT       RULE            COLUMN   ROWS  FAILED    RATIO  RESULT",
                "sales.orders  id-not_null     id      30000       1   99.99%  failed",
                "sales.orders  two lines [31m  mail        3       0  100.00%  passed",
                "sales.orders  rows                        3                   not checked: why");
    }

    private static RuleResult result(String rule, String check, String columns, long rows, long failed, Optional<Boolean> passed)
    {
        return new RuleResult(
                ORDERS,
                "orders",
                rule,
                check,
                Optional.of(columns),
                Optional.of("error"),
                OptionalLong.of(rows),
                OptionalLong.of(failed),
                rows == 0 ? Optional.empty() : Optional.of((double) (rows - failed) / rows),
                Optional.of("must be 0"),
                passed,
                Optional.empty());
    }
}
