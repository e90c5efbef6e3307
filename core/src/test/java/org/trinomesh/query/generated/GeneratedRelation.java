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
package org.trinomesh.query.generated;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * What stands after FROM.
 *
 * @param columns in the order of SELECT *
 * @param rows how many it may have, roughly
 */
record GeneratedRelation(String sql, List<BoundColumn> columns, int rows)
{
    /**
     * @param alias of its relation; empty for one that USING compares
     */
    record BoundColumn(Optional<String> alias, GeneratedColumn column)
    {
        BoundColumn
        {
            requireNonNull(alias, "alias is null");
            requireNonNull(column, "column is null");
        }

        GeneratedExpression qualified()
        {
            return column.writtenAs(alias.map(relation -> relation + ".").orElse("") + column.name());
        }
    }

    GeneratedRelation
    {
        requireNonNull(sql, "sql is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
    }

    static GeneratedRelation of(String sql, String alias, List<GeneratedColumn> columns, int rows)
    {
        return new GeneratedRelation(sql, columns.stream().map(column -> new BoundColumn(Optional.of(alias), column)).collect(toImmutableList()), rows);
    }

    GeneratedRelation and(String sql, GeneratedRelation other, int rows)
    {
        return new GeneratedRelation(sql, ImmutableList.<BoundColumn>builder().addAll(columns).addAll(other.columns).build(), rows);
    }

    Set<String> aliases()
    {
        return columns.stream().flatMap(column -> column.alias().stream()).collect(toImmutableSet());
    }

    /**
     * Its columns with the names of their relations.
     */
    List<GeneratedExpression> qualified()
    {
        return columns.stream().filter(column -> column.alias().isPresent()).map(BoundColumn::qualified).collect(toImmutableList());
    }

    List<GeneratedExpression> keys()
    {
        return qualified().stream().filter(GeneratedExpression::key).collect(toImmutableList());
    }

    /**
     * Its columns, each written in one of the ways in which it can be.
     */
    List<GeneratedExpression> written(Choices choices)
    {
        return columns.stream()
                .map(column -> {
                    boolean unique = columns.stream().filter(other -> other.column().name().equals(column.column().name())).count() == 1;
                    String name = unique && choices.percent(50) ? column.column().name() : column.qualified().sql();
                    return column.column().writtenAs(choices.percent(90) ? name : choices.call(() -> name.toUpperCase(ENGLISH), () -> "\"" + name.replace(".", "\".\"") + "\""));
                })
                .collect(toImmutableList());
    }
}
