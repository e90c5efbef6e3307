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
package org.trinomesh.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static com.google.common.base.Strings.padEnd;
import static com.google.common.base.Strings.padStart;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;

/**
 * Prints results of quality checks as text or as JSON.
 */
final class CheckText
{
    private static final List<String> HEADINGS = ImmutableList.of("PRODUCT", "RULE", "COLUMN", "ROWS", "FAILED", "RATIO", "RESULT");
    private static final int FIRST_NUMBER = 3;
    private static final int LAST_NUMBER = 5;

    private CheckText() {}

    static List<String> table(List<RuleResult> results)
    {
        ImmutableList.Builder<List<String>> rows = ImmutableList.builder();
        rows.add(HEADINGS);
        for (RuleResult result : results) {
            rows.add(ImmutableList.of(
                    result.product().domain() + "." + result.table(),
                    result.rule(),
                    result.columns().orElse(""),
                    number(result.rows()),
                    number(result.failed()),
                    result.ratio().map(CheckText::percent).orElse(""),
                    result.words()));
        }
        return aligned(rows.build());
    }

    private static List<String> aligned(List<List<String>> rows)
    {
        List<Integer> widths = IntStream.range(0, HEADINGS.size())
                .mapToObj(column -> rows.stream().mapToInt(row -> oneLine(row.get(column)).length()).max().orElse(0))
                .collect(toImmutableList());
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> column >= FIRST_NUMBER && column <= LAST_NUMBER
                                ? padStart(row.get(column), widths.get(column), ' ')
                                : padEnd(oneLine(row.get(column)), widths.get(column), ' '))
                        .collect(joining("  "))
                        .stripTrailing())
                .collect(toImmutableList());
    }

    /**
     * A name must not add lines to the table, nor send commands to a terminal.
     */
    private static String oneLine(String text)
    {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String number(OptionalLong number)
    {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "";
    }

    /**
     * Rounded down, so that only what is whole is shown as 100%.
     */
    private static String percent(double ratio)
    {
        return String.format(ENGLISH, "%.2f%%", Math.floor(ratio * 10_000) / 100);
    }

    static String json(RuleResult result)
    {
        return Json.of(ImmutableMap.builder()
                .put("domain", result.product().domain())
                .put("product", result.product().product())
                .put("version", result.product().version())
                .put("table_name", result.table())
                .put("rule", result.rule())
                .put("check", result.check())
                .put("column_name", result.columns().filter(columns -> columns.indexOf(',') < 0))
                .put("column_names", result.columns().map(columns -> Splitter.on(',').trimResults().splitToList(columns)).orElse(ImmutableList.of()))
                .put("rows", boxed(result.rows()))
                .put("failed", boxed(result.failed()))
                .put("ratio", result.ratio())
                .put("threshold", result.threshold())
                .put("passed", result.passed())
                .put("note", result.note())
                .buildOrThrow());
    }

    private static Optional<Long> boxed(OptionalLong number)
    {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
