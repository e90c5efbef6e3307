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
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.TableId;
import org.trinomesh.product.TrinoTable;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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

    private final Map<TableId, String> names = new ConcurrentHashMap<>();
    private final Map<String, MeshTable> tables = new ConcurrentHashMap<>();

    /**
     * The name of the identity as which the query of a table runs.
     */
    String of(MeshTable table)
    {
        return names.computeIfAbsent(table.id(), _ -> {
            byte[] secret = new byte[16];
            RANDOM.nextBytes(secret);
            String name = PREFIX + table.product().domain() + "-" + HexFormat.of().formatHex(secret);
            tables.put(name, table);
            return name;
        });
    }

    /**
     * The table whose query runs as an identity. The engine makes such an identity by its name alone: one with a principal, a role or
     * credentials came from a client.
     */
    Optional<MeshTable> table(ConnectorIdentity identity)
    {
        return identity.getPrincipal().isEmpty() &&
                identity.getEnabledSystemRoles().isEmpty() &&
                identity.getConnectorRole().isEmpty() &&
                identity.getExtraCredentials().isEmpty()
                ? Optional.ofNullable(tables.get(identity.getUser()))
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
