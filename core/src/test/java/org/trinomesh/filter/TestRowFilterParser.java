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

import org.junit.jupiter.api.Test;
import org.trinomesh.product.Requester;

import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class TestRowFilterParser
{
    private static final String FORMS = "write comparisons such as region IN ('WEST', 'SOUTH') AND amount >= 10, joined by AND";

    @Test
    void testEveryComparison()
            throws RefusedFilterException
    {
        Map<String, String> filters = Map.ofEntries(
                Map.entry("a = 1", "a = '1'"),
                Map.entry("a <> 'x'", "a <> 'x'"),
                Map.entry("a != 'x'", "a <> 'x'"),
                Map.entry("a < -1.5", "a < '-1.5'"),
                Map.entry("a<=+2e3", "a <= '+2e3'"),
                Map.entry("a > DATE '2026-01-31'", "a > '2026-01-31'"),
                Map.entry("a >= timestamp '2026-01-31 12:00:00'", "a >= '2026-01-31 12:00:00'"),
                Map.entry("a in ('x', 2, TRUE)", "a IN ('x', '2', 'true')"),
                Map.entry("a between 1 and 2", "a BETWEEN '1' AND '2'"),
                Map.entry("a is null", "a IS NULL"),
                Map.entry("a IS NOT NULL", "a IS NOT NULL"),
                Map.entry("Region = 'It''s'", "region = 'It''s'"),
                Map.entry("\"of \"\"it\"\"\" = 1", "\"of \"\"it\"\"\" = '1'"),
                Map.entry("\"not\" = 1", "\"not\" = '1'"),
                Map.entry("a = ${user}", "a = ${user}"),
                Map.entry("a IN (${groups:region-}, 'x')", "a IN (${groups:region-}, 'x')"),
                Map.entry("a BETWEEN 1 AND 2 AND b = 3 AND c IS NULL", "a BETWEEN '1' AND '2' AND b = '3' AND c IS NULL"));
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            assertThat(RowFilterParser.parse(filter.getKey())).as(filter.getKey()).hasToString(filter.getValue());
        }
    }

    @Test
    void testVariablesBecomeConstantsOfTheRequester()
            throws RefusedFilterException
    {
        RowFilter filter = RowFilterParser.parse("owner = ${user} AND region IN ('ALL', ${groups:region-})");
        assertThat(filter.isPersonal()).isTrue();
        assertThat(filter.of(new Requester("o'hara", Set.of("region-WEST", "region-EAST", "region-", "analysts"), Set.of("region-NORTH"))))
                .hasToString("owner = 'o''hara' AND region IN ('ALL', 'EAST', 'WEST')");
        assertThat(RowFilterParser.parse("region IN (${groups:region-})").of(new Requester("ana", Set.of("analysts"), Set.of())))
                .hasToString("region IN ()");
    }

    @Test
    void testChoicesAreRefused()
    {
        assertRefused("a = 1 OR b = 2", "OR is not allowed in a row filter", "write IN (...) for several values of one column; join comparisons with AND; a choice between columns needs a column of its own in the table");
        assertRefused("NOT a = 1", "'NOT' is not allowed here in a row filter", FORMS);
        assertRefused("(a = 1)", "'(' is not allowed here in a row filter", FORMS);
        assertRefused("a NOT IN (1)", "NOT IN is not allowed in a row filter", "list the values that may be seen: a IN (...). EXPLAIN would show readers a list of the values that may not be seen");
        assertRefused("a NOT LIKE 'x'", "NOT LIKE is not allowed in a row filter", "list the values that may be seen: a IN (...). EXPLAIN would show readers a list of the values that may not be seen");
        assertRefused("a LIKE 'x%'", "LIKE is not allowed in a row filter", "compare with >= and <, or list the values with IN");
    }

    @Test
    void testWhatIsNoColumnIsRefused()
    {
        assertRefused("lower(a) = 'x'", "functions such as lower are not allowed in a row filter", "compare the column itself, or put the result into a column of the table");
        assertRefused("address.city = 'x'", "fields inside a column are not allowed in a row filter", "compare top-level columns only");
        assertRefused("1 = 1", "a row filter begins a comparison with a column, not with 1", FORMS);
        assertRefused("'a' = 1", "a row filter begins a comparison with a column, not with 'a'", FORMS);
        assertRefused("\"\" = 1", "a row filter begins a comparison with a column, not with \"\"", FORMS);
        assertRefused("${user} = 'x'", "a row filter begins a comparison with a column, not with ${user}", FORMS);
        assertRefused("EXISTS (SELECT 1)", "'EXISTS' is not allowed here in a row filter", FORMS);
        assertRefused("", "a row filter begins a comparison with a column, not with the end", FORMS);
        assertRefused("a = 1 AND", "a row filter begins a comparison with a column, not with the end", FORMS);
        assertRefused("a + 1 = 2", "arithmetic is not allowed in a row filter", "compare the column itself with a constant");
        assertRefused("a || 'x' = 'y'", "arithmetic is not allowed in a row filter", "compare the column itself with a constant");
        assertRefused("a", "'the end' is not a comparison", FORMS);
        assertRefused("a ~ 'x'", "'~' is not a comparison", FORMS);
    }

    @Test
    void testWhatIsNoConstantIsRefused()
    {
        assertRefused("a = b", "'b' is not a constant", "write texts in single quotes; a column is compared with constants only");
        assertRefused("a = \"b\"", "\"b\" is a column, and a column is compared with constants", "write texts in single quotes");
        assertRefused("a = NULL", "a comparison with NULL is never true", "write IS NULL or IS NOT NULL");
        assertRefused("a IN (1, NULL)", "a comparison with NULL is never true", "write IS NULL or IS NOT NULL");
        assertRefused("a = CURRENT_USER", "CURRENT_USER is not allowed in a row filter", "write ${user}");
        assertRefused("a = now()", "functions such as now are not allowed in a row filter", "write the result as a constant");
        assertRefused("a = 1 + 1", "arithmetic is not allowed in a row filter", "write the result as a constant");
        assertRefused("a IN (SELECT x FROM y)", "a subquery is not allowed in a row filter", "list the values with IN, or give people groups and write IN (${groups:region-})");
        assertRefused("a = (SELECT 1)", "a constant is missing before (", FORMS);
        assertRefused("a IN ()", "a constant is missing before )", FORMS);
        assertRefused("a =", "a constant is missing before the end", FORMS);
        assertRefused("a = ${role}", "${role} is not known", "write ${user} for the user's name, or ${groups:region-} for what follows region- in the names of the user's groups");
        assertRefused("a = ${groups:}", "${groups:} is not known", "write ${user} for the user's name, or ${groups:region-} for what follows region- in the names of the user's groups");
        assertRefused("a = 'x", "a constant is missing before '", FORMS);
    }

    @Test
    void testWhatIsNotFinishedIsRefused()
    {
        assertRefused("a = 1 b = 2", "'b' is not expected here in a row filter", FORMS);
        assertRefused("a = 1;", "';' is not expected here in a row filter", FORMS);
        assertRefused("a = 1 -- b", "arithmetic is not allowed in a row filter", "write the result as a constant");
        assertRefused("a BETWEEN 1", "'AND' is missing before the end", FORMS);
        assertRefused("a IN 1", "'(' is missing before 1", FORMS);
        assertRefused("a IN (1", "')' is missing before the end", FORMS);
        assertRefused("a IS 1", "'NULL' is missing before 1", FORMS);
    }

    @Test
    void testLongTextsAreRead()
            throws RefusedFilterException
    {
        String quotes = "''".repeat(100_000);
        assertThat(RowFilterParser.parse("a = '" + quotes + "'").comparisons().getFirst().values()).containsExactly(new RowFilter.Value.Constant("'".repeat(100_000)));
        assertThat(RowFilterParser.parse("\"" + "x".repeat(100_000) + "\" = 1").comparisons().getFirst().column()).hasSize(100_000);
    }

    private static void assertRefused(String text, String message, String remedy)
    {
        RefusedFilterException refusal = catchThrowableOfType(RefusedFilterException.class, () -> RowFilterParser.parse(text));
        assertThat(refusal).as(text).isNotNull().hasMessage(message);
        assertThat(refusal.remedy()).as(text).isEqualTo(remedy);
    }
}
