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
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget.Share;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.product.ServiceLevelObjective.ColumnReference;
import org.trinomesh.quality.TableCounts;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Measurement;
import org.trinomesh.storage.StorageFailures;
import org.trinomesh.storage.TableRefusedException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.Objects.requireNonNull;

/**
 * Measures the objectives of a data product. If a measurement fails, the objective is unknown, with a reason that contains
 * no location of data.
 */
final class ProductMeasurer
{
    private static final StorageFailures failures = new StorageFailures(Logger.get(ProductMeasurer.class));
    private static final String OBSERVED = "observed reads";
    private static final String OUT_OF_SERVICE = "its table is out of service, so readers get no data";

    private final ObservedAvailability availability;
    private final QualityEvidence quality;

    ProductMeasurer(ObservedAvailability availability, QualityEvidence quality)
    {
        this.availability = requireNonNull(availability, "availability is null");
        this.quality = requireNonNull(quality, "quality is null");
    }

    List<Measurement> measure(OpenedProduct product, Predicate<ServiceLevelObjective> objectives, Instant now)
    {
        return product.product().objectives().stream()
                .filter(objectives)
                .map(objective -> measure(product, objective, now))
                .collect(toImmutableList());
    }

    /**
     * The counts in the manifests of the product's tables. Tables with delete files are left out, because manifests do not
     * say which rows these remove, and so are tables that cannot be read.
     */
    Map<ProductTable, TableCounts> counts(OpenedProduct product, Instant now)
    {
        ImmutableMap.Builder<ProductTable, TableCounts> counts = ImmutableMap.builder();
        for (ProductTable table : product.product().tables()) {
            read(product, table, "The manifests of %s could not be read", measured -> measured.rows().mayHaveDeletes() ? Optional.<TableCounts>empty() : Optional.of(counts(measured, now)))
                    .flatMap(found -> found)
                    .ifPresent(found -> counts.put(table, found));
        }
        return counts.buildOrThrow();
    }

    private static TableCounts counts(MeasuredTable table, Instant now)
    {
        FilesSummary files = table.files();
        ImmutableMap.Builder<String, Long> nulls = ImmutableMap.builder();
        table.fieldIds().forEach((column, fieldId) -> {
            ColumnSummary summary = files.column(fieldId);
            if (summary.uncountedRows() == 0) {
                nulls.put(column, summary.nulls());
            }
        });
        return new TableCounts(files.rows(), nulls.buildOrThrow(), now);
    }

    /**
     * The commits of the product's tables; of tables that cannot be read none.
     */
    List<HistoryEntry> history(OpenedProduct product)
    {
        return product.product().tables().stream()
                .flatMap(table -> read(product, table, "The history of %s could not be read", measured -> HistoryEntry.of(table, measured.history(), product.product().objectives())).stream())
                .flatMap(Collection::stream)
                .collect(toImmutableList());
    }

    /**
     * @param failure what could not be done with the table, in words
     * @return nothing when the table cannot be read
     */
    private static <T> Optional<T> read(OpenedProduct product, ProductTable table, String failure, Function<MeasuredTable, T> read)
    {
        try {
            T result = read.apply(product.table(table));
            failures.answered(table.physical().orElseThrow());
            return Optional.of(result);
        }
        catch (TableRefusedException _) {
            // Told when it was opened
            return Optional.empty();
        }
        catch (RuntimeException e) {
            failures.failed(table.physical().orElseThrow(), "%s: %s".formatted(failure.formatted(product.product().domain() + "." + table.name()), table.source()), e);
            return Optional.empty();
        }
    }

    private Measurement measure(OpenedProduct product, ServiceLevelObjective objective, Instant now)
    {
        if (objective.value().isEmpty() && objective.kind() != ObjectiveKind.UNKNOWN) {
            return Measurement.unknown(objective, Optional.empty(), "the target cannot be read: " + objective.kind().remedy(), now);
        }
        // A new kind does not compile before somebody says here how it is measured
        return switch (objective.kind()) {
            case FRESHNESS -> measureTables(new FreshnessMeasure(), product, objective, now);
            case COMPLETENESS -> measureTables(new CompletenessMeasure(), product, objective, now);
            case ACCURACY -> accuracy(product, objective, now);
            case AVAILABILITY -> availability(product.product(), objective, now);
            case VOLUME -> measureMainTable(new VolumeMeasure(), product, objective, now);
            case SCHEDULE -> measureTables(new ScheduleMeasure(), product, objective, now);
            case RETENTION -> measureTables(new RetentionMeasure(), product, objective, now);
            case THROUGHPUT -> measureMainTable(new ThroughputMeasure(), product, objective, now);
            case FREQUENCY -> measureTables(new FrequencyMeasure(), product, objective, now);
            case UNKNOWN -> Measurement.unknown(objective, Optional.empty(), "nothing measures objectives of this name", now);
        };
    }

