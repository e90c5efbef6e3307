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

import com.google.common.collect.ImmutableList;
import io.trino.Session;
import io.trino.testing.MaterializedRow;

import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

/**
 * Everything that can be asked of {@code mesh.system}. What tables there are is asked of the engine, so that no table is
 * forgotten; a function must be added here.
 */
final class SystemQuestions
{
    /**
     * Of people there is a part that ben sees, of payroll and bonus nothing, and nothing was ever called never_was.
     */
    private static final List<String> FUNCTIONS = ImmutableList.<String>builder()
            .addAll(arguments(
                    "lineage",
                    "'sales', 'people'",
                    "domain => 'sales', product => 'people', direction => 'upstream'",
                    "domain => 'sales', product => 'people', direction => 'downstream', depth => 5",
                    "'sales', 'cities'",
                    "domain => 'sales', product => 'cities', direction => 'upstream', depth => 9",
                    "domain => 'sales', product => 'cities', direction => 'downstream', depth => 9",
                    "'sales', 'members'",
                    "'hr', 'payroll'",
                    "domain => 'hr', product => 'payroll', direction => 'upstream'",
                    "'hr', 'bonus'",
                    "'sales', 'earners'",
                    "domain => 'sales', product => 'region_report', direction => 'upstream', depth => 9",
                    "domain => 'sales', product => 'stored_earners', direction => 'upstream'",
                    "domain => 'hr', product => 'crew', direction => 'downstream'",
                    "'hr', 'employees'",
                    "'hr', 'never_was'",
                    "'sales', 'never_was'",
                    "'lake', 'people'"))
            .addAll(arguments(
                    "impact",
                    "'sales', 'people'",
                    "domain => 'sales', product => 'people', column_name => 'city'",
                    "domain => 'sales', product => 'people', column_name => 'email'",
                    "domain => 'sales', product => 'people', column_name => 'ssn'",
                    "domain => 'sales', product => 'people', column_name => 'never_was'",
                    "domain => 'sales', product => 'ledger', column_name => 'audience'",
                    "'sales', 'cities'",
                    "domain => 'sales', product => 'cities', column_name => 'city'",
                    "domain => 'sales', product => 'cities', column_name => 'inhabitants'",
                    "'hr', 'payroll'",
                    "domain => 'hr', product => 'payroll', column_name => 'wage'",
                    "domain => 'hr', product => 'payroll', column_name => 'person'",
                    "'hr', 'bonus'",
                    "domain => 'sales', product => 'earners', column_name => 'number'",
                    "domain => 'sales', product => 'city_totals', column_name => 'top'",
                    "domain => 'hr', product => 'employees', column_name => 'salary'",
                    "'hr', 'crew'",
                    "'hr', 'never_was'"))
            .addAll(arguments("search", Stream.of(
                            "people",
                            "people city",
                            "staff",
                            "peple",
                            "citties",
                            "citie",
                            "peo",
                            "persons in towns",
                            "sales-data-team",
                            "hr-data-team",
                            "earnings",
                            "compensation",
                            "insurance",
                            "taxation",
                            "circle",
                            "readership",
                            "leakedtag",
                            "hiddentag",
                            "leaked",
                            "hidden",
                            "secret",
                            "restricted",
                            "ssn",
                            "pin",
                            "ssm",
                            "wage",
                            "bonus",
                            "payroll",
                            "amount",
                            "customer_id",
                            "number",
                            "person",
                            "Denmark",
                            "what",
                            "who came where and what was booked by whom",
                            "\"people\" AND NOT (city:*~2",
                            "employees",
                            "crew",
                            "remark",
                            "leakedword",
                            "hiddenword",
                            "number",
                            "lake",
                            "local")
                    .map(text -> "'" + text + "'")
                    .toArray(String[]::new)))
            .addAll(arguments(
                    "search",
                    "query => 'people', domain => 'hr'",
                    "query => 'people', domain => 'sales', limit => 1",
                    "query => 'people', owner => 'hr-data-team'",
                    "query => 'people', owner => 'sales-data-team'",
                    "query => 'people', tier => 'gold'",
                    "query => 'people', tags => ARRAY['leakedtag']",
                    "query => 'people', limit => 0",
                    "''",
                    "NULL"))
            .addAll(arguments(
                    "access_of",
                    "user_name => 'eva'",
                    "user_name => 'ben'"))
            .build();

