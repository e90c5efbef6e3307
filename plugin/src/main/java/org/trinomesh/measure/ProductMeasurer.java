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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Logger;
import org.trinomesh.measure.ManifestCounts.Counts;
import org.trinomesh.measure.QualityEvidence.Ratio;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.registry.ObjectiveKind;
import org.trinomesh.registry.ObjectiveTarget.Share;
import org.trinomesh.registry.ProductTable;
import org.trinomesh.registry.ServiceLevelObjective;
import org.trinomesh.registry.ServiceLevelObjective.Basis;
import org.trinomesh.registry.ServiceLevelObjective.ColumnReference;
import org.trinomesh.storage.StorageFailures;
import org.trinomesh.storage.TableVersions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Measures the objectives of a data product. Whatever fails is an objective of which nothing is known, with the reason and
 * without any place where data lies.
 */
final class ProductMeasurer
{
    private static final StorageFailures failures = new StorageFailures(Logger.get(ProductMeasurer.class));
    private static final Map<ObjectiveKind, ObjectiveMeasure> BY_TABLE = ImmutableMap.<ObjectiveKind, ObjectiveMeasure>builder()
            .put(ObjectiveKind.FRESHNESS, new FreshnessMeasure())
            .put(ObjectiveKind.COMPLETENESS, new CompletenessMeasure())
            .put(ObjectiveKind.VOLUME, new VolumeMeasure())
            .put(ObjectiveKind.SCHEDULE, new ScheduleMeasure())
            .put(ObjectiveKind.RETENTION, new RetentionMeasure())
            .put(ObjectiveKind.THROUGHPUT, new ThroughputMeasure())
            .put(ObjectiveKind.FREQUENCY, new FrequencyMeasure())
            .buildOrThrow();
    // Those of several tables do not add up to the target of one
    private static final Set<ObjectiveKind> OF_MAIN_TABLE = Set.of(ObjectiveKind.VOLUME, ObjectiveKind.THROUGHPUT);

    private final TableVersions versions;
    private final EvidenceCache cache;
    private final ObservedAvailability availability;
    private final QualityEvidence quality;

