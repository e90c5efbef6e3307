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

import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import org.trinomesh.materialized.StoredRows;
import org.trinomesh.product.Materialization;
import org.trinomesh.product.Materialization.WhenStale;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.QueryOrigins;
import org.trinomesh.storage.TableRefusedException;
import org.trinomesh.storage.TransactionTables;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static io.trino.spi.StandardErrorCode.VIEW_IS_STALE;
import static java.util.Objects.requireNonNull;

/**
 * Opens what the query of a product reads through the queries of other products, before the engine does. The engine's message about
 * something that cannot be read names every product on the way to it, also to readers who may not know of them.
 */
final class QuerySources
{
    private static final Logger log = Logger.get(QuerySources.class);

    private final TransactionTables tables;
    private final QueryMeshes meshes;
    private final SqlViews views;
    private final Function<ConnectorSession, StoredRowsResolver> storedRows;

    QuerySources(TransactionTables tables, QueryMeshes meshes, SqlViews views, Function<ConnectorSession, StoredRowsResolver> storedRows)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.views = requireNonNull(views, "views is null");
        this.storedRows = requireNonNull(storedRows, "storedRows is null");
    }

    /**
     * @param table whose query is about to run
     * @throws TableRefusedException that names only this table, when a product cannot be read that its query reads
     */
    void check(ConnectorSession session, MeshTable table)
    {
        checkColumns(session, table);
        Set<TableId> seen = new HashSet<>();
        for (MeshTable source : sources(session, table.table().query().orElseThrow())) {
            // What is wrong with a stored table that it reads itself is told as its own already
            if (source.table().query().isPresent()) {
                try {
                    open(session, source, seen);
                }
                catch (TrinoException e) {
                    log.warn(e, "The query of data product %s cannot read %s", table.product().qualifiedName(), source.product().qualifiedName());
                    throw TableRefusedException.ofSource(table, e);
                }
            }
        }
    }

    private void open(ConnectorSession session, MeshTable table, Set<TableId> seen)
    {
        if (!seen.add(table.id())) {
            return;
        }
        switch (table.table().query().orElse(null)) {
            case null -> tables.load(session, table);
            case SqlQuery query when query.materialized().isPresent() -> openStored(session, table, query, query.materialized().orElseThrow(), seen);
            case SqlQuery query -> openSources(session, table, query, seen);
        }
    }

    private void openStored(ConnectorSession session, MeshTable table, SqlQuery query, Materialization materialized, Set<TableId> seen)
    {
        if (storedRows.apply(session).resolve(table) instanceof StoredRows.Stale(Optional<Instant> _, String why)) {
            if (materialized.whenStale() != WhenStale.INLINE) {
                throw new TrinoException(VIEW_IS_STALE, "The stored rows of %s cannot be read: %s".formatted(table.product().qualifiedName(), why));
            }
            openSources(session, table, query, seen);
        }
    }

    private void openSources(ConnectorSession session, MeshTable table, SqlQuery query, Set<TableId> seen)
    {
        if (!meshes.ofDomain(session, table.product().domain()).mayPublish(query)) {
            throw TableRefusedException.unpublished(table);
        }
        checkColumns(session, table);
        query.catalogTables().forEach((read, user) -> views.catalogTable(session, table, read, user));
        sources(session, query).forEach(source -> open(session, source, seen));
    }

    /**
     * The engine would name the column, which may be hidden from the reader.
     */
    private void checkColumns(ConnectorSession session, MeshTable table)
    {
        QueryOrigins origins = meshes.query(session).governance().mesh().origins();
        if (table.table().columns().stream().anyMatch(column -> origins.isMissing(table.product(), table.table(), column))) {
            throw TableRefusedException.withoutColumnsOfQuery(table);
        }
    }

    private Collection<MeshTable> sources(ConnectorSession session, SqlQuery query)
    {
        return QueryOrigins.sources(meshes.query(session).governance().mesh(), query).values();
    }
}
