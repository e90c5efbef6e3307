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
package org.trinomesh.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskAction;
import org.trinomesh.mask.MaskTypes;
import org.trinomesh.mask.ScalarMask;
import org.trinomesh.type.DataType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.stream.Collectors.joining;

/**
 * The masks, the strictest first: what each returns, what it takes, and the types of columns that it fits.
 */
final class MasksPage
        implements ReferencePage
{
    private static final List<String> SCALARS = ImmutableList.of(
            "boolean",
            "integer",
            "bigint",
            "decimal(12,2)",
            "decimal(18,0)",
            "real",
            "double",
            "varchar",
            "varbinary",
            "uuid",
            "date",
            "time(6)",
            "timestamp(6)",
            "timestamp(6) with time zone");

    private static final Map<String, DataType> TYPES = ImmutableMap.<String, DataType>builder()
            .putAll(SCALARS.stream().collect(toImmutableMap(name -> name, DataType.Scalar::new)))
            .put("array(varchar)", new DataType.Array(new DataType.Scalar("varchar")))
            .put("map(varchar, varchar)", new DataType.Map(new DataType.Scalar("varchar"), new DataType.Scalar("varchar")))
            .put("row(city varchar)", row())
            .put("array(row(city varchar))", new DataType.Array(row()))
            .buildOrThrow();

    private static final Map<String, DataType> MAPS = ImmutableMap.of(
            "map(varchar, varchar)", new DataType.Map(new DataType.Scalar("varchar"), new DataType.Scalar("varchar")),
            "map(varchar, row(city varchar))", new DataType.Map(new DataType.Scalar("varchar"), row()));

    @Override
    public String file()
    {
        return "masks.md";
    }

    @Override
    public String text()
    {
        return Markdown.page("Masks")
                .paragraph("What a rule can show instead of a value, the strictest first. Of several masks that rules have for a column, readers get the strictest. "
                        + "A mask keeps NULL as NULL and the type of the column as it is. [Governance](../governance.md#masks) explains how to use them.")
                .table(ImmutableList.of("Mask", "Takes", "Returns"), Stream.of(MaskAction.values())
                        .map(action -> ImmutableList.of(Markdown.code(action.action()), Markdown.codes(action.parameters()), action.returns())))
                .heading(2, "Types of columns")
                .paragraph("Whether a mask fits a type of column. Where a rule of the whole mesh or of a domain meets a column whose type does not fit, the column is NULL and `mesh.system.problems` says so; "
                        + "in the descriptor of a product such a mask is an error. Fields of a row have masks of their own through `row-fields`; a mask that does not fit the row is applied to each of its fields.")
                .table(
                        ImmutableList.of("Mask", "Fits columns of type"),
                        Stream.of(MaskAction.values()).map(action -> ImmutableList.of(Markdown.code(action.action()), fitting(action))))
                .toString();
    }

    private static String fitting(MaskAction action)
    {
        List<String> types = TYPES.entrySet().stream()
                .filter(entry -> examples(action).stream().anyMatch(mask -> MaskTypes.refusal(mask, entry.getValue()).isEmpty()))
                .map(Map.Entry::getKey)
                .collect(toImmutableList());
        if (types.size() == TYPES.size()) {
            return "every type";
        }
        return Stream.concat(
                        types.stream().map(Markdown::code),
                        MAPS.entrySet().stream()
                                .filter(_ -> action.parameters().contains("keys"))
                                .filter(map -> examples(action).stream().anyMatch(mask -> MaskTypes.refusal(new Mask.MapValues(mask), map.getValue()).isEmpty()))
                                .map(map -> Markdown.code(map.getKey()) + " with `keys: clear`"))
                .collect(joining(", "));
    }

    /**
     * Masks of the action with parameters that suit the types of the table.
     */
    private static List<Mask> examples(MaskAction action)
    {
        return switch (action) {
            case REPLACE_WITH_NULL -> ImmutableList.of(new Mask.Null());
            case MASK_TO_FIXED_VALUE -> ImmutableList.of(new Mask.Fixed());
            case SHA_256_QUERY_LOCAL -> ImmutableList.of(new Mask.QueryLocalHash(Optional.of("domain:sales")));
            case TOKENIZE -> ImmutableList.of(new Mask.Tokenize("customer_id", OptionalInt.empty()));
            case SHA_256_GLOBAL -> ImmutableList.of(new Mask.GlobalHash(Optional.of("domain:sales")));
            case MASK_ALPHANUM -> ImmutableList.of(new ScalarMask.Alphanum());
            case EMAIL_DOMAIN -> ImmutableList.of(new ScalarMask.EmailDomain());
            case SHOW_FIRST_4 -> ImmutableList.of(new ScalarMask.ShowFirst4());
            case SHOW_LAST_4 -> ImmutableList.of(new ScalarMask.ShowLast4());
            case GENERALISE -> ImmutableList.of(
                    new ScalarMask.GeneraliseValues(ImmutableMap.of("DE", "Europe"), "other"),
                    new ScalarMask.GeneralisePrefix(3),
                    new ScalarMask.GeneraliseRanges(ImmutableList.of(BigDecimal.ZERO, BigDecimal.TEN)));
            case BUCKET -> ImmutableList.of(new ScalarMask.Bucket(BigDecimal.TEN));
            case TRUNCATE_TO_YEAR -> ImmutableList.of(new ScalarMask.Truncate(ScalarMask.Truncate.Unit.YEAR));
            case TRUNCATE_TO_MONTH -> ImmutableList.of(new ScalarMask.Truncate(ScalarMask.Truncate.Unit.MONTH));
            case TRUNCATE_TO_DAY -> ImmutableList.of(new ScalarMask.Truncate(ScalarMask.Truncate.Unit.DAY));
            case ROW_FIELDS -> ImmutableList.of(new Mask.RowFields(ImmutableMap.of("city", new Mask.Clear())));
        };
    }

    private static DataType row()
    {
        return new DataType.Row(ImmutableList.of(new DataType.Row.Field("city", new DataType.Scalar("varchar"))));
    }
}
