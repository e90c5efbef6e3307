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
package org.trinomesh.connector;

import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.trinomesh.governance.QueryDefinition;
import org.trinomesh.materialized.RefreshRecord;
import org.trinomesh.materialized.StoredRows;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Materialization;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.QueryOrigins;
import org.trinomesh.storage.ServedTable;
import org.trinomesh.storage.TableRefusedException;
import org.trinomesh.storage.TransactionTables;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static java.util.Objects.requireNonNull;

/**
 * Finds out whether the stored rows of a query may be read, from the snapshots of what the query reads. All tables are those that the
 * transaction has pinned, so that the answer is about the very rows that the statement would read.
 */
final class StoredRowsResolver
{
    private static final String CHANGED = "a source has changed";
    private static final String UNKNOWN = "it is not known whether a source has changed";

    private final TransactionTables tables;
    private final QueryMeshes meshes;

    StoredRowsResolver(TransactionTables tables, QueryMeshes meshes)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
    }

    /**
     * Decided once for each query: an answer that changed between two calls of the engine would read rows twice or not at all.
     *
     * @throws TableRefusedException when the publishing domain may not publish what the query reads, stored or not
     */
    StoredRows resolve(ConnectorSession session, MeshTable table)
    {
        QueryMesh query = meshes.query(session);
        return query.storedRows(table.id()).orElseGet(() -> query.storedRows(table.id(), decide(session, table)));
    }

    /**
     * Whether the query would compute just the rows that are stored, however long ago that was.
     */
    boolean isFresh(ConnectorSession session, MeshTable table)
    {
        return resolve(session, table) instanceof StoredRows.Served(Instant _, boolean fresh) && (fresh || decide(session, table, Duration.ZERO) instanceof StoredRows.Served);
    }

    private StoredRows decide(ConnectorSession session, MeshTable table)
    {
        return decide(session, table, table.table().query().flatMap(SqlQuery::materialized).map(Materialization::gracePeriod).orElseThrow());
    }

    private StoredRows decide(ConnectorSession session, MeshTable table, Duration gracePeriod)
    {
        String definition = definition(session, table);
        ServedTable stored;
        try {
            stored = tables.loadStored(session, table);
        }
        catch (TableRefusedException e) {
            return new StoredRows.Stale(e.isMissing() ? "no refresh has stored them" : e.why());
        }
        Optional<RefreshRecord> record = record(stored, stored.currentSnapshot());
        return StoredRows.of(record, definition, gracePeriod, start(session), () -> change(session, table, record.orElseThrow(), true, new HashSet<>()));
    }

    /**
     * What decides which rows the query computes today.
     *
     * @throws TableRefusedException when the domain may not publish what it reads
     */
    String definition(ConnectorSession session, MeshTable table)
    {
        return QueryDefinition.of(meshes.query(session).governance(), table, start(session)).orElseThrow(() -> TableRefusedException.unpublished(table));
    }

    /**
     * Refuses an older version of the stored rows that was not stored for the definition of today: who may see its columns was decided by
     * where they came from then, and its rows are what the domain was allowed to see then.
     */
    void checkVersion(ConnectorSession session, MeshTable table, Snapshot version)
    {
        String definition = definition(session, table);
        if (record(tables.loadStored(session, table), version).filter(record -> record.definition().equals(definition)).isEmpty()) {
            throw new TrinoException(INVALID_ARGUMENTS, "Version %s of %s.%s was stored before the product, or what its domain may read, was changed, so it is not read any longer".formatted(version.snapshotId(), table.schema(), table.name()));
        }
    }

    private Instant start(ConnectorSession session)
    {
        return meshes.query(session).start();
    }

    /**
     * What the refresh recorded that stored the rows of a version. Maintenance that only rewrites files leaves the rows as they are.
     */
    static Optional<RefreshRecord> record(Table table, Snapshot version)
    {
        Snapshot snapshot = version;
        while (snapshot != null) {
            Optional<RefreshRecord> record = RefreshRecord.read(snapshot.summary());
            if (record.isPresent() || !DataOperations.REPLACE.equals(snapshot.operation())) {
                return record;
            }
            snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        }
        return Optional.empty();
    }

    /**
     * Why the query may compute other rows than those of a refresh; empty when it computes the same.
     *
     * @param own whether the table is the one that is asked for, and not one that its query reads
     */
    private Optional<String> change(ConnectorSession session, MeshTable table, RefreshRecord record, boolean own, Set<TableId> seen)
    {
        if (!seen.add(table.id())) {
            return Optional.empty();
        }
        SqlQuery query = table.table().query().orElseThrow();
        if (!query.deterministic()) {
            return Optional.of("its query computes other rows at other times, and time has passed");
        }
        if (!query.catalogTables().isEmpty() && (own || !isWithin(table.product(), record.start(), start(session)))) {
            return Optional.of(UNKNOWN);
        }
        return sources(session, query).stream()
                .map(source -> changeOfSource(session, source, record, seen))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> changeOfSource(ConnectorSession session, MeshTable source, RefreshRecord record, Set<TableId> seen)
    {
        try {
            if (source.table().query().isPresent() && !record.sources().containsKey(source.id())) {
                return change(session, source, record, false, seen);
            }
            // Rows of another query that are not read any longer are other rows
            if (source.table().query().isPresent() && !(resolve(session, source) instanceof StoredRows.Served)) {
                return Optional.of(CHANGED);
            }
            return Optional.ofNullable(record.sources().get(source.id())).filter(snapshot -> snapshot == snapshot(session, source)).isPresent() ? Optional.empty() : Optional.of(CHANGED);
        }
        catch (TableRefusedException _) {
            return Optional.of(UNKNOWN);
        }
    }

    /**
     * What is in tables of other catalogs is new as often as the product promises that publishes them.
     */
    private static boolean isWithin(DataProduct product, Instant refreshed, Instant now)
    {
        return product.objectives().stream()
                .filter(objective -> objective.kind() == ObjectiveKind.FRESHNESS)
                .flatMap(objective -> objective.value().stream())
                .filter(ObjectiveTarget.Span.class::isInstance)
                .map(target -> ((ObjectiveTarget.Span) target).duration())
                .min(Comparator.<Duration>naturalOrder())
                .filter(period -> now.isBefore(refreshed.plus(period)))
                .isPresent();
    }

    /**
     * The snapshots of the stored tables that the query of a table reads in this transaction, directly or through other queries.
     */
    Map<TableId, Long> snapshots(ConnectorSession session, MeshTable table)
    {
        Map<TableId, Long> snapshots = new LinkedHashMap<>();
        addSnapshots(session, table, snapshots, new HashSet<>());
        return snapshots;
    }

    private void addSnapshots(ConnectorSession session, MeshTable table, Map<TableId, Long> snapshots, Set<TableId> seen)
    {
        if (!seen.add(table.id())) {
            return;
        }
        for (MeshTable source : sources(session, table.table().query().orElseThrow())) {
            if (source.table().query().isEmpty() || (source.table().physical().isPresent() && resolve(session, source) instanceof StoredRows.Served)) {
                snapshots.put(source.id(), snapshot(session, source));
            }
            else {
                addSnapshots(session, source, snapshots, seen);
            }
        }
    }

    private long snapshot(ConnectorSession session, MeshTable table)
    {
        Snapshot current = tables.loadStored(session, table).currentSnapshot();
        return current == null ? 0 : current.snapshotId();
    }

    private Collection<MeshTable> sources(ConnectorSession session, SqlQuery query)
    {
        return QueryOrigins.sources(meshes.query(session).governance().mesh(), query).values();
    }
}
