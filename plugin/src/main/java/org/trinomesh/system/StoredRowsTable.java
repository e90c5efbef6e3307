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
import io.airlift.log.Logger;
import org.trinomesh.connector.StoredRowsReporter;
import org.trinomesh.disclosure.ProductFact;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.materialized.StoredRows;
import org.trinomesh.measure.StorageLanes;
import org.trinomesh.product.Materialization;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.storage.TableRefusedException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code stored_rows}: of the data products whose query stores its rows, when it did and whether they are read now. Only the tables that a
 * query asks for are opened, and only if it asks for more than what is declared.
 */
final class StoredRowsTable
        implements SystemRows<StoredRowsTable.Row>
{
    private static final Logger log = Logger.get(StoredRowsTable.class);
    private static final Set<String> FOUND_OUT = Set.of("state", "refreshed_at", "reason");

    private static final SystemTableSchema<Row> SCHEMA = SystemTableSchema.<Row>ofProducts("stored_rows", "When the rows of those data products were stored whose query is materialized, and whether they are read now")
            .text("table_name", DISCOVERER, "Table of the product", row -> row.table().name())
            .text("grace_period", DISCOVERER, "How long after a refresh its rows are read although a source has changed; PT0S when they are not", row -> row.materialization().gracePeriod().toString())
            .text("when_stale", DISCOVERER, "What readers get when stored rows are not read: inline, the query runs; fail, the statement is refused", row -> row.materialization().whenStale().name().toLowerCase(ENGLISH))
            .text("state", RESPONSIBLE, "fresh: the query would compute the same rows; within grace period: no source was asked; stale: stored rows are not read. NULL when that is not known; this and what follows only for the product's owner and stewards", row -> row.state().map(StoredRowsTable::state))
            .time("refreshed_at", RESPONSIBLE, "Start of the refresh that stored the rows; NULL when none did", row -> row.state().flatMap(StoredRowsTable::refreshed))
            .text("reason", RESPONSIBLE, "Why stored rows are not read", Row::reason)
            .text("storage_table", RESPONSIBLE, "The table that has the rows", row -> row.materialization().table().toString())
            .build();

    private final StoredRowsReporter states;
    private final StorageLanes lanes;

    /**
     * @param state empty when it is not known, and when the query does not ask for it
     * @param failure why it is not known
     */
    record Row(VisibleProduct visible, MeshTable table, Materialization materialization, Optional<StoredRows> state, Optional<String> failure)
            implements ProductFact
    {
        Row
        {
            requireNonNull(visible, "visible is null");
            requireNonNull(table, "table is null");
            requireNonNull(materialization, "materialization is null");
            requireNonNull(state, "state is null");
            requireNonNull(failure, "failure is null");
        }

        private Optional<String> reason()
        {
            return state.filter(StoredRows.Stale.class::isInstance).map(stale -> ((StoredRows.Stale) stale).why()).or(this::failure);
        }
    }

    private record Found(Optional<StoredRows> state, Optional<String> failure)
    {
        private Found
        {
            requireNonNull(state, "state is null");
            requireNonNull(failure, "failure is null");
        }
    }

    StoredRowsTable(StoredRowsReporter states, StorageLanes lanes)
    {
        this.states = requireNonNull(states, "states is null");
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
        List<MeshTable> wanted = request.mesh().tables()
                .filter(table -> materialization(table).isPresent() && request.allows(table.product()) && request.allows("table_name", table.name()))
                .collect(toImmutableList());
        Map<MeshTable, Found> found = request.columns().stream().anyMatch(FOUND_OUT::contains) ? find(wanted) : ImmutableMap.of();
        return wanted.stream().map(table -> new Row(
                request.mesh().visible(table.product()),
                table,
                materialization(table).orElseThrow(),
                Optional.ofNullable(found.get(table)).flatMap(Found::state),
                Optional.ofNullable(found.get(table)).flatMap(Found::failure)));
    }

    private static Optional<Materialization> materialization(MeshTable table)
    {
        return table.table().query().flatMap(SqlQuery::materialized);
    }

    private Map<MeshTable, Found> find(List<MeshTable> wanted)
    {
        StoredRowsReporter.Moment now = states.now();
        return lanes.forEach(
                wanted,
                table -> materialization(table).orElseThrow().table().storage(),
                table -> find(now, table),
                _ -> new Found(Optional.empty(), Optional.of("the storages did not answer within " + lanes.limit())));
    }

    private static Found find(StoredRowsReporter.Moment now, MeshTable table)
    {
        try {
            return new Found(Optional.of(now.state(table)), Optional.empty());
        }
        catch (TableRefusedException e) {
            return new Found(Optional.empty(), Optional.of(e.why()));
        }
        catch (RuntimeException e) {
            log.error(e, "Whether stored rows of %s.%s are read could not be found out", table.schema(), table.name());
            return new Found(Optional.empty(), Optional.of("it could not be found out; the log of the server says why"));
        }
    }

    private static String state(StoredRows rows)
    {
        return switch (rows) {
            case StoredRows.Served served -> served.fresh() ? "fresh" : "within grace period";
            case StoredRows.Stale _ -> "stale";
        };
    }

    private static Optional<Instant> refreshed(StoredRows rows)
    {
        return switch (rows) {
            case StoredRows.Served served -> Optional.of(served.refreshed());
            case StoredRows.Stale stale -> stale.refreshed();
        };
    }
}
