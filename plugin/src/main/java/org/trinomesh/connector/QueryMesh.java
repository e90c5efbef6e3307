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

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import org.trinomesh.disclosure.ConcealedColumns;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.QueryDefinition;
import org.trinomesh.materialized.StoredRows;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.Requester;
import org.trinomesh.product.TableId;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The mesh and the time that one query uses from its beginning to its end.
 */
public final class QueryMesh
{
    private final Governance governance;
    private final Instant start;
    private final Map<SchemaTableName, Set<String>> ruleColumns = new ConcurrentHashMap<>();
    private final Set<ProductId> read = ConcurrentHashMap.newKeySet();
    private final QueryIdentities identities = new QueryIdentities();
    private final Function<OptionalInt, String> keys;
    private final Map<TableId, Optional<String>> definitions = new ConcurrentHashMap<>();
    private final Map<TableId, StoredRows> storedRows = new ConcurrentHashMap<>();
    private final Map<Requester, GovernedMesh> readers = new ConcurrentHashMap<>();
    private volatile boolean readByOthers;
    private final Map<Concealed, ConcealedColumns> concealed = new ConcurrentHashMap<>();
    private volatile Optional<Refresh> refresh = Optional.empty();

    private record Concealed(TableId table, Requester from)
    {
        private Concealed
        {
            requireNonNull(table, "table is null");
            requireNonNull(from, "from is null");
        }
    }

    private record Refresh(TableId table, String user)
    {
        private Refresh
        {
            requireNonNull(table, "table is null");
            requireNonNull(user, "user is null");
        }
    }

    QueryMesh(Governance governance, Instant start, Function<OptionalInt, String> keys)
    {
        this.governance = requireNonNull(governance, "governance is null");
        this.start = requireNonNull(start, "start is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    public Governance governance()
    {
        return governance;
    }

    public Instant start()
    {
        return start;
    }

    /**
     * With whose identities the queries of products run inside of this query.
     */
    public QueryIdentities identities()
    {
        return identities;
    }

    /**
     * What decides which rows the query of a table computes now; empty when its domain may not publish what it reads.
     */
    Optional<String> definition(MeshTable table)
    {
        return definitions.computeIfAbsent(table.id(), _ -> QueryDefinition.of(governance, table, start, keys));
    }

    /**
     * Whether the stored rows of a query are read, if that was decided.
     */
    Optional<StoredRows> storedRows(TableId table)
    {
        return Optional.ofNullable(storedRows.get(table));
    }

    /**
     * @return what was decided first
     */
    StoredRows storedRows(TableId table, StoredRows decided)
    {
        StoredRows first = storedRows.putIfAbsent(table, decided);
        return first == null ? decided : first;
    }

    /**
     * Records somebody for whom queries of products run. The owner of a view is not the one who runs the statement: such an identity has no principal.
     */
    void runsFor(GovernedMesh reader, ConnectorIdentity identity)
    {
        if (identity.getPrincipal().isPresent()) {
            readers.putIfAbsent(reader.requester(), reader);
        }
        else {
            readByOthers = true;
        }
    }

    /**
     * What an identity sees of a table; empty when it may not read it.
     *
     * @param mesh as the identity sees it
     */
    public Optional<TableAccess> access(GovernedMesh mesh, ConnectorIdentity identity, MeshTable table)
    {
        Optional<RowAccess> rows = identities.rows(identity, table);
        return mesh.access(table).map(access -> rows.map(access::and).orElse(access));
    }

    /**
     * The columns by which the query that runs as an identity joins its sources, and whose values are kept from those for whom it runs; empty for
     * other identities.
     */
    public Optional<ConcealedColumns> concealed(ConnectorIdentity identity)
    {
        return identities.table(identity)
                .map(table -> readByOthers || readers.isEmpty()
                        ? ConcealedColumns.fromEverybody(governance.mesh(), table)
                        : readers.values().stream()
                          .map(reader -> concealed.computeIfAbsent(new Concealed(table.id(), reader.requester()), _ -> reader.concealed(table)))
                          .reduce(ConcealedColumns::union)
                          .orElseThrow());
    }

    /**
     * Records that the statement refreshes the stored rows of a table, and that this user may do so.
     */
    public void markRefreshing(MeshTable table, ConnectorIdentity identity)
    {
        refresh = Optional.of(new Refresh(table.id(), identity.getUser()));
    }

    /**
     * Whether the statement refreshes the stored rows of the table, in that part of it which runs as the user who refreshes.
     */
    public boolean isRefreshing(MeshTable table, ConnectorIdentity identity)
    {
        return refresh.filter(new Refresh(table.id(), identity.getUser())::equals).isPresent();
    }

    /**
     * Who asks in a part of the query: a person, or the domain of the product whose query it is.
     */
    Requester requester(ConnectorIdentity identity)
    {
        return identities.table(identity)
                .map(table -> Requester.ofDomain(table.product().domain()))
                .orElseGet(() -> new Requester(identity.getUser(), identity.getGroups(), identity.getEnabledSystemRoles()));
    }

    /**
     * Records that masks and row filters of this query read these columns.
     */
    public void rulesRead(SchemaTableName table, Set<String> columns)
    {
        ruleColumns.merge(table, ImmutableSet.copyOf(columns), (before, more) -> Sets.union(before, more).immutableCopy());
    }

    /**
     * @return whether this is the first that the query reads of the product
     */
    boolean reads(DataProduct product)
    {
        return read.add(product.id());
    }

    /**
     * The columns that masks and row filters of this query read.
     */
    public Set<String> ruleColumns(SchemaTableName table)
    {
        return ruleColumns.getOrDefault(table, ImmutableSet.of());
    }
}
