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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.query.ColumnOrigin;
import org.trinomesh.query.ColumnOrigin.SourceColumn;
import org.trinomesh.query.QueryLineage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Where the columns come from that queries compute, in one generation of the mesh. What did not change is not computed again.
 */
public final class QueryOrigins
{
    static final QueryOrigins NONE = new QueryOrigins(ImmutableMap.of());

    private final Map<Question, Optional<Map<String, ColumnOrigin>>> known;

    /**
     * All that the origins of the columns of a query depend on.
     */
    private record Question(SqlQuery query, String domain, Map<Source, List<String>> columns) {}

    /**
     * A column of a data product.
     */
    public record Origin(MeshTable table, Column column)
    {
        public Origin
        {
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }
    }

    private QueryOrigins(Map<Question, Optional<Map<String, ColumnOrigin>>> known)
    {
        this.known = ImmutableMap.copyOf(requireNonNull(known, "known is null"));
    }

    static QueryOrigins of(Mesh mesh, QueryOrigins previous)
    {
        Map<Question, Optional<Map<String, ColumnOrigin>>> known = new HashMap<>();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                for (ProductTable table : product.tables()) {
                    table.query().map(query -> question(mesh, query, domain.name())).ifPresent(question -> known.put(
                            question,
                            Optional.ofNullable(previous.known.get(question)).orElseGet(() -> QueryLineage.of(question.query(), question.domain(), source -> Optional.ofNullable(question.columns().get(source))))));
                }
            }
        }
        return known.isEmpty() ? NONE : new QueryOrigins(known);
    }

    private static Question question(Mesh mesh, SqlQuery query, String domain)
    {
        return new Question(query, domain, sources(mesh, query).entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, source -> source.getValue().table().columns().stream().map(column -> column.name().toLowerCase(ENGLISH)).collect(toImmutableList()))));
    }

    /**
     * The sources of a query that exist.
     */
    public static Map<Source, MeshTable> sources(Mesh mesh, SqlQuery query)
    {
        ImmutableMap.Builder<Source, MeshTable> sources = ImmutableMap.builder();
        query.sources().stream().map(Located::value).forEach(source -> mesh.table(source.domain(), source.table()).ifPresent(table -> sources.put(source, table)));
        return sources.buildOrThrow();
    }

    /**
     * The columns that a column of a query shows as they are: all of all sources when that is not known.
     *
     * @param domain that publishes the query
     */
    public List<Origin> shown(Mesh mesh, SqlQuery query, String domain, Column column)
    {
        return origin(mesh, query, domain, column).map(origin -> origins(mesh, query, origin.shown())).orElseGet(() -> all(mesh, query));
    }

    /**
     * The columns that a column of a query is computed from: all of all sources when that is not known.
     *
     * @param domain that publishes the query
     */
    public List<Origin> sources(Mesh mesh, SqlQuery query, String domain, Column column)
    {
        return origin(mesh, query, domain, column).map(origin -> origins(mesh, query, origin.sources())).orElseGet(() -> all(mesh, query));
    }

    /**
     * Whether it is known where the columns of a query come from.
     */
    public boolean isKnown(Mesh mesh, SqlQuery query, String domain)
    {
        return known.get(question(mesh, query, domain)).isPresent();
    }

    private Optional<ColumnOrigin> origin(Mesh mesh, SqlQuery query, String domain, Column column)
    {
        // A column that the query does not have is not served
        return known.get(question(mesh, query, domain)).map(origins -> origins.getOrDefault(column.name(), ColumnOrigin.NONE));
    }

    private static List<Origin> origins(Mesh mesh, SqlQuery query, Set<SourceColumn> columns)
    {
        Map<Source, MeshTable> sources = sources(mesh, query);
        return columns.stream()
                .flatMap(column -> columns(sources.get(column.table())).filter(origin -> origin.column().name().equalsIgnoreCase(column.column())))
                .collect(toImmutableList());
    }

    private static List<Origin> all(Mesh mesh, SqlQuery query)
    {
        return sources(mesh, query).values().stream().flatMap(QueryOrigins::columns).collect(toImmutableList());
    }

    private static Stream<Origin> columns(MeshTable table)
    {
        return table.table().columns().stream().map(column -> new Origin(table, column));
    }
}
