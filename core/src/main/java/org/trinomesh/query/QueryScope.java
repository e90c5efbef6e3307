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
package org.trinomesh.query;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The columns that a place of a query can name.
 *
 * @param outer those of the query around it
 */
record QueryScope(List<Field> fields, Optional<QueryScope> outer)
{
    /**
     * @param relation how its relation may be called, the last word alone or with those before it
     * @param name empty for a column without a name
     * @param ofTable whether it is one of all columns of a table. Its place among them is not known, because the engine leaves out those
     *         that the domain may not see.
     */
    record Field(List<String> relation, Optional<String> name, ColumnOrigin origin, boolean ofTable)
    {
        Field
        {
            relation = ImmutableList.copyOf(requireNonNull(relation, "relation is null"));
            requireNonNull(name, "name is null");
            requireNonNull(origin, "origin is null");
        }

        /**
         * Stands for all columns of a relation of which it is not known which columns it has.
         */
        static Field ofAnyName(List<String> relation, ColumnOrigin origin)
        {
            return new Field(relation, Optional.of(QueryLineage.ANY_COLUMN), origin, true);
        }

        boolean isAny()
        {
            return isCalled(QueryLineage.ANY_COLUMN);
        }

        boolean isOf(List<String> written)
        {
            return written.size() <= relation.size() && relation.subList(relation.size() - written.size(), relation.size()).equals(written);
        }

        boolean isCalled(String written)
        {
            return name.filter(written::equals).isPresent();
        }

        Field in(List<String> relation, Optional<String> name)
        {
            return new Field(relation, name, origin, ofTable);
        }
    }

    QueryScope
    {
        fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
        requireNonNull(outer, "outer is null");
    }

    /**
     * The column that a name means.
     *
     * @param parts in lower case, with or without those of the relation
     * @throws UnknownOriginException when it is another thing than one column
     */
    Optional<ColumnOrigin> find(List<String> parts)
    {
        List<String> relation = parts.subList(0, parts.size() - 1);
        List<Field> found = fields.stream()
                .filter(field -> field.isCalled(parts.getLast()) && (relation.isEmpty() || field.isOf(relation)))
                .collect(toImmutableList());
        if (found.size() > 1) {
            throw new UnknownOriginException();
        }
        boolean field = parts.size() > 1 && fields.stream().anyMatch(column -> column.isCalled(parts.getFirst()));
        List<Field> any = found.isEmpty() ? fields.stream().filter(column -> column.isAny() && (relation.isEmpty() || column.isOf(relation))).collect(toImmutableList()) : ImmutableList.of();
        if (!any.isEmpty()) {
            // It is one of the unknown columns, or else a field, or a column of the query around
            if (field) {
                throw new UnknownOriginException();
            }
            ColumnOrigin around = outer.flatMap(scope -> scope.find(parts)).orElse(ColumnOrigin.NONE);
            return Optional.of(any.stream().map(column -> column.origin().called(parts.getLast())).reduce(around, ColumnOrigin::and));
        }
        // A field inside of a column, which hides what the query around calls so
        if (found.isEmpty() && field) {
            return Optional.empty();
        }
        return found.stream().map(Field::origin).findFirst().or(() -> outer.flatMap(around -> around.find(parts)));
    }

    /**
     * All columns of one relation.
     */
    Stream<Field> all(List<String> relation)
    {
        List<Field> found = fields.stream().filter(field -> field.isOf(relation)).collect(toImmutableList());
        if (found.isEmpty()) {
            throw new UnknownOriginException();
        }
        return found.stream();
    }
}
