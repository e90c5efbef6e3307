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
package org.trinomesh.governance;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.QueryOrigins;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * What the rows of a query depend on besides the rows of its sources: the query, the queries that it reads through, what is promised, and what the
 * publishing domains see of their sources. As a hash, by which rows that were stored for something else are recognized.
 */
public final class QueryDefinition
{
    private final Governance governance;
    private final Instant now;
    private final Function<OptionalInt, String> keys;
    private final Hasher hasher = Hashing.sha256().newHasher();
    private final Set<TableId> seen = new HashSet<>();

    private QueryDefinition(Governance governance, Instant now, Function<OptionalInt, String> keys)
    {
        this.governance = requireNonNull(governance, "governance is null");
        this.now = requireNonNull(now, "now is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    /**
     * @param table that a query computes
     * @param now the start of the statement
     * @param keys what identifies the mask key of a version, or the current one
     * @return nothing when a domain may not publish what its query reads
     */
    public static Optional<String> of(Governance governance, MeshTable table, Instant now, Function<OptionalInt, String> keys)
    {
        QueryDefinition definition = new QueryDefinition(governance, now, keys);
        return definition.add(table) ? Optional.of(definition.hasher.hash().toString()) : Optional.empty();
    }

    private boolean add(MeshTable table)
    {
        if (!seen.add(table.id())) {
            return true;
        }
        SqlQuery query = table.table().query().orElseThrow();
        RequesterAccess domain = governance.access(Requester.ofDomain(table.product().domain()), now);
        if (!QueryRights.missing(governance.mesh(), domain, query).isEmpty()) {
            return false;
        }
        put(table.id());
        put(query.sql());
        put(table.table().columns().stream().map(column -> column.name() + " " + column.type()).collect(toImmutableList()));
        put(query.catalogTables());
        boolean published = true;
        for (MeshTable source : QueryOrigins.sources(governance.mesh(), query).values()) {
            put(source.id());
            // What a column means may change without a version of its table
            put(source.table().physical().map(Object::toString).orElse(""));
            put(source.table().columns().stream().map(column -> "%s %s %s".formatted(column.name(), column.type(), column.details().physicalName().orElse(""))).collect(toImmutableList()));
            putSeen(domain.table(source.product(), source.table()));
            published &= source.table().query().isEmpty() || add(source);
        }
        return published;
    }

    private void putSeen(TableAccess access)
    {
        put(access.columns());
        put(access.rows().map(rows -> rows.filter().toString()).orElse(""));
        access.columns().values().stream()
                .filter(ColumnAccess.Masked.class::isInstance)
                .forEach(masked -> putKeys(((ColumnAccess.Masked) masked).mask()));
    }

    private void putKeys(Mask mask)
    {
        switch (mask) {
            case Mask.Tokenize(String _, OptionalInt version) -> put(keys.apply(version));
            case Mask.GlobalHash _ -> put(keys.apply(OptionalInt.empty()));
            // Other values for each statement, so that no stored value may outlive its own
            case Mask.QueryLocalHash _ -> put(now);
            case Mask.RowFields(Map<String, Mask> fields) -> fields.values().forEach(this::putKeys);
            case Mask.MapValues(Mask values) -> putKeys(values);
            default -> {}
        }
    }

    private void put(Object value)
    {
        byte[] text = value.toString().getBytes(UTF_8);
        hasher.putInt(text.length).putBytes(text);
    }
}
