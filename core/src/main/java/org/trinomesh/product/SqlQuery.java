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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.LocatedText;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A query over other data products and tables of other Trino catalogs, which a domain publishes as a table.
 *
 * @param written the text as its author wrote it, and where, for what an engine says about places in it
 * @param sql one SELECT, without comments. It is for the stewards of the product.
 * @param sources the data products that it names, each once, where it first does
 * @param catalogTables the tables of other catalogs, each with the user as whom Trino reads it. The query names
 *         them by {@link #schemaOf}.
 * @param tableColumns the columns of the only table that it reads, when it publishes a table of another catalog; empty for a query that
 *         is written by hand, whose own words say what it reads
 * @param deterministic whether it computes the same rows as long as its sources do not change
 * @param materialized where its rows are stored; empty when it runs for every reader
 */
public record SqlQuery(LocatedText written, String sql, List<Located<Source>> sources, Map<TrinoTable, String> catalogTables, Set<String> tableColumns, boolean deterministic, Optional<Materialization> materialized)
        implements TableSource
{
    private static final char SEPARATOR = '$';

    /**
     * The schema in which a query finds the tables of a schema of another catalog: {@code erp$public}. No domain is called so.
     */
    public static String schemaOf(TrinoTable table)
    {
        return table.catalog() + SEPARATOR + table.schema();
    }

    /**
     * What a query means by a table of such a schema; empty for the schema of a domain.
     */
    public static Optional<TrinoTable> catalogTable(String schema, String table)
    {
        int separator = schema.indexOf(SEPARATOR);
        return separator < 0 ? Optional.empty() : Optional.of(new TrinoTable(schema.substring(0, separator), schema.substring(separator + 1), table));
    }

    /**
     * A table of a data product, as a query names it.
     */
    public record Source(String domain, String table)
    {
        public Source
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(table, "table is null");
        }

        @Override
        public String toString()
        {
            return domain + "." + table;
        }
    }

    public SqlQuery
    {
        requireNonNull(written, "written is null");
        requireNonNull(sql, "sql is null");
        sources = ImmutableList.copyOf(requireNonNull(sources, "sources is null"));
        catalogTables = ImmutableMap.copyOf(requireNonNull(catalogTables, "catalogTables is null"));
        tableColumns = ImmutableSet.copyOf(requireNonNull(tableColumns, "tableColumns is null"));
        requireNonNull(materialized, "materialized is null");
    }

    public SqlQuery storedAs(Materialization materialization)
    {
        return new SqlQuery(written, sql, sources, catalogTables, tableColumns, deterministic, Optional.of(materialization));
    }

    /**
     * Where it is written does not matter: the line of a query changes with every line above it.
     */
    @Override
    public boolean equals(Object other)
    {
        return other instanceof SqlQuery that && sql.equals(that.sql) && names().equals(that.names()) && catalogTables.equals(that.catalogTables) && materialized.equals(that.materialized);
    }

    @Override
    public int hashCode()
    {
        return sql.hashCode();
    }

    private List<Source> names()
    {
        return sources.stream().map(Located::value).collect(toImmutableList());
    }

    /**
     * Does not tell the query itself.
     */
    @Override
    public String toString()
    {
        return "a query over " + Stream.concat(sources.stream().map(Located::toString), catalogTables.keySet().stream().map(TrinoTable::toString)).collect(joining(", "));
    }
}
