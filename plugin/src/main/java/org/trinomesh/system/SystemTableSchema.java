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
package org.trinomesh.system;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.Type;
import org.trinomesh.connector.MeshSchema;
import org.trinomesh.disclosure.Closeness;
import org.trinomesh.disclosure.Fact;
import org.trinomesh.disclosure.ProductFact;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The columns of a system table, each with its audience, what it means and its value. A value may be an {@link Optional}.
 *
 * @param <R> what a row is made of
 */
public final class SystemTableSchema<R extends Fact>
{
    static final ArrayType VARCHAR_ARRAY = new ArrayType(VARCHAR);

    private final ConnectorTableMetadata metadata;
    private final List<SystemColumn<R>> columns;

    private SystemTableSchema(String name, String comment, List<SystemColumn<R>> columns)
    {
        this.columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        this.metadata = new ConnectorTableMetadata(
                new SchemaTableName(MeshSchema.SYSTEM.schemaName(), name),
                columns.stream().map(SystemColumn::metadata).collect(toImmutableList()),
                ImmutableMap.of(),
                Optional.of(comment));
    }

    static <R extends Fact> Builder<R> table(String name, String comment)
    {
        return new Builder<>(name, comment);
    }

    /**
     * A table whose rows are each about one data product, which its first columns name.
     */
    static <R extends ProductFact> Builder<R> ofProducts(String name, String comment)
    {
        return SystemTableSchema.<R>table(name, comment)
                .text("domain", DISCOVERER, "Schema of the domain", row -> row.product().domain())
                .text("product", DISCOVERER, "Data product in SQL", row -> row.product().sqlName())
                .text("version", DISCOVERER, "Version of the data product", row -> row.product().version().toString());
    }

    public ConnectorTableMetadata metadata()
    {
        return metadata;
    }

    public List<SystemColumn<R>> columns()
    {
        return columns;
    }

    Object[] row(R row)
    {
        return row(row, _ -> true);
    }

    /**
     * A row with NULL in columns that nobody asks for.
     */
    Object[] row(R row, IntPredicate wanted)
    {
        Object[] values = new Object[columns.size()];
        for (int column = 0; column < values.length; column++) {
            if (wanted.test(column)) {
                values[column] = columns.get(column).of(row);
            }
        }
        return values;
    }

    /**
     * An {@code array(varchar)} value, as the engine wants it in a row.
     */
    static Block array(Collection<String> values)
    {
        BlockBuilder block = VARCHAR.createBlockBuilder(null, values.size());
        values.forEach(value -> VARCHAR.writeString(block, value));
        return block.build();
    }

    static final class Builder<R extends Fact>
    {
        private final String name;
        private final String comment;
        private final ImmutableList.Builder<SystemColumn<R>> columns = ImmutableList.builder();

        private Builder(String name, String comment)
        {
            this.name = requireNonNull(name, "name is null");
            this.comment = requireNonNull(comment, "comment is null");
        }

        /**
         * @param value gives {@link String}
         */
        Builder<R> text(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, VARCHAR, audience, comment, value, String.class::cast);
        }

        /**
         * @param value gives a collection of {@link String}
         */
        Builder<R> texts(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, VARCHAR_ARRAY, audience, comment, value, texts -> array(((Collection<?>) texts).stream().map(String.class::cast).collect(toImmutableList())));
        }

        /**
         * @param value gives {@link Integer} or {@link Long}
         */
        Builder<R> number(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, BIGINT, audience, comment, value, number -> ((Number) number).longValue());
        }

        /**
         * @param value gives {@link Double}
         */
        Builder<R> fraction(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, DOUBLE, audience, comment, value, Double.class::cast);
        }

        /**
         * @param value gives {@link Boolean}
         */
        Builder<R> flag(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, BOOLEAN, audience, comment, value, Boolean.class::cast);
        }

        /**
         * @param value gives {@link LocalDate}
         */
        Builder<R> date(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, DATE, audience, comment, value, date -> ((LocalDate) date).toEpochDay());
        }

        /**
         * @param value gives {@link Instant}
         */
        Builder<R> time(String name, Closeness audience, String comment, Function<R, ?> value)
        {
            return column(name, TIMESTAMP_TZ_MILLIS, audience, comment, value, time -> packDateTimeWithZone(((Instant) time).toEpochMilli(), UTC_KEY));
        }

        private Builder<R> column(String name, Type type, Closeness audience, String comment, Function<R, ?> value, Function<Object, Object> engineValue)
        {
            columns.add(new SystemColumn<>(name, type, audience, comment, row -> {
                Object told = value.apply(row);
                if (told instanceof Optional<?> optional) {
                    told = optional.orElse(null);
                }
                return told == null ? null : engineValue.apply(told);
            }));
            return this;
        }

        SystemTableSchema<R> build()
        {
            return new SystemTableSchema<>(name, comment, columns.build());
        }
    }
}
