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
package org.trinomesh.security;

import org.trinomesh.function.MaskFunctions;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskTypes;
import org.trinomesh.mask.ScalarMask;
import org.trinomesh.type.DataType;
import org.trinomesh.type.ScalarType;
import org.trinomesh.type.SqlLiteral;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Writes masks as SQL for the engine: one expression over the column that has the column's own type, never fails, is NULL
 * for NULL only, and is the same for every reader's time zone and session.
 */
public final class MaskSql
{
    private final String functions;
    private final Function<OptionalInt, String> keyReference;

    /**
     * @param catalog the catalog that has the functions of the keyed masks
     * @param keyReference what stands in an expression for the mask key of a version, or for the current one
     */
    public MaskSql(String catalog, Function<OptionalInt, String> keyReference)
    {
        this.functions = SqlLiteral.identifier(catalog) + "." + MaskFunctions.SCHEMA + ".";
        this.keyReference = requireNonNull(keyReference, "keyReference is null");
    }

    /**
     * @throws IllegalArgumentException when the mask does not fit the type, which is found out when the mesh is built
     */
    public String render(Mask mask, String column, DataType type)
    {
        MaskTypes.refusal(mask, type).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
        return masked(mask, SqlLiteral.identifier(column), type, 1);
    }

    /**
     * @param depth of the lambdas around, so that each names its variable differently
     */
    private String masked(Mask written, String value, DataType type, int depth)
    {
        Mask mask = written instanceof Mask.MapValues(Mask values) ? values : written;
        return cast(switch (mask) {
            case Mask.Clear _ -> value;
            case Mask.Null _ -> "NULL";
            case Mask.Fixed _ -> unlessNull(value, FixedValueSql.of(type));
            case Mask.QueryLocalHash(Optional<String> scope) -> call(MaskFunctions.QUERY_LOCAL_HASH, value, type, depth, keyArguments(known(mask, scope), OptionalInt.empty()));
            case Mask.GlobalHash(Optional<String> scope) -> call(MaskFunctions.TOKENIZE, value, type, depth, keyArguments(known(mask, scope), OptionalInt.empty()));
            case Mask.Tokenize tokenize -> call(MaskFunctions.TOKENIZE, value, type, depth, keyArguments(tokenize.identifier(), tokenize.keyVersion()));
            case Mask.MapValues _ -> throw new IllegalArgumentException("A mask of map values in another one: " + mask);
            case Mask.RowFields fields -> rowFields(fields, value, type, depth);
            case ScalarMask single -> ScalarMaskSql.of(single, value, type);
        }, type);
    }

    private static String cast(String expression, DataType type)
    {
        return "CAST(" + expression + " AS " + type.sql() + ")";
    }

    private static String unlessNull(String value, String expression)
    {
        return "IF(" + value + " IS NULL, NULL, " + expression + ")";
    }

    private static String known(Mask mask, Optional<String> scope)
    {
        return scope.orElseThrow(() -> new IllegalArgumentException("Nobody said for which values the pseudonyms are the same: " + mask));
    }

    private String keyArguments(String scope, OptionalInt keyVersion)
    {
        return SqlLiteral.text(scope) + ", " + SqlLiteral.text(keyReference.apply(keyVersion));
    }

    private String call(String function, String value, DataType type, int depth, String arguments)
    {
        return switch (type) {
            case DataType.Array array -> eachElement(array, value, depth, element -> call(function, element, array.element(), depth + 1, arguments));
            case DataType.Map map -> eachValue(map, value, depth, element -> call(function, element, map.value(), depth + 1, arguments));
            case DataType.Scalar _, DataType.Row _ -> functions + function + "(" + argument(value, type) + ", " + arguments + ")";
        };
    }

    /**
     * The types that have no function of their own go as the text that equals them.
     */
    private static String argument(String value, DataType type)
    {
        return switch (ScalarType.of(type).orElseThrow().base()) {
            case VARCHAR, BIGINT, VARBINARY -> value;
            case CHAR -> ScalarMaskSql.text(value, type);
            case DECIMAL, UUID -> "CAST(" + value + " AS varchar)";
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, REAL, DOUBLE, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE, OTHER -> throw new IllegalArgumentException("Not a type of pseudonyms: " + type);
        };
    }

    private String rowFields(Mask.RowFields mask, String value, DataType type, int depth)
    {
        return switch (type) {
            case DataType.Array array -> eachElement(array, value, depth, element -> rowFields(mask, element, array.element(), depth + 1));
            case DataType.Map map -> eachValue(map, value, depth, element -> rowFields(mask, element, map.value(), depth + 1));
            case DataType.Row row -> unlessNull(value, cast(row(mask, value, row, depth), type));
            case DataType.Scalar _ -> throw new IllegalArgumentException("Not a type with fields: " + type);
        };
    }

    private String row(Mask.RowFields mask, String value, DataType.Row row, int depth)
    {
        return IntStream.range(0, row.fields().size())
                .mapToObj(index -> {
                    DataType.Row.Field field = row.fields().get(index);
                    // By position: two names may differ in case only
                    return masked(mask.fields().getOrDefault(field.name(), new Mask.Null()), value + "[" + (index + 1) + "]", field.type(), depth);
                })
                .collect(joining(", ", "ROW(", ")"));
    }

    private static String eachElement(DataType.Array type, String value, int depth, UnaryOperator<String> mask)
    {
        String element = "e" + depth;
        return "transform(" + value + ", " + element + " -> " + cast(mask.apply(element), type.element()) + ")";
    }

    private static String eachValue(DataType.Map type, String value, int depth, UnaryOperator<String> mask)
    {
        String element = "e" + depth;
        return "transform_values(" + value + ", (k" + depth + ", " + element + ") -> " + cast(mask.apply(element), type.value()) + ")";
    }
}
