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
import io.trino.spi.TrinoException;
import org.trinomesh.disclosure.Closeness;
import org.trinomesh.disclosure.Fact;
import org.trinomesh.disclosure.VisibleChange;
import org.trinomesh.disclosure.VisibleChanges;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.measure.StorageLanes;
import org.trinomesh.problem.Position;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.SemanticVersion;
import org.trinomesh.storage.PhysicalTables;
import org.trinomesh.storage.TableDifference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code schema_changes}: what the last changes of contracts changed, and where tables differ from their
 * contracts.
 */
final class SchemaChangesTable
        implements SystemRows<SchemaChangesTable.Row>
{
    private static final String CONTRACT = "contract";
    private static final String TABLE = "table";

    private static final SystemTableSchema<Row> SCHEMA = SystemTableSchema.<Row>table("schema_changes", "What the last change of each data product's contract changed since the server started; for stewards also where tables differ from their contracts")
            .text("domain", DISCOVERER, "Schema of the domain", row -> row.product().domain())
            .text("product", DISCOVERER, "Data product in SQL", row -> row.product().sqlName())
            .text("version", DISCOVERER, "Version of the data product that is served", row -> row.product().version().toString())
            .text("changed_version", DISCOVERER, "Version of the document with the change, which is not served when the change is refused; NULL for differences of tables", row -> row.changedVersion().map(SemanticVersion::toString))
            .text("contract", DISCOVERER, "Name of its data contract", row -> row.product().contract().map(Contract::name))
            .text("contract_version", DISCOVERER, "Version of the contract", row -> row.product().contract().map(Contract::version))
            .text("table_name", DISCOVERER, "Table of the product; NULL when it is about the whole product, or about a table that nobody can select from", Row::tableName)
            .text("kind", DISCOVERER, "What changed: column_removed, column_added, type_widened, type_changed, made_nullable, ...; unknown for a table that could not be read", row -> row.change().map(change -> change.kind().toString()).orElse("unknown"))
            .text("path", DISCOVERER, "Table, column and field that changed, or slos.name, quality.name", Row::path)
            .text("old_value", DISCOVERER, "What was promised", row -> row.change().flatMap(SchemaChange::before))
            .text("new_value", DISCOVERER, "What is promised now, or what the table has", row -> row.change().flatMap(SchemaChange::after))
            .text("severity", DISCOVERER, "compatible, or breaking: a query of a consumer may fail or mean something else", row -> row.change().map(change -> change.severity().toString()))
            .text("required_bump", DISCOVERER, "Which number of the version has to change: major, minor, patch or none", row -> row.change().map(change -> change.requiredBump().toString()))
            .flag("refused", DISCOVERER, "Whether the change is refused, because it breaks the contract without a new major version", Row::refused)
            .text("source", DISCOVERER, "contract: compared with the contract before; table: the Iceberg table compared with the contract", row -> row.changedVersion().isPresent() ? CONTRACT : TABLE)
            .text("message", DISCOVERER, "What changed, in words", Row::message)
            .text("file", RESPONSIBLE, "File below the mesh directory; only for the product's owner and stewards", row -> row.position().map(Position::file))
            .number("line", RESPONSIBLE, "Line, from 1", row -> row.position().map(Position::line))
            .build();

    private final PhysicalTables tables;
    private final StorageLanes lanes;

    /**
     * @param product as it is served now
     * @param changedVersion of the document with the change; empty for a difference of a table
     * @param change empty for a table that could not be read
     */
    record Row(DataProduct product, Optional<SemanticVersion> changedVersion, Optional<SchemaChange> change, Optional<String> tableName, String path, boolean refused, String message, Optional<Position> position, Set<Closeness> closeness)
            implements Fact
    {
        Row
        {
            requireNonNull(product, "product is null");
            requireNonNull(changedVersion, "changedVersion is null");
            requireNonNull(change, "change is null");
            requireNonNull(tableName, "tableName is null");
            requireNonNull(path, "path is null");
            requireNonNull(message, "message is null");
            requireNonNull(position, "position is null");
            requireNonNull(closeness, "closeness is null");
        }

        private static Row of(VisibleChange visible)
        {
            SchemaChange change = visible.change();
            return new Row(visible.product(), Optional.of(visible.version()), Optional.of(change), visible.table(), change.path(), visible.refused(), change.message(), visible.position(), visible.closeness());
        }

        private static Row of(VisibleProduct visible, TableDifference difference)
        {
            SchemaChange change = difference.change();
            return new Row(visible.product(), Optional.empty(), Optional.of(change), change.table().flatMap(visible::tableName), change.path(), false, difference.message(), change.position(), visible.closeness());
        }

        private static Row unknown(VisibleProduct visible, MeshTable table, String why)
        {
            return new Row(visible.product(), Optional.empty(), Optional.empty(), Optional.of(table.name()), table.table().name(), false, why, Optional.empty(), visible.closeness());
        }
    }

    SchemaChangesTable(PhysicalTables tables, StorageLanes lanes)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.lanes = requireNonNull(lanes, "lanes is null");
    }

    @Override
    public SystemTableSchema<Row> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<Row> rows(SystemRequest request)
    {
        Stream<Row> contracts = request.allows("source", CONTRACT) ? VisibleChanges.of(request.mesh(), request::allows).stream().map(Row::of) : Stream.of();
        return Stream.concat(contracts, request.allows("source", TABLE) ? differences(request) : Stream.of());
    }

    private Stream<Row> differences(SystemRequest request)
    {
        PhysicalTables.Opened opened = tables.open();
        List<MeshTable> wanted = request.mesh().comparedTables()
                .filter(table -> request.allows(table.product()) && request.allows("table_name", table.name()))
                .collect(toImmutableList());
        // A table that cannot be read must not prevent answers about the others
        Map<MeshTable, List<Row>> compared = lanes.forEach(
                wanted,
                table -> table.table().physical().orElseThrow().storage(),
                table -> differences(request.mesh().visible(table.product()), opened, table),
                table -> ImmutableList.of(Row.unknown(request.mesh().visible(table.product()), table, "the table could not be compared with its contract within " + lanes.limit())));
        return wanted.stream().flatMap(table -> compared.get(table).stream());
    }

    private static List<Row> differences(VisibleProduct visible, PhysicalTables.Opened opened, MeshTable table)
    {
        try {
            return opened.differences(table).stream().map(difference -> Row.of(visible, difference)).collect(toImmutableList());
        }
        catch (RuntimeException e) {
            // Messages that are not our own may contain locations and addresses
            return ImmutableList.of(Row.unknown(visible, table, e instanceof TrinoException ? e.getMessage() : "the table could not be compared with its contract"));
        }
    }
}
