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
package org.trinomesh.system;

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.measure.ManifestCounts;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityRule;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.quality.ManifestResult;
import org.trinomesh.quality.ProductResult;
import org.trinomesh.quality.QualityResults;
import org.trinomesh.quality.TableCounts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

final class QualityResultsTable
        implements RequestedRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("quality_results", "Last results of quality checks on the data products you may discover, by any tool; numbers of rows are for those who see all of a product")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("rule", "Rule of the product that was checked, when it is one of its own")
            .text("assertion", "What was checked, in the words of the tool; its own words are for the product's stewards")
            .text("table_name", "Table of the product that the rule is of; NULL when the check is none of its rules")
            .text("column_name", "Column of the product it is about; NULL for none or several")
            .text("path", "Column it is about, field inside a column, or columns")
            .number("passed", "Rows that passed")
            .number("failed", "Rows that failed")
            .column("ratio", DOUBLE, "Share of the rows that passed")
            .flag("success", "Whether the check succeeded; NULL where that would tell of rows or values that are kept from you")
            .text("severity", "How bad a failure is: info, warning or error; any other word of a tool is for the product's stewards")
            .text("run_id", "Run that checked it, for the product's stewards")
            .text("job", "Job that checked it, for the product's stewards")
            .text("producer", "Tool, as it names itself; manifests: the mesh, from metadata, just now")
            .column("measured_at", TIMESTAMP_TZ_MILLIS, "When it was checked")
            .build();

    private static final String MANIFESTS = "manifests";

    private final CurrentQuality quality;
    private final ManifestCounts manifests;

    QualityResultsTable(CurrentQuality quality, ManifestCounts manifests)
    {
        this.quality = requireNonNull(quality, "quality is null");
        this.manifests = requireNonNull(manifests, "manifests is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        QualityResults results = quality.of(request.mesh().mesh());
        List<VisibleQuality> products = request.products().stream()
                .map(product -> new VisibleQuality(request.mesh(), product))
                .collect(toImmutableList());
        return Stream.concat(
                products.stream().flatMap(visible -> results.of(visible.product()).stream()
                        .filter(visible::isVisible)
                        .map(result -> row(result, visible))),
                counted(products));
    }

    /**
     * What the manifests tell right now. It is exact, and so for those alone who may know how many rows fail.
     */
    private Stream<Object[]> counted(List<VisibleQuality> products)
    {
        List<MeshTable> tables = products.stream()
                .filter(VisibleQuality::seesCounts)
                .flatMap(visible -> visible.tables().stream())
                .filter(table -> table.product().qualityRules().stream().anyMatch(rule -> rule.table().equals(table.table().name()) && ManifestResult.isCounted(rule)))
                .collect(toImmutableList());
        Map<MeshTable, TableCounts> counts = manifests.counts(tables);
        return tables.stream()
                .filter(counts::containsKey)
                .flatMap(table -> table.product().qualityRules().stream()
                        .filter(rule -> rule.table().equals(table.table().name()))
                        .flatMap(rule -> ManifestResult.of(rule, counts.get(table)).stream()
                                .map(result -> row(table, rule, result, counts.get(table).at()))));
    }

    private static Object[] row(MeshTable table, QualityRule rule, ManifestResult result, Instant at)
    {
        DataProduct product = table.product();
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                rule.name(),
                rule.name(),
                table.name(),
                rule.columns().size() == 1 ? rule.columns().getFirst() : null,
                rule.columns().isEmpty() ? null : String.join(", ", rule.columns()),
                number(result.passed()),
                number(result.failed()),
                ratio(result.passed(), result.failed()),
                result.success(),
                rule.severity().orElse(null),
                null,
                null,
                MANIFESTS,
                packDateTimeWithZone(at.toEpochMilli(), UTC_KEY),
        };
    }

    private static Object[] row(ProductResult productResult, VisibleQuality visible)
    {
        ObservedAssertion result = productResult.result();
        DataProduct product = visible.product();
        boolean counts = visible.seesCounts();
        boolean steward = visible.isSteward();
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                visible.rule(result).map(QualityRule::name).orElse(null),
                visible.assertion(result).orElse(null),
                visible.table(result).map(MeshTable::name).orElse(null),
                visible.column(result).orElse(null),
                result.column().orElse(null),
                counts ? number(result.passed()) : null,
                counts ? number(result.failed()) : null,
                counts ? ratio(result.passed(), result.failed()) : null,
                visible.seesSuccess(productResult) ? result.success() : null,
                visible.severity(result).orElse(null),
                steward ? result.runId() : null,
                steward ? result.job() : null,
                result.producer(),
                packDateTimeWithZone(result.at().toEpochMilli(), UTC_KEY),
        };
    }

    private static Long number(OptionalLong number)
    {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static Double ratio(OptionalLong passed, OptionalLong failed)
    {
        if (passed.isEmpty() || failed.isEmpty()) {
            return null;
        }
        double checked = (double) passed.getAsLong() + failed.getAsLong();
        return checked > 0 ? (Double) (passed.getAsLong() / checked) : null;
    }
}
