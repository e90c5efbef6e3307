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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.trino.spi.TrinoException;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
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

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Finds out whether the stored rows of a query may be read, from the snapshots of what the query reads. All tables are those that the
 * transaction has pinned, so that the answer is about the very rows that the statement would read.
 */
final class StoredRowsResolver
{
    private static final String CHANGED = "a source has changed";
    private static final String UNKNOWN = "it is not known whether a source has changed";

    private final QueryMesh query;
    private final Function<MeshTable, ServedTable> tables;

    /**
     * @param tables opens a stored table as of the transaction, without telling anybody how that went
     */
    StoredRowsResolver(QueryMesh query, Function<MeshTable, ServedTable> tables)
    {
        this.query = requireNonNull(query, "query is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * Decided once for each query: an answer that changed between two calls of the engine would read rows twice or not at all.
     *
     * @throws TableRefusedException when the publishing domain may not publish what the query reads, stored or not
     */
    StoredRows resolve(MeshTable table)
    {
        return query.storedRows(table.id()).orElseGet(() -> query.storedRows(table.id(), decide(table)));
    }

    /**
     * Whether the query would compute just the rows that are stored, however long ago that was.
     */
    boolean isFresh(MeshTable table)
    {
        return resolve(table) instanceof StoredRows.Served(Instant _, boolean fresh) && (fresh || decide(table, Duration.ZERO) instanceof StoredRows.Served);
    }

    private StoredRows decide(MeshTable table)
    {
        return decide(table, table.table().query().flatMap(SqlQuery::materialized).map(Materialization::gracePeriod).orElseThrow());
    }

    private StoredRows decide(MeshTable table, Duration gracePeriod)
    {
        String definition = definition(table);
        ServedTable stored;
        try {
            stored = tables.apply(table);
        }
        catch (TableRefusedException e) {
            return e.isMissing() ? StoredRows.neverStored() : new StoredRows.Stale(Optional.empty(), e.why());
        }
        Optional<Snapshot> refresh = refresh(stored, stored.currentSnapshot());
        Optional<RefreshRecord> record = refresh.flatMap(snapshot -> RefreshRecord.read(snapshot.summary()));
        if (record.isPresent() && !hasColumnsOf(stored, refresh.orElseThrow())) {
            return new StoredRows.Stale(Optional.of(record.orElseThrow().start()), "the columns of their table were changed since they were stored");
        }
        return StoredRows.of(record, definition, gracePeriod, query.start(), () -> change(table, record.orElseThrow(), true, new HashSet<>()));
    }

    /**
     * What decides which rows the query computes today.
     *
     * @throws TableRefusedException when the domain may not publish what it reads
     */
    String definition(MeshTable table)
    {
        return query.definition(table).orElseThrow(() -> TableRefusedException.unpublished(table));
    }

    /**
     * Refuses an older version of the stored rows that was not stored for the definition of today: who may see its columns was decided by
     * where they came from then, and its rows are what the domain was allowed to see then.
     */
    void checkVersion(MeshTable table, Snapshot version)
    {
        String definition = definition(table);
        ServedTable stored = tables.apply(table);
        boolean same = refresh(stored, version)
                .filter(refresh -> hasColumnsOf(stored, refresh))
                .flatMap(refresh -> RefreshRecord.read(refresh.summary()))
                .filter(record -> record.definition().equals(definition))
                .isPresent();
        if (!same) {
            throw new TrinoException(INVALID_ARGUMENTS, "Version %s of %s.%s was stored before the product, or what its domain may read, was changed, so it is not read any longer".formatted(version.snapshotId(), table.schema(), table.name()));
        }
    }

    /**
     * The refresh that stored the rows of a version. Maintenance that only rewrites files leaves the rows as they are.
     */
    private static Optional<Snapshot> refresh(Table table, Snapshot version)
    {
        Snapshot snapshot = version;
        while (snapshot != null && RefreshRecord.read(snapshot.summary()).isEmpty()) {
            snapshot = DataOperations.REPLACE.equals(snapshot.operation()) && snapshot.parentId() != null ? table.snapshot(snapshot.parentId()) : null;
        }
        return Optional.ofNullable(snapshot);
    }

    /**
     * Whether the promised names still mean the fields that the refresh wrote. Whoever may change the table could otherwise give a column the name
     * of one that fewer rules are about.
     */
    private static boolean hasColumnsOf(ServedTable stored, Snapshot refresh)
    {
        Map<String, Integer> written = stored.columnsOf(refresh.snapshotId()).stream().collect(toImmutableMap(column -> column.name().toLowerCase(ENGLISH), NestedField::fieldId, (first, _) -> first));
        return stored.fieldIds().entrySet().stream().allMatch(column -> column.getValue().equals(written.get(column.getKey())));
    }

    /**
     * Why the query may compute other rows than those of a refresh; empty when it computes the same.
     *
     * @param own whether the table is the one that is asked for, and not one that its query reads
     */
    private Optional<String> change(MeshTable table, RefreshRecord record, boolean own, Set<TableId> seen)
    {
        if (!seen.add(table.id())) {
            return Optional.empty();
        }
        SqlQuery sql = table.table().query().orElseThrow();
        if (!sql.deterministic()) {
            return Optional.of("its query computes other rows at other times, and time has passed");
        }
        if (!sql.catalogTables().isEmpty() && (own || !isWithin(table.product(), record.start(), query.start()))) {
            return Optional.of(UNKNOWN);
        }
        return sources(sql).stream()
                .map(source -> changeOfSource(source, record, seen))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> changeOfSource(MeshTable source, RefreshRecord record, Set<TableId> seen)
    {
        try {
            if (source.table().query().isPresent() && !record.sources().containsKey(source.id())) {
                return change(source, record, false, seen);
            }
            if (Optional.ofNullable(record.sources().get(source.id())).filter(snapshot -> snapshot == snapshot(source)).isEmpty()) {
                return Optional.of(CHANGED);
            }
            // Stored rows that are not read any longer are other rows than those of their query
            return source.table().query().isEmpty() || resolve(source) instanceof StoredRows.Served ? Optional.empty() : Optional.of(CHANGED);
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
    Map<TableId, Long> snapshots(MeshTable table)
    {
        return ImmutableMap.copyOf(Maps.transformValues(read(table), source -> snapshot(source)));
    }

    /**
     * Whether the query of a table reads one stored table in this transaction, as of this version of it.
     */
    boolean readsOnly(MeshTable table, OptionalLong version)
    {
        Collection<MeshTable> read = read(table).values();
        return read.size() == 1 && Optional.ofNullable(tables.apply(read.iterator().next()).currentSnapshot())
                .filter(current -> version.isPresent() && version.getAsLong() == current.snapshotId())
                .isPresent();
    }

    private Map<TableId, MeshTable> read(MeshTable table)
    {
        Map<TableId, MeshTable> read = new LinkedHashMap<>();
        addRead(table, read, new HashSet<>());
        return read;
    }

    private void addRead(MeshTable table, Map<TableId, MeshTable> read, Set<TableId> seen)
    {
        if (!seen.add(table.id())) {
            return;
        }
        for (MeshTable source : sources(table.table().query().orElseThrow())) {
            if (source.table().query().isEmpty() || (source.table().physical().isPresent() && resolve(source) instanceof StoredRows.Served)) {
                read.put(source.id(), source);
            }
            else {
                addRead(source, read, seen);
            }
        }
    }

    /**
     * The version of a table that has its rows. One that only rewrites files has the rows of the version before.
     */
    private long snapshot(MeshTable table)
    {
        ServedTable served = tables.apply(table);
        Snapshot snapshot = served.currentSnapshot();
        while (snapshot != null && DataOperations.REPLACE.equals(snapshot.operation()) && snapshot.parentId() != null && served.snapshot(snapshot.parentId()) != null) {
            snapshot = served.snapshot(snapshot.parentId());
        }
        return snapshot == null ? 0 : snapshot.snapshotId();
    }

    private Collection<MeshTable> sources(SqlQuery sql)
    {
        return QueryOrigins.sources(query.governance().mesh(), sql).values();
    }
}