    private SystemQuestions() {}

    /**
     * Of every table, everything and some things, as the steward of the mesh finds them.
     */
    static List<String> aboutTables(GovernedWorld world)
    {
        ImmutableList.Builder<String> statements = ImmutableList.builder();
        for (String table : tables(world)) {
            String name = "mesh.system." + table;
            statements.add("SELECT * FROM " + name);
            statements.add("SELECT count(*) FROM " + name);
            statements.add("DESCRIBE " + name);
            statements.add("SHOW CREATE TABLE " + name);
            statements.add("SHOW STATS FOR " + name);
            statements.add("EXPLAIN SELECT * FROM " + name);
            List<String> columns = columns(world, table);
            for (String column : columns) {
                // Only what is asked for is measured, so each may be measured in its own way
                statements.add("SELECT %s FROM %s".formatted(column, name));
            }
            if (columns.contains("domain")) {
                for (String domain : List.of("sales", "hr", "never_was")) {
                    statements.add("SELECT * FROM %s WHERE domain = '%s'".formatted(name, domain));
                }
            }
            if (columns.contains("product")) {
                for (String product : List.of("people", "visits", "payroll", "bonus", "earners", "crew", "never_was")) {
                    statements.add("SELECT * FROM %s WHERE product = '%s'".formatted(name, product));
                    statements.add("SELECT count(*) FROM %s WHERE product = '%s'".formatted(name, product));
                }
            }
        }
        return statements.build();
    }

    static List<String> ofFunctions()
    {
        return FUNCTIONS;
    }

    static List<String> tables(GovernedWorld world)
    {
        return world.execute("gus", "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema = 'system' ORDER BY 1").getMaterializedRows().stream()
                .map(row -> (String) row.getField(0))
                .collect(toImmutableList());
    }

    static List<String> columns(GovernedWorld world, String table)
    {
        return world.execute("gus", "DESCRIBE mesh.system." + table).getMaterializedRows().stream()
                .map(MaterializedRow::getFields)
                .map(fields -> (String) fields.getFirst())
                .collect(toImmutableList());
    }

    /**
     * Whether a statement asks a function that this catalog does not have.
     */
    static boolean isMissing(String answer)
    {
        return answer.startsWith("ERROR") && answer.contains("not registered");
    }

    /**
     * An answer without what differs from one moment to the next: times, ages and how long something took. Rows are in order of
     * what is left of them.
     */
    static String answer(GovernedWorld world, Session session, String sql)
    {
        return Answers.of(world, session, sql)
                .replaceAll("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z?\\[UTC]| UTC|Z)?", "<time>")
                .replaceAll("\\bPT[0-9.HMS]+\\b", "<age>")
                // One age, however many units it has: a minute may just be over in one world
                .replaceAll("\\b[0-9.]+ ?(ns|us|ms|s|m|h|seconds?|minutes?)\\b( [0-9.]+ ?(ns|us|ms|s|m|h|seconds?|minutes?)\\b)*", "<age>")
                .lines()
                .map(line -> sql.contains("mesh.system.slo_history") ? withoutGap(sql, line) : line)
                .sorted()
                .collect(joining("\n"));
    }

    /**
     * How many seconds lie between two commits, which are in both worlds at their own times.
     */
    private static String withoutGap(String sql, String line)
    {
        return sql.startsWith("SELECT gap_seconds ") ? line.replaceFirst("^\\[\\d+]$", "[<age>]") : line.replaceFirst(", <time>, \\d+, ", ", <time>, <age>, ");
    }

    private static List<String> arguments(String function, String... arguments)
    {
        return Stream.of(arguments)
                .map(list -> "SELECT * FROM TABLE(mesh.system.%s(%s))".formatted(function, list))
                .collect(toImmutableList());
    }
}
