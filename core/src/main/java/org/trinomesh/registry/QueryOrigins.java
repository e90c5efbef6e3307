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
import org.trinomesh.product.TableId;
import org.trinomesh.query.ColumnOrigin;
import org.trinomesh.query.ColumnOrigin.SourceColumn;
import org.trinomesh.query.Comparisons;
import org.trinomesh.query.QueryLineage;
import org.trinomesh.query.SingleScan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.Maps.transformValues;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Where the columns come from that queries compute, in one generation of the mesh. What did not change is not computed again.
 */
public final class QueryOrigins
{
    static final QueryOrigins NONE = new QueryOrigins(ImmutableMap.of());

    private final Map<TableId, Computed> tables;

    /**
     * All that the origins of the columns of a query depend on.
     *
     * @param columns the names of the columns of its sources, in lower case and in their order
     */
    private record LineageInput(SqlQuery query, String domain, Map<Source, List<String>> columns) {}

    /**
     * @param columns of the sources, by their names in lower case
     * @param origins empty when it is not known where the columns come from
     * @param comparisons computed when they are first asked for; empty when it is not known which columns are compared
     * @param scan computed when it is first asked for
     */
    private record Computed(LineageInput input, Map<Source, Map<String, Origin>> columns, Optional<Map<String, ColumnOrigin>> origins, Supplier<Optional<Comparisons>> comparisons, Supplier<Optional<SingleScan>> scan) {}

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

    private QueryOrigins(Map<TableId, Computed> tables)
    {
        this.tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
    }

    static QueryOrigins of(Mesh mesh, QueryOrigins previous)
    {
        Map<TableId, Computed> tables = new HashMap<>();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                for (ProductTable table : product.tables()) {
                    table.query().ifPresent(query -> {
                        TableId id = TableId.of(product, table);
                        tables.put(id, computed(mesh, query, domain.name(), Optional.ofNullable(previous.tables.get(id))));
                    });
                }
            }
        }
        return tables.isEmpty() ? NONE : new QueryOrigins(tables);
    }

    private static Computed computed(Mesh mesh, SqlQuery query, String domain, Optional<Computed> previous)
    {
        Map<Source, Map<String, Origin>> columns = ImmutableMap.copyOf(transformValues(sources(mesh, query), QueryOrigins::columns));
        LineageInput input = new LineageInput(query, domain, ImmutableMap.copyOf(transformValues(columns, names -> List.copyOf(names.keySet()))));
        Function<Source, Optional<List<String>>> namesOf = source -> Optional.ofNullable(input.columns().get(source));
        return previous.filter(before -> before.input().equals(input))
                .map(before -> new Computed(input, columns, before.origins(), before.comparisons(), before.scan()))
                .orElseGet(() -> new Computed(
                        input,
                        columns,
                        QueryLineage.of(query, domain, namesOf),
                        memoize(() -> QueryLineage.comparisons(query, domain, namesOf)),
                        memoize(() -> SingleScan.of(query, namesOf))));
    }

    private static Map<String, Origin> columns(MeshTable table)
    {
        return table.table().columns().stream().collect(toImmutableMap(column -> column.name().toLowerCase(ENGLISH), column -> new Origin(table, column), (first, _) -> first));
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
     * The columns whose values a column of a query shows: all of all sources when that is not known.
     */
    public List<Origin> shown(DataProduct product, ProductTable table, Column column)
    {
        return origins(product, table, column, ColumnOrigin::shown);
    }

    /**
     * The columns of which a column of a query has other values: all of all sources when that is not known.
     */
    public List<Origin> altered(DataProduct product, ProductTable table, Column column)
    {
        return origins(product, table, column, ColumnOrigin::altered);
    }

    /**
     * The columns that a column of a query is computed from: all of all sources when that is not known.
     */
    public List<Origin> sources(DataProduct product, ProductTable table, Column column)
    {
        return origins(product, table, column, ColumnOrigin::sources);
    }

    /**
     * All columns of the sources of a query.
     */
    public List<Origin> all(DataProduct product, ProductTable table)
    {
        return all(computed(product, table));
    }

    private static List<Origin> all(Computed computed)
    {
        return computed.columns().values().stream().flatMap(columns -> columns.values().stream()).collect(toImmutableList());
    }

    /**
     * Which columns of its sources a query compares with each other; empty when that is not known.
     */
    public Optional<Comparisons> comparisons(DataProduct product, ProductTable table)
    {
        return computed(product, table).comparisons().get();
    }

    /**
     * The column of the only table that a query reads, and row by row, if the query has it as it is.
     */
    public Optional<Origin> scannedColumn(DataProduct product, ProductTable table, Column column)
    {
        return computed(product, table).scan().get()
                .flatMap(scan -> Optional.ofNullable(scan.columns().get(column.name().toLowerCase(ENGLISH))).map(name -> new SourceColumn(scan.table(), name)))
                .flatMap(found -> source(product, table, found));
    }

    /**
     * A column of a source of a query; empty for one of another catalog.
     */
    public Optional<Origin> source(DataProduct product, ProductTable table, SourceColumn column)
    {
        return Optional.ofNullable(computed(product, table).columns().get(column.table())).flatMap(columns -> Optional.ofNullable(columns.get(column.column())));
    }

    /**
     * Whether it is known where a column of a query comes from.
     */
    public boolean isKnown(DataProduct product, ProductTable table, Column column)
    {
        return origin(computed(product, table), column).isPresent();
    }

    /**
     * Whether it is known where the columns of a query come from.
     */
    public boolean isKnown(DataProduct product, ProductTable table)
    {
        return computed(product, table).origins().isPresent();
    }

    /**
     * Whether a query certainly has no column of this name.
     */
    public boolean isMissing(DataProduct product, ProductTable table, Column column)
    {
        return computed(product, table).origins().filter(origins -> !origins.containsKey(column.name()) && !origins.containsKey(QueryLineage.ANY_COLUMN)).isPresent();
    }

    private List<Origin> origins(DataProduct product, ProductTable table, Column column, Function<ColumnOrigin, Set<SourceColumn>> part)
    {
        Computed computed = computed(product, table);
        return origin(computed, column)
                .map(origin -> part.apply(origin).stream().map(source -> computed.columns().get(source.table()).get(source.column())).toList())
                .orElseGet(() -> all(computed));
    }

    private Computed computed(DataProduct product, ProductTable table)
    {
        return Optional.ofNullable(tables.get(TableId.of(product, table))).orElseThrow(() -> new IllegalStateException("No query computes %s of %s".formatted(table.name(), product.qualifiedName())));
    }

    private static Optional<ColumnOrigin> origin(Computed computed, Column column)
    {
        return computed.origins().flatMap(origins -> Optional.ofNullable(origins.get(column.name())));
    }
}
