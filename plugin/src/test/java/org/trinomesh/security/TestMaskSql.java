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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.ScalarMask;
import org.trinomesh.type.DataType;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.mask.ScalarMask.Truncate.Unit.YEAR;

final class TestMaskSql
{
    private static final MaskSql MASKS = new MaskSql("mesh", version -> version.isPresent() ? version.getAsInt() + "-old" : "2-current");
    private static final DataType VARCHAR = new DataType.Scalar("varchar");

    @Test
    void testEveryMaskIsCastToTheTypeOfTheColumn()
    {
        assertThat(MASKS.render(new Mask.Null(), "c", VARCHAR)).isEqualTo("CAST(NULL AS varchar)");
        assertThat(MASKS.render(new Mask.Clear(), "c", VARCHAR)).isEqualTo("CAST(\"c\" AS varchar)");
        assertThat(MASKS.render(new Mask.Fixed(), "c", new DataType.Scalar("decimal(10,2)")))
                .isEqualTo("CAST(IF(\"c\" IS NULL, NULL, CAST(0 AS decimal(10,2))) AS decimal(10,2))");
        assertThat(MASKS.render(new ScalarMask.Truncate(YEAR), "c", new DataType.Scalar("timestamp(6) with time zone")))
                .isEqualTo("CAST(date_trunc('year', \"c\") AS timestamp(6) with time zone)");
        assertThat(MASKS.render(new ScalarMask.ShowLast4(), "c", VARCHAR))
                .isEqualTo("CAST(CASE WHEN length(\"c\") > 8 THEN '****' || substr(\"c\", -4) WHEN \"c\" IS NOT NULL THEN '****' END AS varchar)");
        assertThat(MASKS.render(new ScalarMask.Bucket(BigDecimal.TEN), "c", new DataType.Scalar("decimal(10,2)")))
                .isEqualTo("CAST(\"c\" - mod(\"c\", CAST('10.00' AS decimal(10,2))) AS decimal(10,2))");
        assertThat(MASKS.render(new ScalarMask.GeneraliseRanges(ImmutableList.of(new BigDecimal("18"), new BigDecimal("65"))), "c", new DataType.Scalar("bigint")))
                .isEqualTo("CAST(CASE WHEN \"c\" IS NULL THEN NULL WHEN \"c\" < BIGINT '18' THEN BIGINT '0' WHEN \"c\" < BIGINT '65' THEN BIGINT '18' ELSE BIGINT '65' END AS bigint)");
    }

    @Test
    void testKeyedMasksNameTheKeyAndDoNotHoldIt()
    {
        assertThat(MASKS.render(new Mask.Tokenize("customer_id", OptionalInt.empty()), "c", new DataType.Scalar("bigint")))
                .isEqualTo("CAST(\"mesh\".system.tokenize(\"c\", 'customer_id', '2-current') AS bigint)");
        assertThat(MASKS.render(new Mask.Tokenize("customer_id", OptionalInt.of(1)), "c", VARCHAR))
                .isEqualTo("CAST(\"mesh\".system.tokenize(\"c\", 'customer_id', '1-old') AS varchar)");
        assertThat(MASKS.render(new Mask.GlobalHash(Optional.of("domain:sales")), "c", VARCHAR))
                .isEqualTo("CAST(\"mesh\".system.tokenize(\"c\", 'domain:sales', '2-current') AS varchar)");
        assertThat(MASKS.render(new Mask.QueryLocalHash(Optional.of("domain:sales")), "c", new DataType.Scalar("uuid")))
                .isEqualTo("CAST(\"mesh\".system.query_local_hash(CAST(\"c\" AS varchar), 'domain:sales', '2-current') AS uuid)");
        assertThat(MASKS.render(new Mask.MapValues(new Mask.GlobalHash(Optional.of("domain:sales"))), "c", new DataType.Map(VARCHAR, new DataType.Array(new DataType.Scalar("bigint")))))
                .isEqualTo("CAST(transform_values(\"c\", (k1, e1) -> CAST(transform(e1, e2 -> CAST(\"mesh\".system.tokenize(e2, 'domain:sales', '2-current') AS bigint)) AS array(bigint))) AS map(varchar, array(bigint)))");
    }

    @Test
    void testFieldsAreTakenByPlaceAndUnlistedOnesAreNull()
    {
        DataType row = new DataType.Row(ImmutableList.of(new DataType.Row.Field("city", VARCHAR), new DataType.Row.Field("a\"b", VARCHAR)));
        String type = "row(\"city\" varchar, \"a\"\"b\" varchar)";
        assertThat(MASKS.render(new Mask.RowFields(ImmutableMap.of("city", new Mask.Clear())), "c", row))
                .isEqualTo("CAST(IF(\"c\" IS NULL, NULL, CAST(ROW(CAST(\"c\"[1] AS varchar), CAST(NULL AS varchar)) AS %1$s)) AS %1$s)".formatted(type));
        assertThat(MASKS.render(new Mask.RowFields(ImmutableMap.of()), "c", new DataType.Array(row)))
                .isEqualTo("CAST(transform(\"c\", e1 -> CAST(IF(e1 IS NULL, NULL, CAST(ROW(CAST(NULL AS varchar), CAST(NULL AS varchar)) AS %1$s)) AS %1$s)) AS array(%1$s))".formatted(type));
    }

    @Test
    void testNothingThatIsWrittenInAPolicyBecomesSql()
    {
        assertThat(new MaskSql("my \"mesh\"", _ -> "1'").render(new Mask.GlobalHash(Optional.of("domain:sales")), "c\"); --", VARCHAR))
                .isEqualTo("CAST(\"my \"\"mesh\"\"\".system.tokenize(\"c\"\"); --\", 'domain:sales', '1''') AS varchar)");
        assertThat(MASKS.render(new ScalarMask.GeneraliseValues(ImmutableMap.of("a' OR 'a' = 'a", "b'"), "c' END --"), "c", VARCHAR))
                .isEqualTo("CAST(CASE WHEN \"c\" IS NULL THEN NULL WHEN \"c\" = 'a'' OR ''a'' = ''a' THEN 'b''' ELSE 'c'' END --' END AS varchar)");
        assertThatThrownBy(() -> MASKS.render(new Mask.Null(), "c\n", VARCHAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A name cannot be written in SQL");
    }

    @Test
    void testAMaskThatDoesNotFitIsNotRendered()
    {
        assertThatThrownBy(() -> MASKS.render(new ScalarMask.Alphanum(), "c", new DataType.Scalar("date")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mask-alphanum does not fit date: it masks texts; write truncate-to-year, bucket or replace-with-null");
    }
}
