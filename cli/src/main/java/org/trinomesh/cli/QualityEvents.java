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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import org.trinomesh.quality.DatasetMapping;
import org.trinomesh.quality.QualityResults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Writes results as OpenLineage run events: one for each product, its tables being inputs of the run. The standard's facets
 * have no room for how many rows passed; a facet of our own beside them has the numbers.
 */
final class QualityEvents
{
    private static final String PRODUCER = "urn:trino-mesh";
    private static final String SPEC = "https://openlineage.io/spec/";

    private final String catalog;

    QualityEvents(String catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /**
     * Writes one file with an event on each line. Readers of the folder see the whole file or nothing.
     *
     * @param checked the results of each product
     */
    Path write(Path folder, Collection<List<RuleResult>> checked, Instant at)
            throws IOException
    {
        Files.createDirectories(folder);
        String name = "check-%s-%s".formatted(DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(UTC).format(at), UUID.randomUUID().toString().substring(0, 8));
        String events = checked.stream()
                .filter(results -> results.stream().anyMatch(result -> result.passed().isPresent()))
                .map(results -> event(results, at) + "\n")
                .collect(joining());
        Path half = folder.resolve("." + name + ".tmp");
        try {
            Files.writeString(half, events, UTF_8);
            return Files.move(half, folder.resolve(name + ".jsonl"), ATOMIC_MOVE);
        }
        finally {
            Files.deleteIfExists(half);
        }
    }

    String event(List<RuleResult> results, Instant at)
    {
        List<String> job = List.of(QualityResults.OWN_JOB.split("/", 2));
        return Json.of(ImmutableMap.builder()
                .put("eventType", "COMPLETE")
                .put("eventTime", at.truncatedTo(MILLIS))
                .put("run", ImmutableMap.of("runId", UUID.randomUUID()))
                .put("job", ImmutableMap.of("namespace", job.getFirst(), "name", job.getLast()))
                .put("inputs", Multimaps.index(results, RuleResult::table).asMap().entrySet().stream()
                        .map(table -> dataset(table.getKey(), table.getValue()))
                        .collect(toImmutableList()))
                .put("outputs", List.of())
                .put("producer", PRODUCER)
                .put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent")
                .buildOrThrow());
    }

    private Map<String, Object> dataset(String table, Collection<RuleResult> results)
    {
        List<RuleResult> known = results.stream().filter(result -> result.passed().isPresent()).collect(toImmutableList());
        ImmutableMap.Builder<String, Object> facets = ImmutableMap.builder();
        if (!known.isEmpty()) {
            facets.put("dataQualityAssertions", facet("facets/1-1-0/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet")
                    .put("assertions", known.stream().map(QualityEvents::assertion).collect(toImmutableList()))
                    .buildOrThrow());
            metrics(known).ifPresent(metrics -> facets.put("dataQualityMetrics", metrics));
            facets.put("mesh_dataQuality", facet("2-0-2/OpenLineage.json#/$defs/InputDatasetFacet")
                    .put("assertions", known.stream()
                            .filter(result -> result.rows().isPresent() && result.failed().isPresent())
                            .map(QualityEvents::counts)
                            .collect(toImmutableList()))
                    .buildOrThrow());
        }
        String name = "%s.%s.%s".formatted(catalog, results.iterator().next().product().domain(), table);
        return ImmutableMap.of("namespace", DatasetMapping.NAMESPACE, "name", name, "inputFacets", facets.buildOrThrow());
    }

    private static ImmutableMap.Builder<String, Object> facet(String schema)
    {
        return ImmutableMap.<String, Object>builder()
                .put("_producer", PRODUCER)
                .put("_schemaURL", SPEC + schema);
    }

    private static Map<String, Object> assertion(RuleResult result)
    {
        ImmutableMap.Builder<String, Object> assertion = ImmutableMap.<String, Object>builder()
                .put("assertion", result.rule())
                .put("success", result.passed().orElseThrow());
        // Of several columns the standard knows nothing
        result.columns().filter(columns -> columns.indexOf(',') < 0).ifPresent(column -> assertion.put("column", column));
        result.severity().ifPresent(severity -> assertion.put("severity", severity));
        return assertion.buildOrThrow();
    }

    private static Map<String, Object> counts(RuleResult result)
    {
        long failed = result.failed().getAsLong();
        return ImmutableMap.of("rule", result.rule(), "passed", result.rows().getAsLong() - failed, "failed", failed);
    }

    /**
     * The numbers of rows and of nulls, from the rules about NULL, which read all rows.
     */
    private static Optional<Map<String, Object>> metrics(List<RuleResult> results)
    {
        Map<String, Map<String, Long>> columns = results.stream()
                .filter(QualityEvents::isAboutNulls)
                .collect(toImmutableMap(
                        result -> result.columns().orElseThrow(),
                        result -> ImmutableMap.of("nullCount", result.failed().getAsLong()),
                        (first, _) -> first));
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(facet("facets/1-0-3/DataQualityMetricsInputDatasetFacet.json#/$defs/DataQualityMetricsInputDatasetFacet")
                .put("rowCount", results.stream().filter(QualityEvents::isAboutNulls).findFirst().orElseThrow().rows().getAsLong())
                .put("columnMetrics", columns)
                .buildOrThrow());
    }

    private static boolean isAboutNulls(RuleResult result)
    {
        return (result.check().equals("not_null") || result.check().equals("nullValues")) && result.columns().isPresent() && result.rows().isPresent() && result.failed().isPresent();
    }
}
