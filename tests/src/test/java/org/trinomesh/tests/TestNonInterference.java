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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.Session;
import io.trino.testing.MaterializedRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.concurrent.Executors.newSingleThreadExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * Whatever ben asks, two worlds that differ only in what he may not see answer the same.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestNonInterference
{
    private static final List<String> PRODUCTS = ImmutableList.of("people", "visits", "ledger", "places", "clients", "purchases", "members", "history", "cities");
    /**
     * Products that queries compute, of which ben sees columns masked and others not at all.
     */
    private static final List<String> SQL_PRODUCTS = ImmutableList.of("earners", "stored_earners", "entries");
    /**
     * Columns of which two worlds with other values have other pseudonyms.
     */
    private static final Set<String> PSEUDONYMS = ImmutableSet.of("clients.client_id", "purchases.client_id", "members.handle");
    private static final List<String> METADATA_TABLES = ImmutableList.of("files", "partitions", "snapshots", "history", "manifests", "all_manifests", "entries", "all_entries", "refs", "properties", "metadata_log_entries", "data", "materialized_view_storage", "nonsense");
    /**
     * What anybody may set, and what changes the order in which conditions are evaluated or where values come from.
     */
    private static final List<Map<String, String>> SESSIONS = ImmutableList.of(
            ImmutableMap.of("optimize_metadata_queries", "true"),
            ImmutableMap.of("allow_unsafe_pushdown", "true"),
            ImmutableMap.of("hide_inaccessible_columns", "true"),
            ImmutableMap.of("join_reordering_strategy", "NONE", "join_distribution_type", "BROADCAST"),
            ImmutableMap.of("mesh.statistics_enabled", "false"),
            ImmutableMap.of("mesh.projection_pushdown_enabled", "false"),
            ImmutableMap.of("columnar_filter_evaluation_enabled", "false"));

    /**
     * Asks the second world while the first one answers.
     */
    private final ExecutorService otherWorld = newSingleThreadExecutor();
    private GovernedWorld first;
    private GovernedWorld second;

    @BeforeAll
    void start()
            throws Exception
    {
        first = GovernedWorld.start(GovernedWorld.Version.FIRST);
        second = GovernedWorld.start(GovernedWorld.Version.SECOND);
        for (GovernedWorld world : List.of(first, second)) {
            world.execute("eva", "CREATE VIEW views.shared.invoker SECURITY INVOKER AS SELECT id, email, salary FROM mesh.sales.people");
            world.execute("eva", "CREATE VIEW views.shared.definer AS SELECT id, email, salary FROM mesh.sales.people");
            world.execute("ben", "CREATE VIEW views.shared.bens AS SELECT id, email, salary FROM mesh.sales.people");
        }
    }

    @AfterAll
    void stop()
            throws Exception
    {
        try (otherWorld; GovernedWorld other = second) {
            first.close();
            assertThat(other).isNotNull();
        }
    }

    @Test
    void testBenCannotTellTheWorldsApart()
            throws Exception
    {
        Set<String> statements = new LinkedHashSet<>(first.statements("statements.sql"));
        statements.addAll(first.statements("sql-products.sql"));
        statements.addAll(first.statements("sql-product-plans.sql"));
        statements.addAll(generated());
        List<String> different = new ArrayList<>();
        int answered = 0;
        for (String sql : statements) {
            Future<String> asked = otherWorld.submit(() -> Answers.of(second, GovernedWorld.ben(), sql));
            String answer = Answers.of(first, GovernedWorld.ben(), sql);
            String other = asked.get();
            if (!answer.equals(other)) {
                different.add(sql + "\n--- first world\n" + answer + "\n--- second world\n" + other + "\n");
            }
            if (!answer.startsWith("ERROR") && answer.contains("\n")) {
                answered++;
            }
        }
        System.out.printf("%s statements, %s with rows%n", statements.size(), answered);
        assertThat(different).isEmpty();
        assertThat(statements).hasSizeGreaterThan(700);
        assertThat(answered).as("statements with an answer").isGreaterThan(statements.size() / 2);
    }

    /**
     * Every table and function of {@code mesh.system}, also those that nobody thought of when this was written.
     */
    @Test
    void testSystemTablesAndFunctionsTellNothing()
            throws Exception
    {
        List<String> statements = ImmutableList.<String>builder()
                .addAll(SystemQuestions.aboutTables(first))
                .addAll(SystemQuestions.ofFunctions())
                .build();
        List<String> different = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        int told = 0;
        for (String sql : statements) {
            Future<String> asked = otherWorld.submit(() -> SystemQuestions.answer(second, GovernedWorld.ben(), sql));
            String answer = SystemQuestions.answer(first, GovernedWorld.ben(), sql);
            String other = asked.get();
            if (SystemQuestions.isMissing(answer)) {
                missing.add(sql.replaceAll(".*TABLE\\((.*?)\\(.*", "$1"));
                continue;
            }
            if (!answer.equals(other)) {
                different.add(sql + "\n--- first world\n" + answer + "\n--- second world\n" + other + "\n");
            }
            if (answer.contains("\n")) {
                told++;
            }
        }
        System.out.printf("%s questions about %s, %s with rows; functions that are missing: %s%n", statements.size(), SystemQuestions.tables(first), told, missing);
        assertThat(different).isEmpty();
        assertThat(told).isGreaterThan(100);
        assertThat(SystemQuestions.tables(second)).isEqualTo(SystemQuestions.tables(first)).contains("columns", "data_products", "my_access", "policies", "problems", "sample_queries");
    }

    /**
     * The control for {@code mesh.system}: the steward of the mesh sees what is different of products, and eva what is of columns.
     */
    @Test
    void testStewardsTellTheWorldsApart()
    {
        for (String sql : List.of("SELECT * FROM mesh.system.columns WHERE product = 'people'", "SELECT * FROM TABLE(mesh.system.search('insurance'))", "SELECT * FROM TABLE(mesh.system.search('leakedtag'))")) {
            assertThat(SystemQuestions.answer(first, GovernedWorld.as("eva"), sql)).as(sql).isNotEqualTo(SystemQuestions.answer(second, GovernedWorld.as("eva"), sql));
        }
        for (String sql : List.of(
                "SELECT * FROM mesh.system.data_products",
                "SELECT * FROM mesh.system.columns",
                "SELECT * FROM mesh.system.sample_queries",
                "SELECT * FROM TABLE(mesh.system.search('people'))",
                "SELECT * FROM TABLE(mesh.system.search('earnings'))",
                "SELECT * FROM TABLE(mesh.system.search('citties'))")) {
            assertThat(SystemQuestions.answer(first, GovernedWorld.as("gus"), sql)).as(sql).isNotEqualTo(SystemQuestions.answer(second, GovernedWorld.as("gus"), sql));
        }
    }

    @Test
    void testNoSettingTellsTheWorldsApart()
            throws Exception
    {
        List<String> statements = Stream.concat(
                        first.statements("statements.sql").stream()
                                .filter(sql -> sql.startsWith("SELECT") && sql.matches(".*(visits|ledger|country|ssn).*") && sql.matches(".*(CAST|/|fail|try|random|DISTINCT|JOIN|EXISTS| IN |country|ssn).*")),
                        Stream.of(
                                "SELECT * FROM earners ORDER BY id",
                                "SELECT number FROM earners",
                                "SELECT id FROM earners WHERE 1 / (salary - 81111) = 0 ORDER BY id",
                                "SELECT id FROM earners WHERE CAST(email AS bigint) > 0",
                                "SELECT id FROM shift_list WHERE CAST(IF(random() < 2, note, '0') AS bigint) >= 0 ORDER BY id",
                                "SELECT DISTINCT region FROM workplaces",
                                "EXPLAIN SELECT DISTINCT region FROM workplaces",
                                "EXPLAIN SELECT max(region), min(region) FROM workplaces",
                                "SELECT * FROM region_report ORDER BY city",
                                "SELECT id FROM stored_hours WHERE CAST(note AS bigint) > 0"))
                .collect(toImmutableList());
        List<String> different = new ArrayList<>();
        for (Map<String, String> properties : SESSIONS) {
            Session.SessionBuilder session = Session.builder(GovernedWorld.ben());
            properties.forEach((name, value) -> {
                if (name.startsWith("mesh.")) {
                    session.setCatalogSessionProperty("mesh", name.substring("mesh.".length()), value);
                }
                else {
                    session.setSystemProperty(name, value);
                }
            });
            Session changed = session.build();
            for (String sql : statements) {
                Future<String> asked = otherWorld.submit(() -> Answers.of(second, changed, sql));
                String answer = Answers.of(first, changed, sql);
                if (!answer.equals(asked.get())) {
                    different.add(properties + ": " + sql + "\n" + answer);
                }
            }
        }
        System.out.printf("%s statements under each of %s settings%n", statements.size(), SESSIONS.size());
        assertThat(different).isEmpty();
        assertThat(statements).hasSizeGreaterThan(30);
    }

    /**
     * The control: who sees more finds out with the first question.
     */
    @Test
    void testEvaTellsTheWorldsApart()
    {
        for (String product : PRODUCTS) {
            String sql = "SELECT * FROM " + product + " ORDER BY 1";
            boolean same = Answers.of(first, GovernedWorld.as("eva"), sql).equals(Answers.of(second, GovernedWorld.as("eva"), sql));
            assertThat(same).as(product).isEqualTo(product.equals("cities"));
        }
        for (String product : List.of("earners", "city_totals", "region_report", "colleagues", "workplaces", "stored_earners", "stored_hours", "orders")) {
            String sql = "SELECT * FROM " + product + " ORDER BY 1";
            assertThat(Answers.of(first, GovernedWorld.as("eva"), sql)).as(product).isNotEqualTo(Answers.of(second, GovernedWorld.as("eva"), sql));
        }
        for (String sql : List.of("SHOW STATS FOR visits", "DESCRIBE hr.payroll", "EXPLAIN SELECT * FROM visits WHERE amount > 900000", "SELECT id FROM visits WHERE CAST(note AS bigint) > 0", "SHOW STATS FOR (SELECT salary FROM people)")) {
            assertThat(Answers.of(first, GovernedWorld.as("eva"), sql)).as(sql).isNotEqualTo(Answers.of(second, GovernedWorld.as("eva"), sql));
        }
    }

    /**
     * What cannot be the same is how many bytes were read. Where ben does not see as many rows in one world as in the other, the
     * count of rows that were read cannot be either; these products have as many.
     */
    @Test
    void testCountersTellNothingButSizes()
    {
        List<String> different = new ArrayList<>();
        for (String sql : counted()) {
            for (String explain : List.of("EXPLAIN ANALYZE ", "EXPLAIN ANALYZE VERBOSE ")) {
                String answer = Answers.withoutSizes(Answers.of(first, bensWithoutHaste(), explain + sql));
                String other = Answers.withoutSizes(Answers.of(second, bensWithoutHaste(), explain + sql));
                if (!answer.equals(other)) {
                    different.add(explain + sql + "\n--- first world\n" + answer + "\n--- second world\n" + other + "\n");
                }
            }
        }
        assertThat(different).isEmpty();
    }

    /**
     * The same of what the engine tells the owner of a query about it.
     */
    @Test
    void testTheRecordOfAQueryTellsNothing()
    {
        List<String> different = new ArrayList<>();
        for (String sql : counted()) {
            QueryRecord record = QueryRecord.of(first, bensWithoutHaste(), sql);
            QueryRecord other = QueryRecord.of(second, bensWithoutHaste(), sql);
            assertThat(record.json()).as(sql).doesNotContain(GovernedWorld.MASK_KEY).doesNotContainIgnoringCase("leaked");
            assertThat(other.json()).as(sql).doesNotContainIgnoringCase("hidden ");
            if (!record.counters().equals(other.counters())) {
                different.add(sql + "\n" + record.counters() + "\n" + other.counters());
            }
        }
        assertThat(different).isEmpty();
    }

    /**
     * Over products that have as many rows in both worlds, and without aggregations, since chance decides how many rows a part of one passes
     * on.
     */
    private static List<String> counted()
    {
        return ImmutableList.of(
                "SELECT * FROM people",
                "SELECT * FROM people WHERE salary = 52000",
                "SELECT * FROM people WHERE salary = 52100",
                "SELECT id FROM people WHERE country = 'Denmark'",
                "SELECT id FROM people WHERE birth = DATE '1980-01-01'",
                "SELECT id FROM people WHERE birth = DATE '1980-02-03'",
                "SELECT id FROM people WHERE city = 'Berlin'",
                "SELECT id FROM people WHERE address.street = 'Mainstreet'",
                "SELECT p.id FROM people p JOIN cities c ON p.city = c.city",
                "SELECT p.id FROM people p JOIN cities c ON p.country = c.city",
                "SELECT * FROM ledger",
                "SELECT * FROM ledger WHERE grade = 4",
                "SELECT * FROM ledger WHERE grade = 77",
                "SELECT * FROM ledger WHERE grade BETWEEN 76 AND 78",
                "SELECT * FROM ledger WHERE grade > 80",
                "SELECT * FROM ledger WHERE amount = 7777",
                "SELECT * FROM ledger WHERE amount > 8000",
                "SELECT * FROM ledger WHERE amount < -800",
                "SELECT * FROM ledger WHERE memo > '5'",
                "SELECT * FROM ledger WHERE id > 100",
                "SELECT l.id FROM ledger l JOIN people p ON l.amount = p.salary",
                "SELECT l.id FROM ledger l JOIN (VALUES BIGINT '7777', 6666) AS t(v) ON l.amount = t.v",
                "SELECT l.id FROM ledger l JOIN (VALUES 77, 66) AS t(v) ON l.grade = t.v",
                "SELECT id FROM ledger WHERE amount IN (SELECT inhabitants FROM cities)",
                "SELECT count(*) FROM ledger",
                "SELECT id FROM ledger LIMIT 1",
                "SELECT * FROM clients WHERE client_id = '1001'",
                "SELECT count(*) FROM purchases WHERE client_id = 1001",
                "SELECT * FROM earners",
                "SELECT * FROM earners WHERE salary = 81000",
                "SELECT * FROM earners WHERE salary = 81111",
                "SELECT id FROM earners WHERE email = 'leak-1@example.org'",
                "SELECT id FROM earners WHERE hired < DATE '1992-06-30' AND note > '11'",
                "SELECT id FROM workplaces WHERE region = 'Denmark'",
                "SELECT id FROM workplaces WHERE region = '****'",
                "SELECT * FROM stored_earners WHERE salary = 81111",
                "SELECT * FROM stored_hours WHERE hours > 1000",
                "SELECT e.id FROM earners e JOIN stored_earners s ON s.salary = e.salary",
                "SELECT order_id FROM orders WHERE customer IS NULL",
                "SELECT city FROM members WHERE handle > 'h'",
                "SELECT id FROM history WHERE reference LIKE '%7777'");
    }

    private List<String> generated()
    {
        ImmutableList.Builder<String> statements = ImmutableList.builder();
        for (String product : PRODUCTS) {
            for (String suffix : METADATA_TABLES) {
                statements.add("SELECT * FROM \"%s$%s\"".formatted(product, suffix));
            }
            statements.add("DESCRIBE \"%s$files\"".formatted(product));
            statements.add("SHOW CREATE TABLE " + product);
            statements.add("SHOW CREATE TABLE \"%s$files\"".formatted(product));
            statements.add("SELECT count(*) FROM %s WHERE random() < 2".formatted(product));
            statements.add("SHOW STATS FOR (SELECT * FROM %s LIMIT 1)".formatted(product));
            for (MaterializedRow column : first.execute("ben", "SHOW COLUMNS FROM " + product).getMaterializedRows()) {
                statements.addAll(aboutColumn(product, (String) column.getField(0)));
            }
        }
        for (String product : SQL_PRODUCTS) {
            for (MaterializedRow column : first.execute("ben", "SHOW COLUMNS FROM " + product).getMaterializedRows()) {
                statements.addAll(aboutColumn(product, (String) column.getField(0)));
            }
        }
        return statements.build();
    }

    private static List<String> aboutColumn(String product, String column)
    {
        ImmutableList.Builder<String> statements = ImmutableList.builder();
        statements.add(
                "SELECT count(%2$s), count(DISTINCT %2$s), count_if(%2$s IS NULL) FROM %1$s".formatted(product, column),
                "EXPLAIN SELECT count(*) FROM %1$s WHERE %2$s IS NOT NULL".formatted(product, column),
                "EXPLAIN SELECT DISTINCT %2$s FROM %1$s".formatted(product, column),
                "EXPLAIN (TYPE IO, FORMAT JSON) SELECT %2$s FROM %1$s WHERE %2$s IS NULL".formatted(product, column),
                "SHOW STATS FOR (SELECT %2$s FROM %1$s)".formatted(product, column));
        if (!PSEUDONYMS.contains(product + "." + column)) {
            statements.add(
                    "SELECT %2$s, count(*) FROM %1$s GROUP BY %2$s".formatted(product, column),
                    "SELECT min(%2$s), max(%2$s), approx_distinct(%2$s) FROM %1$s".formatted(product, column),
                    "SELECT CAST(%2$s AS json) FROM %1$s".formatted(product, column),
                    "SELECT CAST(max(%2$s) AS bigint) FROM %1$s".formatted(product, column),
                    "SELECT count(*) FROM %1$s WHERE CAST(IF(random() < 2, %2$s) AS varchar) LIKE '%%e%%'".formatted(product, column));
        }
        return statements.build();
    }

    /**
     * Waits for what one side of a join says of the other: how many visible rows are read is else a matter of luck.
     */
    private static Session bensWithoutHaste()
    {
        return Session.builder(GovernedWorld.ben())
                .setCatalogSessionProperty("mesh", "dynamic_filtering_wait_timeout", "1m")
                .build();
    }
}
