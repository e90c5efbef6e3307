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
package org.trinomesh.governance;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Problem;
import org.trinomesh.query.BrokenQueries;
import org.trinomesh.query.BrokenQueries.Broken;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestBrokenQueries
{
    @Test
    void testTenMistakesAreTenProblemsAndEverythingElseIsThere()
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder().putAll(BrokenQueries.good());
        BrokenQueries.BROKEN.forEach(broken -> files.putAll(broken.files()));
        Governance governance = Governance.of(TestingMesh.meshOf(files.buildOrThrow()));
        assertThat(Stream.concat(governance.mesh().problems().stream(), governance.problems().stream())
                .filter(problem -> problem.severity() != Problem.Severity.INFO)
                .map(Problem::toString)
                .distinct())
                .containsExactlyInAnyOrderElementsOf(BrokenQueries.BROKEN.stream().map(Broken::problem).collect(toImmutableList()));
        assertThat(BrokenQueries.goodNames()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(name -> assertThat(governance.mesh().table("finance", name)).isPresent());
    }

    @Test
    void testPlacesAreThoseOfTheWords()
    {
        for (Broken broken : BrokenQueries.BROKEN) {
            assertThat(written(broken.problem(), broken.files())).as(broken.problem()).startsWith(broken.word());
        }
    }

    @Test
    void testWaysToWriteAQuery()
    {
        for (String exact : List.of(
                "sql: SELECT id, current_user AS region FROM sales.customers # as plain text",
                "sql: 'SELECT id, current_user AS region FROM sales.customers'",
                "sql: \"SELECT id, '\ud83d\ude00' AS x, current_user AS region FROM sales.customers\"",
                "sql: |\n          SELECT id,\n            current_user AS region FROM sales.customers",
                "sql: |-\n\n\n          SELECT id, -- \ud83d\ude00\n current_user AS region FROM sales.customers".replace("\n current", "\n           current"),
                "sql: |2\n             SELECT id,\n          current_user AS region FROM sales.customers",
                "sql: |+\r\n          SELECT id,\r\n          current_user AS region\r\n          FROM sales.customers\r\n")) {
            assertThat(place(exact)).as(exact).startsWith("current_user");
        }
        // The file has other characters than the query
        assertThat(place("sql: \"SELECT id, \\\"id\\\", current_user AS region FROM sales.customers\"")).startsWith("\"SELECT");
        assertThat(place("sql: 'SELECT id, ''x'' AS x, current_user AS region FROM sales.customers'")).startsWith("'SELECT");
        assertThat(place("sql: >\n          SELECT id,\n          current_user AS region FROM sales.customers")).startsWith(">");
        assertThat(place("sql: SELECT id,\n          current_user AS region FROM sales.customers")).startsWith("SELECT");
    }

    private static String place(String query)
    {
        Map<String, String> files = ImmutableMap.of("domains/finance/written.yaml", BrokenQueries.computed("written", query));
        List<String> problems = TestingMesh.problems(TestingMesh.meshOf(ImmutableMap.<String, String>builder().putAll(BrokenQueries.good()).putAll(files).buildOrThrow()));
        assertThat(problems).as(query).singleElement().asString().contains("the query depends on who reads it");
        return written(problems.getFirst(), files);
    }

    /**
     * What is written where a problem is.
     */
    private static String written(String problem, Map<String, String> files)
    {
        List<String> place = Splitter.on(':').limit(4).splitToList(problem);
        List<String> lines = files.get(place.get(0)).lines().map(line -> line + "\n").collect(toImmutableList());
        int line = Integer.parseInt(place.get(1)) - 1;
        return lines.get(line).substring(lines.get(line).offsetByCodePoints(0, Integer.parseInt(place.get(2)) - 1));
    }
}
