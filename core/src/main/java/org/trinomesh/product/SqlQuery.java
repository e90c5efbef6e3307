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
import org.trinomesh.problem.Located;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A query over other data products, which a domain publishes as a table.
 *
 * @param sql one SELECT, without comments. It is for the stewards of the product.
 * @param sources the data products that it names, each once, where it first does
 */
public record SqlQuery(String sql, List<Located<Source>> sources)
        implements TableSource
{
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
        requireNonNull(sql, "sql is null");
        sources = ImmutableList.copyOf(requireNonNull(sources, "sources is null"));
    }

    /**
     * Where it is written does not matter: the line of a query changes with every line above it.
     */
    @Override
    public boolean equals(Object other)
    {
        return other instanceof SqlQuery that && sql.equals(that.sql) && names().equals(that.names());
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
        return "a query over " + sources.stream().map(Located::toString).collect(joining(", "));
    }
}
