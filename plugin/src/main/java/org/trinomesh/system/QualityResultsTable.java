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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.disclosure.VisibleQuality;
import org.trinomesh.disclosure.VisibleQualityResult;
import org.trinomesh.measure.ManifestCounts;
import org.trinomesh.product.MeshTable;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.quality.TableCounts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.READER_OF_EVERYTHING;
import static org.trinomesh.disclosure.Closeness.UNRESTRICTED_STEWARD;

/**
 * The table {@code quality_results}: the latest results of quality checks.
 */
final class QualityResultsTable
        implements SystemRows<VisibleQualityResult>
{
    private static final SystemTableSchema<VisibleQualityResult> SCHEMA = SystemTableSchema.<VisibleQualityResult>ofProducts("quality_results", "Last results of quality checks on the data products you may discover, by any tool; numbers of rows are only for readers who see all of the product")
            .text("rule", DISCOVERER, "Rule of the product that was checked, when it is one of its own", VisibleQualityResult::rule)
            .text("assertion", DISCOVERER, "What was checked, as the tool calls it; texts of the tool's own are only for the product's stewards", VisibleQualityResult::assertion)
            .text("table_name", DISCOVERER, "Table of the rule; NULL when the check is not a rule of the product", VisibleQualityResult::table)
            .text("column_name", DISCOVERER, "Column of the product it is about; NULL for none or several", VisibleQualityResult::column)
            .text("path", DISCOVERER, "Column it is about, field inside a column, or columns", VisibleQualityResult::path)
            .number("passed", READER_OF_EVERYTHING, "Rows that passed", row -> number(row.passed()))
            .number("failed", READER_OF_EVERYTHING, "Rows that failed", row -> number(row.failed()))
            .fraction("ratio", READER_OF_EVERYTHING, "Share of the rows that passed", VisibleQualityResult::ratio)
            .flag("success", DISCOVERER, "Whether the check succeeded; NULL where that would reveal something about hidden rows or values", VisibleQualityResult::success)
            .text("severity", DISCOVERER, "Severity of a failure: info, warning or error; any other word of a tool is only for the product's stewards", VisibleQualityResult::severity)
            .text("run_id", UNRESTRICTED_STEWARD, "Run that checked it, for the product's stewards", VisibleQualityResult::runId)
            .text("job", UNRESTRICTED_STEWARD, "Job that checked it, for the product's stewards", VisibleQualityResult::job)
            .text("producer", DISCOVERER, "Tool, as it names itself; manifests: the mesh itself, which counted in Iceberg's metadata for this query", VisibleQualityResult::producer)
            .time("measured_at", DISCOVERER, "When it was checked", VisibleQualityResult::at)
            .build();

    private final CurrentQuality quality;
    private final ManifestCounts manifests;

    QualityResultsTable(CurrentQuality quality, ManifestCounts manifests)
    {
        this.quality = requireNonNull(quality, "quality is null");
        this.manifests = requireNonNull(manifests, "manifests is null");
    }

    @Override
    public SystemTableSchema<VisibleQualityResult> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleQualityResult> rows(SystemRequest request)
    {
        List<VisibleProduct> products = request.products().collect(toImmutableList());
        return Stream.concat(VisibleQuality.results(request.mesh(), quality, products), counted(products));
    }

    /**
     * The counts that manifests contain right now.
     */
    private Stream<VisibleQualityResult> counted(List<VisibleProduct> products)
    {
        ListMultimap<VisibleProduct, MeshTable> tables = LinkedListMultimap.create();
        products.forEach(visible -> VisibleQuality.countedTables(visible).forEach(table -> tables.put(visible, table)));
        Map<MeshTable, TableCounts> counts = manifests.counts(ImmutableList.copyOf(tables.values()));
        return tables.entries().stream()
                .filter(entry -> counts.containsKey(entry.getValue()))
                .flatMap(entry -> VisibleQuality.counted(entry.getKey(), entry.getValue(), counts.get(entry.getValue())));
    }

    private static Optional<Long> number(OptionalLong number)
    {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
