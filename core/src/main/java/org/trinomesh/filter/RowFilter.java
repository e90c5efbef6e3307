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
package org.trinomesh.filter;

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.Requester;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A row filter: a reader sees the rows for which every comparison holds. Only comparisons of top-level columns with
 * constants are possible, because the engine may evaluate anything else after the reader's own conditions, which could print
 * the hidden rows in an error.
 */
public record RowFilter(List<Comparison> comparisons)
{
    public RowFilter
    {
        comparisons = ImmutableList.copyOf(requireNonNull(comparisons, "comparisons is null"));
        checkArgument(!comparisons.isEmpty(), "comparisons is empty");
    }

    public enum Operator
    {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS_THAN("<"),
        AT_MOST("<="),
        GREATER_THAN(">"),
        AT_LEAST(">="),
        IN("IN"),
        BETWEEN("BETWEEN"),
        IS_NULL("IS NULL"),
        IS_NOT_NULL("IS NOT NULL");

        private final String sql;

        Operator(String sql)
        {
            this.sql = sql;
        }

        public String sql()
        {
            return sql;
        }
    }

    /**
     * What a column is compared with.
     */
    public sealed interface Value
    {
        /**
         * A constant as it is written, without quotes; the column's type says what it means.
         */
        record Constant(String text)
                implements Value
        {
            public Constant
            {
                requireNonNull(text, "text is null");
            }

            @Override
            public String toString()
            {
                return "'" + text.replace("'", "''") + "'";
            }
        }

        /**
         * The requester's name.
         */
        record UserName()
                implements Value
        {
            @Override
            public String toString()
            {
                return "${user}";
            }
        }

        /**
         * What follows a prefix in the names of the requester's groups: for {@code region-}, a member of
         * {@code region-WEST} has WEST. Any number of values, also none.
         */
        record GroupSuffixes(String prefix)
                implements Value
        {
            public GroupSuffixes
            {
                requireNonNull(prefix, "prefix is null");
                checkArgument(!prefix.isBlank(), "prefix is blank");
            }

            @Override
            public String toString()
            {
                return "${groups:" + prefix + "}";
            }
        }
    }

    /**
     * @param values one for a comparison, two for BETWEEN, any number for IN (with none no row is shown), none for the tests for NULL
     */
    public record Comparison(String column, Operator operator, List<Value> values)
    {
        private static final Pattern NAME = Pattern.compile("(?!(not|exists)$)[a-z_][a-z0-9_]*");

        public Comparison
        {
            requireNonNull(column, "column is null");
            requireNonNull(operator, "operator is null");
            values = ImmutableList.copyOf(requireNonNull(values, "values is null"));
            boolean count = switch (operator) {
                case IN -> true;
                case BETWEEN -> values.size() == 2;
                case IS_NULL, IS_NOT_NULL -> values.isEmpty();
                case EQUAL, NOT_EQUAL, LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST -> values.size() == 1;
            };
            checkArgument(count, "wrong number of values for %s: %s", operator, values);
        }

        @Override
        public String toString()
        {
            return switch (operator) {
                case IS_NULL, IS_NOT_NULL -> name() + " " + operator.sql();
                case IN -> name() + " IN " + values.stream().map(Value::toString).collect(joining(", ", "(", ")"));
                case BETWEEN -> name() + " BETWEEN " + values.getFirst() + " AND " + values.getLast();
                case EQUAL, NOT_EQUAL, LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST -> name() + " " + operator.sql() + " " + values.getFirst();
            };
        }

        // As it can be read again
        private String name()
        {
            return NAME.matcher(column).matches() ? column : '"' + column.replace("\"", "\"\"") + '"';
        }
    }

    /**
     * Whether it selects different rows for different requesters.
     */
    public boolean isPersonal()
    {
        return comparisons.stream().flatMap(comparison -> comparison.values().stream()).anyMatch(value -> !(value instanceof Value.Constant));
    }

    /**
     * The filter with constants in the place of what depends on the requester. A requester in none of these groups sees no
     * row.
     */
    public RowFilter of(Requester requester)
    {
        return new RowFilter(comparisons.stream()
                .map(comparison -> new Comparison(
                        comparison.column(),
                        comparison.operator(),
                        comparison.values().stream().flatMap(value -> constants(value, requester)).collect(toImmutableList())))
                .collect(toImmutableList()));
    }

    /**
     * The same filter for a table that calls its columns otherwise.
     *
     * @param names of a column there
     */
    public RowFilter renamed(UnaryOperator<String> names)
    {
        return new RowFilter(comparisons.stream()
                .map(comparison -> new Comparison(names.apply(comparison.column()), comparison.operator(), comparison.values()))
                .collect(toImmutableList()));
    }

    /**
     * The rows that both select.
     */
    public RowFilter and(RowFilter other)
    {
        return new RowFilter(ImmutableList.<Comparison>builder().addAll(comparisons).addAll(other.comparisons).build());
    }

    private static Stream<Value> constants(Value value, Requester requester)
    {
        return switch (value) {
            case Value.Constant constant -> Stream.of(constant);
            case Value.UserName _ -> Stream.of(new Value.Constant(requester.user()));
            case Value.GroupSuffixes(String prefix) -> requester.groups().stream()
                    .filter(group -> group.startsWith(prefix) && group.length() > prefix.length())
                    .sorted()
                    .map(group -> new Value.Constant(group.substring(prefix.length())));
        };
    }

    @Override
    public String toString()
    {
        return comparisons.stream().map(Comparison::toString).collect(joining(" AND "));
    }
}
