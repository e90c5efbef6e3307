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

import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class TestListedValue
{
    @Test
    void testValuesOfTheType()
    {
        assertThat(parse("2.5", "decimal(12,2)")).contains("2.50");
        assertThat(parse("1e3", "decimal(12,2)")).contains("1000.00");
        assertThat(parse("1.0", "bigint")).contains("1");
        assertThat(parse("1e3", "integer")).contains("1000");
        assertThat(parse("0.5", "double")).contains("0.5");
        assertThat(parse("-0", "real")).contains("0.0");
        assertThat(parse(".nan", "double")).contains("NaN");
        assertThat(parse("-.inf", "real")).contains("-Infinity");
        assertThat(parse("TRUE", "boolean")).contains("true");
        assertThat(parse("2026-01-31T12:30:00", "timestamp(6)")).contains("2026-01-31 12:30:00.000000");
        assertThat(parse("2026-01-31T12:30:00+01:00", "timestamp(6) with time zone")).contains("2026-01-31 11:30:00.000000 UTC");
        assertThat(parse("2026-01-31", "date")).contains("2026-01-31");
        assertThat(parse("line\nbreak \u0000 \uD83D\uDE00", "varchar")).contains("line\nbreak \u0000 \uD83D\uDE00");
        assertThat(parse("", "varchar")).contains("");
    }

    @Test
    void testWhatIsNoneOfTheType()
    {
        assertThat(parse("2.555", "decimal(12,2)")).isEmpty();
        assertThat(parse("1.5", "bigint")).isEmpty();
        assertThat(parse("3000000000", "integer")).isEmpty();
        assertThat(parse("N/A", "double")).isEmpty();
        assertThat(parse("", "bigint")).isEmpty();
        assertThat(parse("NaN", "decimal(12,2)")).isEmpty();
        assertThat(parse("yes", "boolean")).isEmpty();
        assertThat(parse("2026-01-31T12:30:00Z", "timestamp(6)")).isEmpty();
        assertThat(parse("2026-01-31T12:30:00", "timestamp(6) with time zone")).isEmpty();
        assertThat(parse("2026-02-30", "date")).isEmpty();
        assertThat(parse("\uD83D", "varchar")).isEmpty();
        assertThat(parse("abc", "varchar(2)")).isEmpty();
    }

    private static Optional<String> parse(String written, String type)
    {
        return ListedValue.parse(written, new DataType.Scalar(type)).map(TypedConstant::text);
    }
}
