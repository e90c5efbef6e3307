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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.disclosure.ProductFact;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.measure.HealthMeasurer;
import org.trinomesh.measure.HealthProblem;
import org.trinomesh.measure.MeasuredHealth;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code table_health}: what makes the tables of data products slow to plan or to read, and what their owners do about it. Only
 * the tables that a query asks for are opened, and only if it asks for more than their names.
 */
final class TableHealthTable
        implements SystemRows<TableHealthTable.Row>
{
    private static final Set<String> NAMES = Set.of("domain", "product", "version", "table_name");

    private static final SystemTableSchema<Row> SCHEMA = SystemTableSchema.<Row>ofProducts("table_health", "What makes the tables of the data products you answer for slow, as their owner or steward, and what to do about it; stewards of the mesh see all")
            .text("table_name", RESPONSIBLE, "Table of the product", row -> row.table().name())
            .texts("problems", RESPONSIBLE, "What makes planning or reading the table slow; empty when nothing does, NULL when that is not known", row -> row.texts(HealthProblem::problem))
            .texts("advice", RESPONSIBLE, "What to do about each of the problems, in the same order: a statement for the catalog in which you write the table, or words where no statement helps", row -> row.texts(HealthProblem::advice))
            .number("snapshots", RESPONSIBLE, "Snapshots in the metadata file", row -> row.health(MeasuredHealth::snapshots))
            .number("metadata_bytes", RESPONSIBLE, "Size of the current metadata file", row -> row.health(MeasuredHealth::metadataBytes))
            .number("manifests", RESPONSIBLE, "Manifests of the current snapshot, of data files and of delete files", row -> row.health(MeasuredHealth::manifests))
            .number("manifest_bytes", RESPONSIBLE, "Size of these manifests together", row -> row.health(MeasuredHealth::manifestBytes))
            .number("data_files", RESPONSIBLE, "Data files of the current snapshot; NULL when neither the manifest list nor the summary of the snapshot counts them", row -> row.health(MeasuredHealth::dataFiles))
            .number("average_file_bytes", RESPONSIBLE, "Average size of the data files, at most: the summary of the snapshot has the size of data and delete files together. NULL when it does not say it, or there is no file", row -> row.health(MeasuredHealth::averageFileBytes))
            .number("small_files", RESPONSIBLE, "How many data files are smaller than 32 MB or a quarter of the table's write.target-file-size-bytes, whichever is less. At least so many are, by the number of files and their size together", row -> row.health(MeasuredHealth::smallFiles))
            .number("delete_files", RESPONSIBLE, "Delete files of the current snapshot, deletion vectors among them", row -> row.health(MeasuredHealth::deleteFiles))
            .number("partition_specs", RESPONSIBLE, "Partition specs that the files of the current snapshot were written with; more than one after the partitioning changed", row -> row.health(MeasuredHealth::partitionSpecs))
            .time("last_compaction", RESPONSIBLE, "When data files were last written anew without a change of rows, as optimize does; NULL when no snapshot that is left says so", row -> row.health(MeasuredHealth::lastCompaction))
            .number("snapshot_id", RESPONSIBLE, "The version of the table that was measured; NULL for a table without a snapshot", row -> row.health(MeasuredHealth::snapshotId))
            .time("measured_at", RESPONSIBLE, "When it was measured", row -> row.measured().map(MeasuredHealth::measuredAt))
            .text("error", RESPONSIBLE, "Why the table could not be measured; NULL when it could", row -> row.health(MeasuredHealth::error))
            .build();

    private final HealthMeasurer measurer;

    /**
     * @param measured empty when the query does not ask for it
     */
    record Row(VisibleProduct visible, MeshTable table, Optional<MeasuredHealth> measured)
            implements ProductFact
    {
        Row
        {
            requireNonNull(visible, "visible is null");
            requireNonNull(table, "table is null");
            requireNonNull(measured, "measured is null");
        }

        private <T> Optional<T> health(Function<MeasuredHealth, Optional<T>> part)
        {
            return measured.flatMap(part);
        }

        /**
         * NULL for a table that could not be measured: an empty list would say that it is well.
         */
        private Optional<List<String>> texts(Function<HealthProblem, String> part)
        {
            return measured.filter(known -> known.error().isEmpty())
                    .map(known -> known.problems().stream().map(part).collect(toImmutableList()));
        }
    }

    TableHealthTable(HealthMeasurer measurer)
    {
        this.measurer = requireNonNull(measurer, "measurer is null");
    }

    @Override
    public SystemTableSchema<Row> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<Row> rows(SystemRequest request)
    {
        List<MeshTable> wanted = request.mesh().maintainedTables()
                .filter(table -> request.allows(table.product()) && request.allows("table_name", table.name()))
                .filter(table -> request.allows("version", table.product().version().toString()))
                .collect(toImmutableList());
        Map<MeshTable, MeasuredHealth> measured = NAMES.containsAll(request.columns()) ? ImmutableMap.of() : measurer.measure(wanted);
        return wanted.stream().map(table -> new Row(request.mesh().visible(table.product()), table, Optional.ofNullable(measured.get(table))));
    }
}
