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
package org.trinomesh.type;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The type a contract promises for a column, one of those an Iceberg table can have. Its text is the type in SQL.
 */
public sealed interface DataType
{
    /**
     * The type as SQL writes it, in Trino's canonical spelling: {@code decimal(10,2)}, {@code timestamp(6) with time zone}.
     */
    String sql();

    /**
     * Whether the contract leaves a part of it open.
     */
    default boolean isOpen()
    {
        return switch (this) {
            case Scalar scalar -> scalar.open();
            case Array(DataType element) -> element.isOpen();
            case Map(DataType key, DataType value) -> key.isOpen() || value.isOpen();
            case Row(List<Row.Field> fields) -> fields.stream().anyMatch(field -> field.type().isOpen());
        };
    }

    /**
     * @param open whether nobody said it for certain, so that a table may have another type that holds the same: any decimal for
     *         {@code double}, {@code varchar} for {@code uuid}
     */
    record Scalar(String sql, boolean open)
            implements DataType
    {
        public Scalar
        {
            requireNonNull(sql, "sql is null");
        }

        public Scalar(String sql)
        {
            this(sql, false);
        }

        /**
         * Whether a table may have that type instead.
         */
        public boolean admits(String other)
        {
            return sql.equals(other) || (open && (sql.equals("uuid") ? other.equals("varchar") : other.startsWith("decimal(")));
        }

        @Override
        public String toString()
        {
            return sql;
        }
    }

    record Array(DataType element)
            implements DataType
    {
        public Array
        {
            requireNonNull(element, "element is null");
        }

        @Override
        public String sql()
        {
            return "array(" + element.sql() + ")";
        }

        @Override
        public String toString()
        {
            return sql();
        }
    }

    record Map(DataType key, DataType value)
            implements DataType
    {
        public Map
        {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }

        @Override
        public String sql()
        {
            return "map(" + key.sql() + ", " + value.sql() + ")";
        }

        @Override
        public String toString()
        {
            return sql();
        }
    }

    record Row(List<Field> fields)
            implements DataType
    {
        public record Field(String name, DataType type)
        {
            public Field
            {
                requireNonNull(name, "name is null");
                requireNonNull(type, "type is null");
            }
        }

        public Row
        {
            fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
        }

        @Override
        public String sql()
        {
            return fields.stream()
                    .map(field -> "\"" + field.name().replace("\"", "\"\"") + "\" " + field.type().sql())
                    .collect(joining(", ", "row(", ")"));
        }

        @Override
        public String toString()
        {
            return sql();
        }
    }
}
