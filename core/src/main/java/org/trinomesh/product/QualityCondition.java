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
import org.trinomesh.type.TypedConstant;

import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What a data quality rule counts. All but the number of rows and the result of a query are rows that fail.
 */
public sealed interface QualityCondition
{
    /**
     * The columns of the table that are read.
     */
    List<String> columns();

    /**
     * In words, for people.
     */
    String words();

    /**
     * Rows without a value.
     */
    record NullValues(String column)
            implements QualityCondition
    {
        public NullValues
        {
            requireNonNull(column, "column is null");
        }

        @Override
        public List<String> columns()
        {
            return ImmutableList.of(column);
        }

        @Override
        public String words()
        {
            return column + " is NULL";
        }
    }

    /**
     * Rows without a value, and rows whose value means that there is none.
     *
     * @param values of the column's type
     */
    record MissingValues(String column, List<TypedConstant> values)
            implements QualityCondition
    {
        public MissingValues
        {
            requireNonNull(column, "column is null");
            values = ImmutableList.copyOf(requireNonNull(values, "values is null"));
        }

        @Override
        public List<String> columns()
        {
            return ImmutableList.of(column);
        }

        @Override
        public String words()
        {
            return column + " is NULL" + (values.isEmpty() ? "" : " or one of " + quoted(values));
        }
    }

    /**
     * Rows with a value that is not valid. A missing value is not invalid.
     *
     * @param values the valid ones, of the column's type; empty when only the pattern counts
     * @param pattern a regular expression found in every valid value; only with anchors it must match all of the value
     */
    record InvalidValues(String column, List<TypedConstant> values, Optional<String> pattern)
            implements QualityCondition
    {
        public InvalidValues
        {
            requireNonNull(column, "column is null");
            values = ImmutableList.copyOf(requireNonNull(values, "values is null"));
            requireNonNull(pattern, "pattern is null");
            checkArgument(!values.isEmpty() || pattern.isPresent(), "neither values nor a pattern");
        }

        @Override
        public List<String> columns()
        {
            return ImmutableList.of(column);
        }

        @Override
        public String words()
        {
            String listed = values.isEmpty() ? "" : "is none of " + quoted(values);
            String matched = pattern.map(text -> "does not match " + text).orElse("");
            return column + " " + listed + (listed.isEmpty() || matched.isEmpty() ? "" : " or ") + matched;
        }
    }

    /**
     * Rows whose values another row has already. Rows without a value in one of the columns are like no other.
     */
    record DuplicateValues(List<String> columns)
            implements QualityCondition
    {
        public DuplicateValues
        {
            columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
            checkArgument(!columns.isEmpty(), "columns is empty");
        }

        @Override
        public String words()
        {
            return String.join(", ", columns) + " is in another row already";
        }
    }

    /**
     * All rows.
     */
    record RowCount()
            implements QualityCondition
    {
        @Override
        public List<String> columns()
        {
            return ImmutableList.of();
        }

        @Override
        public String words()
        {
            return "rows";
        }
    }

    /**
     * The number that a query gives.
     *
     * @param column the column that the query is said to be about
     * @param sql one query, whose parentheses, quotes and comments are closed
     */
    record Query(Optional<String> column, String sql)
            implements QualityCondition
    {
        public Query
        {
            requireNonNull(column, "column is null");
            requireNonNull(sql, "sql is null");
        }

        @Override
        public List<String> columns()
        {
            return column.map(ImmutableList::of).orElseGet(ImmutableList::of);
        }

        @Override
        public String words()
        {
            return sql;
        }
    }

    /**
     * A condition that other tools or people check.
     */
    record Elsewhere(Optional<String> column)
            implements QualityCondition
    {
        public Elsewhere
        {
            requireNonNull(column, "column is null");
        }

        @Override
        public List<String> columns()
        {
            return column.map(ImmutableList::of).orElseGet(ImmutableList::of);
        }

        @Override
        public String words()
        {
            return "checked elsewhere";
        }
    }

    private static String quoted(List<TypedConstant> values)
    {
        return values.stream().map(value -> "'" + value.text() + "'").collect(joining(", "));
    }
}