    ProductMeasurer(TableVersions versions, EvidenceCache cache, ObservedAvailability availability, QualityEvidence quality)
    {
        this.versions = requireNonNull(versions, "versions is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.availability = requireNonNull(availability, "availability is null");
        this.quality = requireNonNull(quality, "quality is null");
    }

    List<Measurement> measure(DataProduct product, Predicate<ServiceLevelObjective> objectives, TableVersions.Round round, Instant now)
    {
        Map<String, MeasuredTable> opened = new HashMap<>();
        return product.objectives().stream()
                .filter(objectives)
                .map(objective -> measure(product, objective, round, opened, now))
                .collect(toImmutableList());
    }

    /**
     * What the manifests of the product's tables count. Which rows delete files take out they do not say, so that such tables
     * are not among them, nor those that cannot be read.
     */
    Map<ProductTable, Counts> counts(DataProduct product, TableVersions.Round round, Instant now)
    {
        ImmutableMap.Builder<ProductTable, Counts> counts = ImmutableMap.builder();
        for (ProductTable table : product.tables()) {
            try {
                MeasuredTable measured = open(product, table, round);
                if (!measured.rows().mayHaveDeletes()) {
                    counts.put(table, counts(measured, now));
                }
            }
            catch (RuntimeException e) {
                failures.failed(table.source(), "The manifests of %s.%s could not be read: %s".formatted(product.domain(), table.name(), table.source()), e);
            }
        }
        return counts.buildOrThrow();
    }

    private static Counts counts(MeasuredTable table, Instant now)
    {
        FilesSummary files = table.files();
        ImmutableMap.Builder<String, Long> nulls = ImmutableMap.builder();
        table.fieldIds().forEach((column, fieldId) -> {
            ColumnSummary summary = files.column(fieldId);
            if (summary.uncountedRows() == 0) {
                nulls.put(column, summary.nulls());
            }
        });
        return new Counts(files.rows(), nulls.buildOrThrow(), now);
    }

    /**
     * The commits of the product's tables; of tables that cannot be read none.
     */
    List<HistoryEntry> history(DataProduct product, TableVersions.Round round)
    {
        ImmutableList.Builder<HistoryEntry> entries = ImmutableList.builder();
        for (ProductTable table : product.tables()) {
            try {
                entries.addAll(HistoryEntry.of(table, open(product, table, round).history(), product.objectives()));
            }
            catch (RuntimeException e) {
                failures.failed(table.source(), "The history of %s.%s could not be read: %s".formatted(product.domain(), table.name(), table.source()), e);
            }
        }
        return entries.build();
    }

    private Measurement measure(DataProduct product, ServiceLevelObjective objective, TableVersions.Round round, Map<String, MeasuredTable> opened, Instant now)
    {
        if (objective.kind() == ObjectiveKind.UNKNOWN) {
            return Measurement.unknown(objective, Optional.empty(), "nothing measures objectives of this name", now);
        }
        if (objective.value().isEmpty()) {
            return Measurement.unknown(objective, Optional.empty(), "the target cannot be read: " + objective.kind().remedy(), now);
        }
        return switch (objective.kind()) {
            case AVAILABILITY -> availability(product, objective, now);
            case ACCURACY -> accuracy(product, objective, now);
            default -> measureTables(product, objective, round, opened, now);
        };
    }

    private Measurement measureTables(DataProduct product, ServiceLevelObjective objective, TableVersions.Round round, Map<String, MeasuredTable> opened, Instant now)
    {
        List<ProductTable> tables = tables(product, objective);
        if (tables.isEmpty()) {
            return Measurement.unknown(objective, Optional.empty(), product.tables().isEmpty() ? "the product has no table" : "no table of the product has the column", now);
        }
        List<Measurement> measurements = tables.stream()
                .map(table -> {
                    Measurement measured = measureTable(product, objective, table, round, opened, now);
                    return product.tables().size() == 1 ? measured : measured.withEvidence(table.name() + ": " + measured.evidence());
                })
                .collect(toImmutableList());
        // Which of them is the worst tells of the others too
        return measurements.stream()
                .max(Measurement.WORST_LAST)
                .orElseThrow()
                .disclosing(Disclosure.ofAll(measurements.stream().map(Measurement::disclosure).collect(toImmutableList())));
    }

    private Measurement measureTable(DataProduct product, ServiceLevelObjective objective, ProductTable table, TableVersions.Round round, Map<String, MeasuredTable> opened, Instant now)
    {
        try {
            Measurement measured = BY_TABLE.get(objective.kind()).measure(objective, opened.computeIfAbsent(table.name(), _ -> open(product, table, round)), now);
            failures.answered(table.source());
            return measured;
        }
        catch (RuntimeException e) {
            failures.failed(table.source(), "The objectives of %s could not be measured: %s".formatted(product.qualifiedName(), table.source()), e);
            return Measurement.unknown(objective, Optional.empty(), "its table could not be read", now);
        }
    }

    private MeasuredTable open(DataProduct product, ProductTable table, TableVersions.Round round)
    {
        // Queries find it under names of several versions; what is measured is the same
        MeshTable served = new MeshTable(product.domain(), table.name(), product, table, false);
        return new MeasuredTable(served, round.open(table), versions, cache, heartbeats(product));
    }

    private static List<ProductTable> tables(DataProduct product, ServiceLevelObjective objective)
    {
        if (objective.basis() instanceof Basis.Columns(List<ColumnReference> columns)) {
            return product.tables().stream()
                    .filter(table -> columns.stream().anyMatch(reference -> reference.isOf(table) && table.columns().stream().anyMatch(column -> column.name().equals(reference.column()))))
                    .collect(toImmutableList());
        }
        return OF_MAIN_TABLE.contains(objective.kind()) && product.tables().stream().anyMatch(ProductTable::main)
                ? product.tables().stream().filter(ProductTable::main).collect(toImmutableList())
                : product.tables();
    }

    private static Set<String> heartbeats(DataProduct product)
    {
        return product.objectives().stream()
                .map(ServiceLevelObjective::basis)
                .filter(Basis.Heartbeat.class::isInstance)
                .map(basis -> ((Basis.Heartbeat) basis).property())
                .collect(toImmutableSet());
    }

    private Measurement availability(DataProduct product, ServiceLevelObjective objective, Instant now)
    {
        return availability.count(product)
                .map(count -> share(
                        objective,
                        "observed reads",
                        count.served(),
                        count.opened(),
                        "queries of the last 24 hours were served %s of %s times that they opened it".formatted(count.served(), count.opened()),
                        new Disclosure.Times(),
                        now))
                .orElseGet(() -> Measurement.unknown(objective, Optional.of("observed reads"), "no query has opened it in the last 24 hours", now));
    }

    private Measurement accuracy(DataProduct product, ServiceLevelObjective objective, Instant now)
    {
        Optional<Ratio> found = quality.accuracy(product);
        return found
                .map(ratio -> share(objective, "quality results", ratio.passed(), ratio.checked(), ratio.evidence() + ", at " + ratio.at(), new Disclosure.Checks(), now))
                .orElseGet(() -> Measurement.unknown(objective, Optional.of("quality results"), "there are no quality results", now));
    }

    private static Measurement share(ServiceLevelObjective objective, String method, long part, long whole, String evidence, Disclosure disclosure, Instant now)
    {
        Range share = Range.exactly(BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64));
        BigDecimal target = ((Share) objective.value().orElseThrow()).ratio();
        return new Measurement(
                objective,
                Optional.of(method),
                Optional.of(share.text(Quantity::share)),
                share.ratio(target),
                share.whenAtLeast(target),
                share.confidence(),
                evidence,
                disclosure,
                OptionalLong.empty(),
                now);
    }
}
