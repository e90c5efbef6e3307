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

import io.trino.spi.security.ConnectorIdentity;
import org.trinomesh.governance.SourceRows;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.TableId;
import org.trinomesh.product.TrinoTable;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * The identities as which the queries of products run inside of one query. Each has a name that nobody can guess and that means
 * nothing outside of this query, so that nobody can log in by it, own a view by it, or use one seen in a plan.
 */
public final class QueryIdentities
{
    /**
     * How the names begin, for other access controls of the engine, which have to let these identities read the mesh.
     */
    private static final String PREFIX = "mesh-domain-";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Run, String> names = new ConcurrentHashMap<>();
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Map<TableId, MeshTable> tables = new ConcurrentHashMap<>();

    /**
     * A query that runs for those who may see the same rows.
     *
     * @param rows those of its source, for readers who may not see what it makes of all
     */
    private record Run(TableId table, Optional<SourceRows> rows)
    {
        private Run
        {
            requireNonNull(table, "table is null");
            requireNonNull(rows, "rows is null");
        }
    }

    /**
     * The name of the identity as which the query of a table runs.
     *
     * @param rows of its source of which the reader may see what the query makes of them; empty for all
     */
    String of(MeshTable table, Optional<SourceRows> rows)
    {
        tables.putIfAbsent(table.id(), table);
        return names.computeIfAbsent(new Run(table.id(), rows), run -> {
            byte[] secret = new byte[16];
            RANDOM.nextBytes(secret);
            String name = PREFIX + table.product().domain() + "-" + HexFormat.of().formatHex(secret);
            runs.put(name, run);
            return name;
        });
    }

    /**
     * The table whose query runs as an identity. The engine makes such an identity by its name alone: one with a principal, a role or
     * credentials came from a client.
     */
    Optional<MeshTable> table(ConnectorIdentity identity)
    {
        return run(identity).map(run -> tables.get(run.table()));
    }

    /**
     * The rows of a table that the query that runs as an identity may read; empty for all.
     */
    Optional<RowAccess> rows(ConnectorIdentity identity, MeshTable read)
    {
        return run(identity).flatMap(Run::rows).filter(rows -> rows.source().equals(read.id())).map(SourceRows::rows);
    }

    private Optional<Run> run(ConnectorIdentity identity)
    {
        return identity.getPrincipal().isEmpty() &&
                identity.getEnabledSystemRoles().isEmpty() &&
                identity.getConnectorRole().isEmpty() &&
                identity.getExtraCredentials().isEmpty()
                ? Optional.ofNullable(runs.get(identity.getUser()))
                : Optional.empty();
    }

    /**
     * The user as whom the query that runs as an identity reads a table of another catalog; empty when it does not read it.
     */
    public Optional<String> user(ConnectorIdentity identity, TrinoTable read)
    {
        return table(identity).flatMap(table -> table.table().query()).map(query -> query.catalogTables().get(read));
    }

    /**
     * Whether it is the identity as which the query of the table runs.
     */
    public boolean is(ConnectorIdentity identity, MeshTable table)
    {
        return table(identity).filter(own -> own.id().equals(table.id())).isPresent();
    }
}