    /**
     * Measures the main table alone, where the product has one: the figures of several tables do not add up to the target of one.
     */
    private static Measurement measureMainTable(ObjectiveMeasure measure, OpenedProduct product, ServiceLevelObjective objective, Instant now)
    {
        List<ProductTable> tables = tables(product.product(), objective);
        boolean byColumns = objective.basis() instanceof Basis.Columns;
        List<ProductTable> main = byColumns ? ImmutableList.of() : tables.stream().filter(ProductTable::main).collect(toImmutableList());
        return measureTables(measure, product, main.isEmpty() ? tables : main, objective, now);
    }

    private static Measurement measureTables(ObjectiveMeasure measure, OpenedProduct product, ServiceLevelObjective objective, Instant now)
    {
        return measureTables(measure, product, tables(product.product(), objective), objective, now);
    }

    private static Measurement measureTables(ObjectiveMeasure measure, OpenedProduct product, List<ProductTable> tables, ServiceLevelObjective objective, Instant now)
    {
        boolean single = product.product().tables().size() == 1;
        if (tables.isEmpty()) {
            return Measurement.unknown(objective, Optional.empty(), product.product().tables().isEmpty() ? "the product has no table" : "no table of the product has the column", now);
        }
        List<Measurement> measurements = tables.stream()
                .map(table -> {
                    Measurement measured = measureTable(measure, product, objective, table, now);
                    return single ? measured : measured.withEvidence(table.name() + ": " + measured.evidence());
                })
                .collect(toImmutableList());
        // Which table is the worst reveals something about the others, too
        return measurements.stream()
                .max(Measurement.WORST_LAST)
                .orElseThrow()
                .disclosing(Disclosure.ofAll(measurements.stream().map(Measurement::disclosure).collect(toImmutableList())));
    }

    private static Measurement measureTable(ObjectiveMeasure measure, OpenedProduct product, ServiceLevelObjective objective, ProductTable table, Instant now)
    {
        Optional<Measurement> measured = read(product, table, "The objectives of %s could not be measured", opened -> measure.measure(objective, opened, now));
        if (!product.isServed(table)) {
            return measured
                    .map(found -> found.undecided(OUT_OF_SERVICE + "; " + found.evidence()))
                    .orElseGet(() -> Measurement.unknown(objective, Optional.empty(), OUT_OF_SERVICE, now));
        }
        return measured.orElseGet(() -> Measurement.unknown(objective, Optional.empty(), "its table could not be read", now));
    }

    private static List<ProductTable> tables(DataProduct product, ServiceLevelObjective objective)
    {
        if (objective.basis() instanceof Basis.Columns(List<ColumnReference> columns)) {
            return product.tables().stream()
                    .filter(table -> columns.stream().anyMatch(reference -> reference.isOf(table) && table.columns().stream().anyMatch(column -> column.name().equals(reference.column()))))
                    .collect(toImmutableList());
        }
        return product.tables();
    }

    private Measurement availability(DataProduct product, ServiceLevelObjective objective, Instant now)
    {
        return availability.count(product)
                .map(count -> share(
                        objective,
                        OBSERVED,
                        count.served(),
                        count.opened(),
                        "it was served %s of the %s times that queries or the mesh itself opened it in the last 24 hours".formatted(count.served(), count.opened()),
                        new Disclosure.Times(),
                        now))
                .orElseGet(() -> Measurement.unknown(objective, Optional.of(OBSERVED), "nothing has opened it in the last 24 hours", now));
    }

    private Measurement accuracy(OpenedProduct product, ServiceLevelObjective objective, Instant now)
    {
        Measurement measured = quality.accuracy(product.product(), () -> counts(product, now))
                .map(ratio -> share(objective, "quality results", ratio.passed(), ratio.checked(), ratio.evidence() + ", at " + ratio.at().truncatedTo(SECONDS), new Disclosure.Checks(), now))
                .orElseGet(() -> Measurement.unknown(objective, Optional.of("quality results"), "there are no quality results", now));
        return product.product().tables().stream().allMatch(product::isServed) ? measured : measured.undecided("not all of its tables are in service; " + measured.evidence());
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
