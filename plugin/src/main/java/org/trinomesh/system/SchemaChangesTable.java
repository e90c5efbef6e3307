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
import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.VisibleChange;
import org.trinomesh.disclosure.VisibleChanges;
import org.trinomesh.measure.StorageLanes;
import org.trinomesh.problem.Position;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.SemanticVersion;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.Mesh;
import org.trinomesh.storage.PhysicalTables;
import org.trinomesh.storage.TableDifference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

final class SchemaChangesTable
        implements RequestedRows
{
    private static final String CONTRACT = "contract";
    private static final String TABLE = "table";
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("schema_changes", "What the last change of each data product's contract changed since the server started, and for stewards where their tables differ from their contracts")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product that is served")
            .text("changed_version", "Version of the document with the change, which is not served when the change is refused; NULL for differences of tables")
            .text("contract", "Name of its data contract")
            .text("contract_version", "Version of the contract")
            .text("table_name", "Table of the product; NULL when it is about the whole product, or about a table that nobody can select from")
            .text("kind", "What changed: column_removed, column_added, type_widened, type_changed, made_nullable, ...; unknown for a table that could not be read")
            .text("path", "Table, column and field that changed, or slos.name, quality.name")
            .text("old_value", "What was promised")
            .text("new_value", "What is promised now, or what the table has")
            .text("severity", "compatible, or breaking: a query of a consumer may fail or mean something else")
            .text("required_bump", "Which number of the version has to move: major, minor, patch or none")
            .flag("refused", "Whether the change is not served, because it breaks the contract without a new major version")
            .text("source", "contract: against the contract before; table: the Iceberg table against the contract")
            .text("message", "What changed, in words")
            .text("file", "File below the mesh directory; for those who answer for the product")
            .number("line", "Line, from 1")
            .build();

    private final PhysicalTables tables;
    private final StorageLanes lanes;

    SchemaChangesTable(PhysicalTables tables, StorageLanes lanes)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.lanes = requireNonNull(lanes, "lanes is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        Stream<Object[]> contracts = request.allows("source", CONTRACT)
                ? VisibleChanges.of(request.mesh(), product -> request.allows("domain", product.domain()) && request.allows("product", product.sqlName())).stream().map(change -> row(request.mesh().mesh(), change))
                : Stream.of();
        return Stream.concat(contracts, request.allows("source", TABLE) ? differences(request) : Stream.of());
    }

    private static Object[] row(Mesh mesh, VisibleChange visible)
    {
        SchemaChange change = visible.change();
        DataProduct after = visible.product().after();
        return row(
                mesh,
                mesh.product(after.id()).or(() -> mesh.product(visible.product().before().id())).orElse(after),
                Optional.of(after.version()),
                change,
                visible.product().refused(),
                CONTRACT,
                change.message(),
                visible.whole() ? Optional.of(visible.product().position(change)) : Optional.empty());
    }

    /**
     * Physical columns are the stewards' to know.
     */
    private Stream<Object[]> differences(SystemRequest request)
    {
        PhysicalTables.Opened opened = tables.open();
        // Nobody is the steward of what it may not discover
        List<MeshTable> wanted = request.mesh().tables()
                .filter(table -> request.allows("domain", table.schema()) && request.allows("product", table.product().sqlName()) && request.allows("table_name", table.name()))
                .filter(table -> request.mesh().isStewardOf(table.product()))
                .collect(toImmutableList());
        // One table that cannot be read hides nothing about the others
        Map<MeshTable, List<Object[]>> compared = lanes.forEach(
                wanted,
                table -> table.table().source().storage(),
                table -> differences(request.mesh().mesh(), opened, table),
                table -> ImmutableList.of(unknown(table, "the table could not be compared with its contract within " + lanes.limit())));
        return wanted.stream().flatMap(table -> compared.get(table).stream());
    }

    private static List<Object[]> differences(Mesh mesh, PhysicalTables.Opened opened, MeshTable table)
    {
        try {
            return opened.differences(table).stream().map(difference -> row(mesh, table.product(), difference)).collect(toImmutableList());
        }
        catch (RuntimeException e) {
            // Anything else than our own words may name locations and addresses
            return ImmutableList.of(unknown(table, e instanceof TrinoException ? e.getMessage() : "the table could not be compared with its contract"));
        }
    }

    private static Object[] unknown(MeshTable table, String why)
    {
        return new Object[] {
                table.schema(),
                table.product().sqlName(),
                table.product().version().toString(),
                null,
                contract(table.product(), Contract::name),
                contract(table.product(), Contract::version),
                table.name(),
                "unknown",
                table.table().name(),
                null,
                null,
                null,
                null,
                false,
                TABLE,
                why,
                null,
                null,
        };
    }

    private static Object[] row(Mesh mesh, DataProduct product, TableDifference difference)
    {
        return row(mesh, product, Optional.empty(), difference.change(), false, TABLE, difference.message(), difference.change().position());
    }

    private static Object[] row(Mesh mesh, DataProduct product, Optional<SemanticVersion> changed, SchemaChange change, boolean refused, String source, String message, Optional<Position> position)
    {
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                changed.map(SemanticVersion::toString).orElse(null),
                contract(product, Contract::name),
                contract(product, Contract::version),
                change.table().flatMap(table -> mesh.table(new TableId(product.id(), table))).map(MeshTable::name).orElse(null),
                change.kind().toString(),
                change.path(),
                change.before().orElse(null),
                change.after().orElse(null),
                change.severity().toString(),
                change.requiredBump().toString(),
                refused,
                source,
                message,
                position.map(Position::file).orElse(null),
                position.map(place -> (long) place.line()).orElse(null),
        };
    }

    private static String contract(DataProduct product, Function<Contract, String> word)
    {
        return product.contract().map(word).orElse(null);
    }
}
