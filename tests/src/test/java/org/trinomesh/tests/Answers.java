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
package org.trinomesh.tests;

import com.google.common.base.Throwables;
import io.trino.Session;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What somebody is told, as a text to be compared.
 */
final class Answers
{
    private static final List<String> TABLES = List.of("people", "visits", "gates", "ledger", "places", "clients", "purchases", "members", "history", "shops", "staff", "cities", "stored_earners", "stored_hours", "lake.hr.employees", "lake.hr.shifts", "erp.private.documents");

    /**
     * Bytes that were read, and how work was spread over time and threads.
     */
    private static final Pattern SIZES = Pattern.compile("ParquetReaderCompressionFormat|dataFileSizeBytes|distribution|usage over time|std\\.dev\\.|varchar\\(\\d+\\)]$");

    private static final Pattern ASSIGNMENT = Pattern.compile("^[^=]* := \\d+:[^:]+:");

    private Answers() {}

    /**
     * Columns, types and rows, or the error. Ids of queries and snapshots are replaced by what they are ids of; rows are sorted
     * unless the statement does.
     */
    static String of(GovernedWorld world, Session session, String sql)
    {
        return withoutIds(world, said(world.runner(), session, world.resolve(sql)));
    }

    static String said(QueryRunner runner, Session session, String sql)
    {
        MaterializedResult result;
        try {
            result = runner.execute(session, sql);
        }
        catch (RuntimeException e) {
            return "ERROR " + e.getMessage();
        }
        if (result.getUpdateType().isPresent()) {
            return result.getUpdateType().orElseThrow();
        }
        Stream<String> rows = result.getMaterializedRows().stream().map(row -> Arrays.deepToString(row.getFields().toArray()));
        return result.getColumnNames() + " " + result.getTypes() + (sql.contains("ORDER BY") ? rows : rows.sorted()).map(row -> "\n" + row).collect(joining());
    }

    /**
     * All that the engine has to say of a statement that must fail, with every cause.
     */
    static String ofFailure(QueryRunner runner, Session session, String sql)
    {
        Throwable failure = catchThrowable(() -> runner.execute(session, sql));
        assertThat(failure).as(sql).isNotNull();
        return Throwables.getStackTraceAsString(failure);
    }

    private static String withoutIds(GovernedWorld world, String answer)
    {
        // The type of a plan is as long as its text, with the ids
        String result = answer.replaceFirst("^(\\[Query Plan] )\\[varchar\\(\\d+\\)]", "$1").replaceAll("\\d{8}_\\d{6}_\\d{5}_[a-z0-9]{5}", "<query>");
        for (String table : TABLES) {
            List<Long> snapshots = world.snapshots(table);
            for (int index = 0; index < snapshots.size(); index++) {
                result = result.replace(String.valueOf(snapshots.get(index)), "<snapshot %s %s>".formatted(table, index + 1));
            }
        }
        return withSortedAssignments(result);
    }

    /**
     * The columns that a scan assigns, as text {@code city := 3:city:varchar}, in order of their names. The engine keeps them in a hash map
     * when it pushes projections into a scan, so that their order says nothing.
     */
    private static String withSortedAssignments(String answer)
    {
        List<String> lines = new ArrayList<>(answer.lines().toList());
        int start = 0;
        for (int end = 0; end <= lines.size(); end++) {
            if (end == lines.size() || !ASSIGNMENT.matcher(lines.get(end)).find()) {
                lines.subList(start, end).sort(comparing(line -> line.replaceFirst(",$", "")));
                start = end + 1;
            }
        }
        return String.join("\n", lines);
    }

    /**
     * Of EXPLAIN ANALYZE: without times, bytes and what is counted of threads and pages.
     */
    static String withoutSizes(String answer)
    {
        return answer.replaceAll("[0-9.]+(ns|us|ms|s|m|h)\\b", "<time>")
                .replaceAll("[0-9.]+(B|kB|MB|GB)\\b", "<bytes>")
                .replaceAll("(CPU|Scheduled|Blocked): <time> \\([0-9.?]+%\\)", "$1")
                .lines()
                .filter(line -> !SIZES.matcher(line).find())
                .collect(joining("\n"));
    }
}
