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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.trino.Session;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.testing.MaterializedRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * Ben, who sees a part of the mesh, tries every known way to the rest. The numbers are those of the study of such ways.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestLeakPaths
{
    /**
     * Tables that tell people which columns are hidden from them, and by which rule.
     */
    private static final Set<String> RULES = ImmutableSet.of("my_access", "policies");
    private static final String HIDDEN_COLUMNS = "\\b(ssn|pin|audience|insurance|leakedtag|circle|number|last_number|iban)\\b";
    /**
     * Where data is, what ben may not know of, and values of rows and columns that he does not see.
     */
    private static final List<String> FORBIDDEN = ImmutableList.of(
            "local://",
            "s3://",
            "file:",
            "/tmp/",
            "warehouse",
            "\\.parquet",
            "\\.avro",
            "metadata\\.json",
            "lake\\.",
            "payroll",
            "hr\\.",
            "hr-data-team",
            "\\bwage\\b",
            "earnings",
            "\\b(employees|crew|shifts|rota|lost_list|kept_crew|papers)\\b",
            "\\b(erp|documents|doc_id)\\b",
            "(?i)leaked",
            "(?i)hidden (person|pay|query)",
            "987\\d{3}",
            "(?<![.\\d])(777|7777|6666|6667|-777)\\b",
            "\\b(52100|61000|40001)\\b",
            "1980-02-03",
            "078-05",
            "Denmark|Sweden|Poland",
            "\\bEAST\\b",
            "\\bboard\\b",
            "4111-1111",
            "@example\\.(org|net)",
            "a mask key");
    /**
     * What the queries of products read, of which ben may not know, and where that is. Plans show it.
     */
    private static final List<String> SOURCES = ImmutableList.of(
            "\\bhr\\b",
            "\\b(employees|crew|shifts|rota|lost|lost_list|kept_crew|papers|payroll)\\b",
            "hr-data-team",
            "\\b(erp|documents|doc_id|internal)\\b",
            "mesh-source",
            "\\b(employee_id|shift_id)\\b",
            "lake\\.",
            "local://",
            "warehouse",
            "\\.parquet");
    /**
     * Values that rules mask or hide in what the queries read, or that the queries leave out, and the words of their remarks.
     */
    private static final List<String> SOURCE_VALUES = ImmutableList.of(
            "leak-\\d",
            "\\b640-\\d\\d",
            "\\bb-\\d\\b",
            "1991-04-17|1992-05-18|1993-06-19|1995-08-21|1996-09-22",
            "Denmark|Sweden",
            "\\bEAST\\b",
            "DE1[13]\\b",
            "(?i)leaked",
            "a mask key");
    private static final List<String> SOURCE_NUMBERS = ImmutableList.of("\\b(81111|82222|83333|84444|86666|1231|1233|9871|9872)\\b");

    private GovernedWorld world;

    @BeforeAll
    void start()
            throws Exception
    {
        world = GovernedWorld.start(GovernedWorld.Version.FIRST);
    }

    @AfterAll
    void stop()
            throws Exception
    {
        world.close();
    }

    // 2.1 Metadata tables and views

    @Test
    @DisplayName("2.1 Metadata tables are for stewards")
    void testMetadataTables()
    {
        for (String suffix : List.of("files", "partitions", "entries", "all_entries", "manifests", "all_manifests", "snapshots", "history", "refs", "metadata_log_entries", "properties")) {
            assertThat(refused("ben", "SELECT * FROM \"people$" + suffix + "\"")).as(suffix)
                    .contains("The metadata tables of data product sales.people are only for its stewards");
            assertThat(refused("ben", "SELECT count(*) FROM \"people$" + suffix + "\"")).as(suffix).contains("are only for its stewards");
            assertThat(refused("ben", "SHOW CREATE TABLE \"people$" + suffix + "\"")).as(suffix).contains("are only for its stewards");
            assertThat(refused("ben", "DESCRIBE \"people$" + suffix + "\"")).as(suffix).contains("are only for its stewards");
            assertThat(refused("ben", "SHOW STATS FOR \"people$" + suffix + "\"")).as(suffix).contains("are only for its stewards");
            assertThat(refused("eva", "SELECT * FROM \"people$" + suffix + "\"")).as("of one who sees all rows: " + suffix).contains("are only for its stewards");
            assertThat(rows("sam", "SELECT * FROM \"people$" + suffix + "\"")).as("for sam: " + suffix).isNotEmpty();
        }
        for (String name : List.of("people$data", "people$materialized_view_storage", "people$nonsense", "people@1", "people$files$files", "hr.payroll$files", "payroll$files")) {
            assertThat(refused("ben", "SELECT * FROM \"" + name + "\"")).as(name).doesNotContain("Leaked").containsAnyOf("does not exist", "are only for its stewards");
        }
        assertThat(refused("ben", "SELECT * FROM \"PEOPLE$FILES\"")).contains("are only for its stewards");
        assertThat(refused("ben", "SELECT * FROM mesh.system.iceberg_tables")).contains("does not exist");
        assertThat(refused("ben", "SELECT * FROM hr.\"payroll$files\"")).contains("does not exist");
        assertThat(rows("ben", "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%$%'")).isEmpty();
        assertThat(rows("ben", "SELECT column_name FROM information_schema.columns WHERE table_name LIKE '%$%'")).isEmpty();
    }

    // 2.2 Hidden columns of the table format

    @Test
    @DisplayName("2.2 Columns of the table format")
    void testColumnsOfTheFormat()
    {
        for (String column : List.of("$path", "$partition", "$file_modified_time", "$row_id", "$last_updated_sequence_number", "$position", "$file_size", "dropped$3")) {
            assertThat(refused("ben", "SELECT \"" + column + "\" FROM people")).contains("Column '" + column + "' cannot be resolved");
            assertThat(refused("ben", "SELECT count(*) FROM people WHERE \"" + column + "\" IS NOT NULL")).contains("cannot be resolved");
            assertThat(refused("ben", "SELECT count(*) FROM people GROUP BY \"" + column + "\"")).contains("cannot be resolved");
        }
        for (String user : List.of("sam", "eva")) {
            assertThat(rows(user, "SELECT \"$partition\" FROM people WHERE id = 1")).as(user).containsExactly("[country=Denmark]");
        }
    }

    @Test
    @DisplayName("1.5, 2.2 Columns that rules hide cannot be named, and say why")
    void testHiddenColumns()
    {
        for (String sql : List.of(
                "SELECT ssn FROM people",
                "SELECT count(ssn) FROM people",
                "SELECT id FROM people WHERE ssn = '078-05-1120'",
                "SELECT id FROM people ORDER BY ssn",
                "SELECT count(*) FROM people GROUP BY ssn",
                "SELECT p.id FROM people p JOIN people q ON p.ssn = q.ssn",
                "SELECT (SELECT max(ssn) FROM people) FROM cities",
                "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM cities c WHERE c.city = p.ssn)",
                "SELECT typeof(ssn) FROM people",
                "EXPLAIN SELECT ssn FROM people",
                "EXPLAIN (TYPE VALIDATE) SELECT ssn FROM people",
                "SHOW STATS FOR (SELECT ssn FROM people)",
                "WITH p AS (SELECT ssn FROM people) SELECT count(*) FROM p WHERE ssn IS NULL",
                "SELECT max(s) FROM people MATCH_RECOGNIZE (ORDER BY id MEASURES A.ssn AS s PATTERN (A) DEFINE A AS true)")) {
            assertThat(refused("ben", sql)).as(sql)
                    .contains("Access Denied")
                    .contains("ssn is hidden from you by ")
                    .contains("numbers")
                    .contains("ask sales-data-team via #sales-data-team");
        }
        assertThat(columns("ben", "SELECT * FROM people")).doesNotContain("ssn", "pin").contains("email");
        // This asks for every column, those too that SELECT * leaves out
        assertThat(refused("ben", "TABLE people")).contains("ssn is hidden from you by ");
        assertThat(rows("ben", "SELECT * FROM TABLE(exclude_columns(input => TABLE(people), columns => DESCRIPTOR(note, birth, address, contacts, attributes)))"))
                .containsExactlyInAnyOrderElementsOf(rows("ben", "SELECT id, city, email, salary, phone, country, age, card, grade FROM people"));
        assertThat(columns("ben", "SELECT * FROM TABLE(exclude_columns(input => TABLE(people), columns => DESCRIPTOR(email)))")).doesNotContain("ssn", "pin", "email").contains("note");
        assertThat(refused("ben", "SELECT * FROM TABLE(exclude_columns(input => TABLE(people), columns => DESCRIPTOR(ssn)))")).contains("[ssn] not present in the table");
        assertThat(columns("ben", "SELECT * FROM people MATCH_RECOGNIZE (ORDER BY id MEASURES 1 AS one ALL ROWS PER MATCH PATTERN (A) DEFINE A AS true)")).doesNotContain("ssn", "pin").contains("email");
        assertThat(rows("ben", "DESCRIBE people")).isNotEmpty().noneMatch(row -> row.contains("ssn") || row.contains("pin,"));
        assertThat(rows("ben", "SELECT column_name FROM information_schema.columns WHERE column_name IN ('ssn', 'pin')")).isEmpty();
        assertThat(rows("ben", "SELECT column_name FROM system.jdbc.columns WHERE table_cat = 'mesh' AND column_name IN ('ssn', 'pin')")).isEmpty();
        assertThat(rows("ben", "SELECT column_name FROM mesh.system.columns WHERE column_name IN ('ssn', 'pin')")).isEmpty();
        assertThat(rows("ben", "SHOW STATS FOR people")).noneMatch(row -> row.contains("ssn"));
        assertThat(refused("ben", "CREATE TABLE views.shared.likeness (LIKE mesh.sales.people)")).contains("Access Denied");
        assertThat(refused("ben", "SELECT * FROM people NATURAL JOIN people q")).doesNotContain("078-05");
        assertThat(columns("eva", "SELECT * FROM people")).contains("ssn", "pin");
    }

    // 2.3 Table functions

    @Test
    @DisplayName("2.3 Table functions")
    void testTableFunctions()
    {
        assertThat(refused("ben", "SELECT * FROM TABLE(mesh.system.table_changes('sales', 'people', 1, 2))")).contains("not registered");
        assertThat(refused("sam", "SELECT * FROM TABLE(mesh.system.table_changes('sales', 'history', ${snapshot:history:1}, ${snapshot:history:2}))")).contains("not registered");
        assertThat(refused("ben", "SELECT mesh.system.bucket(id, 4) FROM people")).contains("not registered");
        assertThat(rows("ben", "SELECT * FROM TABLE(exclude_columns(input => TABLE(visits), columns => DESCRIPTOR(amount, day))) ORDER BY id"))
                .containsExactly("[1, WEST, 10, 17]", "[2, WEST, 20, 18]", "[3, SOUTH, 30, 19]", "[4, SOUTH, 40, null]", "[5, WEST, 50, 21]");
        assertThat(rows("ben", "SELECT * FROM TABLE(exclude_columns(input => TABLE(history), columns => DESCRIPTOR(level, region))) WHERE id = 1")).containsExactly("[1, ****7777]");
    }

    // 2.4 Statistics, EXPLAIN and counters

    @Test
    @DisplayName("2.4 SHOW STATS with a row filter")
    void testStatisticsOfSomeRows()
    {
        for (String product : List.of("visits", "ledger")) {
            assertThat(statistics("ben", product)).as(product).isNotEmpty().allMatch(Objects::isNull);
            assertThat(statistics("ben", "(SELECT * FROM " + product + ")")).as(product).allMatch(Objects::isNull);
            assertThat(statistics("eva", product)).as(product).anyMatch(Objects::nonNull);
        }
    }

    @Test
    @DisplayName("2.4 SHOW STATS with an arithmetic mask")
    void testStatisticsOfMaskedColumns()
    {
        for (MaterializedRow row : world.execute("ben", "SHOW STATS FOR people").getMaterializedRows()) {
            if (!List.of("id", "city").contains(String.valueOf(row.getField(0))) && row.getField(0) != null) {
                assertThat(row.getFields().subList(1, 7)).as(row.toString()).allMatch(value -> value == null || value.equals(0.0) || value.equals(1.0));
            }
        }
        for (String column : List.of("salary", "birth", "age", "email", "country")) {
            assertThat(rows("ben", "SHOW STATS FOR (SELECT " + column + " FROM people)").getFirst()).as(column).matches("\\[" + column + "(, null){6}]");
        }
        assertThat(rows("eva", "SHOW STATS FOR (SELECT salary FROM people)").getFirst()).contains("-100").contains("61000");
    }

    @Test
    @DisplayName("2.4 Estimates of EXPLAIN by bisection")
    void testEstimates()
    {
        for (String column : List.of("salary", "birth", "age", "note")) {
            List<String> values = switch (column) {
                case "birth" -> List.of("DATE '1980-02-02'", "DATE '1981-06-01'", "DATE '1999-05-06'", "DATE '2005-01-01'");
                case "note" -> List.of("'A'", "'Leaked'", "'Leaked 13'", "'Z'");
                default -> List.of("17", "21", "52099", "61001");
            };
            List<String> plans = values.stream()
                    .map(value -> estimates(rows("ben", "EXPLAIN SELECT * FROM people WHERE " + column + " > " + value).getFirst()))
                    .distinct()
                    .collect(toImmutableList());
            // A condition that cannot be true of any output of the mask may leave nothing to estimate
            assertThat(plans).as(column).allMatch(plan -> !plan.contains("rows: 1 ") && !plan.contains("rows: 2 "));
        }
        List<String> plans = List.of("0", "300", "987653", "987655", "1000000").stream()
                .map(value -> estimates(rows("ben", "EXPLAIN SELECT * FROM visits WHERE amount > " + value).getFirst()))
                .distinct()
                .collect(toImmutableList());
        assertThat(plans).hasSize(1);
        assertThat(plans.getFirst()).contains("rows: ?");
    }

    @Test
    @DisplayName("2.4 EXPLAIN (TYPE IO)")
    void testExplainOfInputs()
    {
        for (String sql : List.of("SELECT * FROM visits", "SELECT * FROM visits WHERE amount > 900000", "SELECT * FROM ledger WHERE grade > 5")) {
            String plan = rows("ben", "EXPLAIN (TYPE IO, FORMAT JSON) " + sql).getFirst();
            assertThat(plan).as(sql).contains("\"outputRowCount\" : \"NaN\"").doesNotContain("987").doesNotContain("EAST").doesNotContain("board");
        }
        assertThat(rows("ben", "EXPLAIN (TYPE IO, FORMAT JSON) SELECT salary FROM people WHERE country = '****'").getFirst()).doesNotContain("Denmark");
    }

    @Test
    @DisplayName("2.4 The text of EXPLAIN has no key and no location")
    void testExplainText()
    {
        for (String sql : List.of("SELECT * FROM clients", "SELECT * FROM members", "SELECT * FROM people", "SELECT * FROM clients c JOIN members m ON c.client_id = m.member_id WHERE c.client_id = 'x'")) {
            for (String explain : List.of("EXPLAIN ", "EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON) ", "EXPLAIN ANALYZE VERBOSE ", "EXPLAIN (TYPE LOGICAL, FORMAT GRAPHVIZ) ")) {
                assertThat(rows("ben", explain + sql).getFirst()).as(explain + sql)
                        .doesNotContain(GovernedWorld.MASK_KEY)
                        .doesNotContain("mesh-policy-")
                        .doesNotContain("local://")
                        .doesNotContain(world.files().toString())
                        .doesNotContain(".parquet");
            }
        }
    }

    @Test
    @DisplayName("2.4 Counters do not depend on whether a hidden row or value matches")
    void testCounters()
    {
        assertThat(counters("SELECT * FROM ledger WHERE amount = 7777")).as("a hidden amount").isEqualTo(counters("SELECT * FROM ledger WHERE amount = 7778"));
        assertThat(counters("SELECT * FROM ledger WHERE amount > 7000")).isEqualTo(counters("SELECT * FROM ledger WHERE amount > 9000"));
        assertThat(counters("SELECT * FROM ledger WHERE memo = 'Leaked five'")).isEqualTo(counters("SELECT * FROM ledger WHERE memo = 'Leaked nine'"));
        assertThat(counters("SELECT * FROM people WHERE salary = 52100")).isEqualTo(counters("SELECT * FROM people WHERE salary = 52101"));
        assertThat(counters("SELECT id FROM people WHERE country = 'Denmark'")).isEqualTo(counters("SELECT id FROM people WHERE country = 'Iceland'"));
        assertThat(counters("SELECT id FROM people WHERE birth = DATE '1980-02-03'")).isEqualTo(counters("SELECT id FROM people WHERE birth = DATE '1980-02-04'"));
        assertThat(counters("SELECT l.id FROM ledger l JOIN (VALUES BIGINT '7777') AS t(v) ON l.amount = t.v")).isEqualTo(counters("SELECT l.id FROM ledger l JOIN (VALUES BIGINT '7778') AS t(v) ON l.amount = t.v"));
        assertThat(counters("SELECT * FROM visits WHERE amount = 987001")).isEqualTo(counters("SELECT * FROM visits WHERE amount = 5"));
    }

    @Test
    @DisplayName("2.4 Counters of columns that a row filter is about")
    void testCountersOfFilteringColumns()
    {
        assertThat(counters("SELECT * FROM ledger WHERE grade = 77")).as("a grade that only a hidden row has").isEqualTo(counters("SELECT * FROM ledger WHERE grade = 76"));
        assertThat(counters("SELECT * FROM ledger WHERE grade > 78")).isEqualTo(counters("SELECT * FROM ledger WHERE grade > 80"));
        assertThat(counters("SELECT * FROM visits WHERE score = 71 AND region = 'WEST'")).isEqualTo(counters("SELECT * FROM visits WHERE score = 73 AND region = 'WEST'"));
        assertThat(counters("SELECT l.id FROM ledger l JOIN (VALUES 77) AS t(v) ON l.grade = t.v")).isEqualTo(counters("SELECT l.id FROM ledger l JOIN (VALUES 76) AS t(v) ON l.grade = t.v"));
    }

    @Test
    @DisplayName("2.4 Inputs of a query")
    void testInputsOfAQuery()
    {
        for (String sql : List.of("SELECT * FROM visits", "SELECT * FROM people", "SELECT * FROM clients", "SELECT * FROM visits WHERE region = 'NOWHERE'")) {
            assertThat(QueryRecord.of(world, GovernedWorld.as("ben"), sql).json()).as(sql)
                    .doesNotContain("totalRecords")
                    .doesNotContain(GovernedWorld.MASK_KEY)
                    .doesNotContain("Leaked")
                    .doesNotContain("Denmark")
                    .doesNotContain("EAST")
                    .doesNotContain("078-05");
        }
    }

    @Test
    @DisplayName("2.4 optimize_metadata_queries and conditions on values of partitions")
    void testValuesOfPartitions()
    {
        Session session = Session.builder(GovernedWorld.as("ben")).setSystemProperty("optimize_metadata_queries", "true").build();
        for (String sql : List.of("SELECT DISTINCT region FROM visits ORDER BY 1", "SELECT region FROM visits GROUP BY region ORDER BY 1")) {
            assertThat(Answers.of(world, session, sql)).as(sql).isEqualTo("[region] [varchar]\n[SOUTH]\n[WEST]");
        }
        assertThat(Answers.of(world, session, "SELECT DISTINCT country FROM people")).isEqualTo("[country] [varchar]\n[****]");
        assertThat(Answers.of(world, session, "SELECT max(country), min(country) FROM people")).doesNotContain("Denmark").doesNotContain("Sweden").doesNotContain("Poland");
        for (String sql : List.of("SELECT count(*) FROM visits WHERE CAST(region AS bigint) > 0", "SELECT count(*) FROM visits WHERE 1 / length(region) > CAST(region AS bigint)", "SELECT count(*) FROM people WHERE CAST(country AS bigint) > 0")) {
            assertThat(Answers.of(world, session, sql)).as(sql).startsWith("ERROR").doesNotContain("EAST").doesNotContain("Denmark");
        }
        assertThat(refused("ben", "ANALYZE people")).contains("read only");
    }

    // 2.5 What runs before a row filter

    @Test
    @DisplayName("2.5 H1, H2, H3: errors that print hidden values")
    void testErrorsPrintVisibleValuesOnly()
    {
        for (String properties : List.of("", "allow_unsafe_pushdown", "columnar_filter_evaluation_enabled")) {
            Session.SessionBuilder session = Session.builder(GovernedWorld.as("ben"));
            if (!properties.isEmpty()) {
                session.setSystemProperty(properties, String.valueOf(properties.startsWith("allow")));
            }
            for (String condition : List.of(
                    "CAST(%s AS bigint) >= 0 OR %s IS NULL",
                    "CAST(IF(random() < 2, %s, '0') AS bigint) >= 0 OR %s IS NULL",
                    "random() < 2 AND (CAST(%s AS bigint) > 0 OR %s IS NULL)",
                    "CAST(%s AS bigint) IN (SELECT inhabitants FROM cities) OR %s IS NOT NULL OR true",
                    "EXISTS (SELECT 1 FROM cities c WHERE CAST(t.%s AS bigint) < c.inhabitants) OR %s IS NULL",
                    "CAST(%s AS bigint) NOT IN (SELECT inhabitants FROM cities) OR %s IS NULL")) {
                assertThat(Answers.of(world, session.build(), "SELECT id FROM ledger t WHERE " + condition.replace("%s", "memo") + " ORDER BY id")).as(properties + " " + condition)
                        .isEqualTo("[id] [bigint]\n[1]\n[2]\n[3]");
                // Those of a table, and those that a query takes of it
                for (String table : List.of("visits", "entries")) {
                    assertThat(Answers.of(world, session.build(), "SELECT id FROM " + table + " t WHERE " + condition.replace("%s", "note") + " ORDER BY id")).as(properties + " " + table + " " + condition)
                            .isEqualTo("[id] [bigint]\n[1]\n[2]\n[3]\n[4]\n[5]");
                }
            }
            for (String sql : List.of(
                    "SELECT id FROM visits WHERE 1 / (amount - 987654) = 0 ORDER BY id",
                    "SELECT id FROM visits WHERE 1 / (amount - 987001 + IF(random() < 2, 0, 1)) = 0 ORDER BY id",
                    "SELECT v.id FROM visits v JOIN (VALUES 1, 2, 3, 4, 5, 6, 101, 102, 104) AS t(i) ON v.id = t.i AND 1 / (v.amount - 987001) = 0 ORDER BY 1",
                    "SELECT v.id FROM visits v LEFT JOIN cities c ON 1 / (v.amount - 987001) = c.inhabitants ORDER BY 1",
                    "SELECT id FROM visits WHERE id IN (SELECT id FROM people) AND 1 / (amount - 987001) = 0 ORDER BY id",
                    "SELECT id FROM visits v WHERE (SELECT count(*) FROM cities c WHERE c.inhabitants = 1 / (v.amount - 987001)) = 0 ORDER BY id")) {
                for (String asked : List.of(sql, sql.replace("FROM visits", "FROM entries"))) {
                    assertThat(Answers.of(world, session.build(), asked)).as(properties + " " + asked).isEqualTo("[id] [bigint]\n[1]\n[2]\n[3]\n[4]\n[5]");
                }
            }
        }
        for (String table : List.of("visits", "entries")) {
            assertThat(refused("eva", "SELECT id FROM " + table + " WHERE CAST(note AS bigint) > 0")).as("what ben would have seen").contains("Leaked");
        }
    }

    @Test
    @DisplayName("2.5 Row filters come first in the plan")
    void testRowFiltersComeFirst()
    {
        assertThat(rows("ben", "EXPLAIN SELECT id FROM visits").getFirst())
                .contains("constraint on [region]")
                .contains("SOUTH", "WEST")
                .contains("filterPredicate = (integer '10' <= score)]");
        for (String condition : List.of("CAST(memo AS bigint) > 0", "CAST(IF(random() < 2, memo, '0') AS bigint) > 0", "random() < 2 AND 1 / amount > 0", "grade = 77 OR CAST(memo AS bigint) > 0")) {
            String predicate = rows("ben", "EXPLAIN SELECT id FROM ledger WHERE " + condition).getFirst().replaceAll("(?s).*?filterPredicate = ", "");
            assertThat(predicate).as(condition).matches("(?s)\\(+\\(audience = varchar 'public'\\) AND \\(integer '3' <= grade\\)\\)? AND .*|\\(+\\(integer '3' <= grade\\) AND \\(audience = varchar 'public'\\)\\)? AND .*");
        }
        assertThat(rows("eva", "EXPLAIN SELECT id FROM ledger").getFirst()).doesNotContain("constraint on").doesNotContain("filterPredicate");
    }

    // 2.6 What a row filter means

    @Test
    @DisplayName("2.6 NULL in the column of a filter hides the row")
    void testNullIsHidden()
    {
        assertThat(rows("ben", "SELECT id FROM visits ORDER BY id")).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
        assertThat(rows("ben", "SELECT id FROM ledger ORDER BY id")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    @DisplayName("2.6 A partition without a value does not break the product")
    void testPartitionWithoutAValue()
    {
        assertThat(rows("ben", "SELECT id, note FROM places")).containsExactly("[1, 17]");
        assertThat(statistics("ben", "places")).isNotEmpty().allMatch(Objects::isNull);
    }

    // 2.7 Time travel

    @Test
    @DisplayName("2.7 Time travel shows no column of old")
    void testTimeTravel()
    {
        String first = " FOR VERSION AS OF ${snapshot:history:1}";
        assertThat(rows("ben", "SELECT * FROM history" + first)).containsExactly("[1, ****7777, 7, null]");
        assertThat(rows("ben", "SELECT id FROM history" + first + " WHERE reference LIKE '%leaked%'")).isEmpty();
        for (String column : List.of("tax_no", "note", "dropped$3", "dropped$2")) {
            assertThat(refused("ben", "SELECT \"" + column + "\" FROM history" + first)).as(column).contains("cannot be resolved");
        }
        assertThat(refused("ben", "SELECT ssn FROM people FOR VERSION AS OF ${snapshot:people:1}")).contains("ssn is hidden from you");
        assertThat(rows("ben", "SELECT id FROM visits FOR VERSION AS OF ${snapshot:visits:1} ORDER BY id")).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
        assertThat(rows("ben", "SELECT salary, note FROM people FOR VERSION AS OF ${snapshot:people:1} WHERE id = 1")).containsExactly("[52000, Xxxxxx nn]");
        assertThat(statistics("ben", "(SELECT * FROM visits FOR VERSION AS OF ${snapshot:visits:1})")).allMatch(Objects::isNull);
        assertThat(refused("ben", "SELECT * FROM history FOR VERSION AS OF ${snapshot:history:4}")).contains("only stewards of the product may read branches");
        for (String branch : List.of("'au' || 'dit'", "CAST('audit' AS varchar)", "'audit'")) {
            assertThat(refused("ben", "SELECT * FROM history FOR VERSION AS OF " + branch)).doesNotContain("Leaked");
        }
        assertThat(rows("sam", "SELECT id FROM history FOR VERSION AS OF ${snapshot:history:4} WHERE id = 4")).containsExactly("[4]");
    }

    // 2.8 Views and copies

    @Test
    @DisplayName("2.8 Views that run as their owner")
    void testViewsOfTheirOwner()
    {
        world.execute("eva", "CREATE VIEW views.shared.evas AS SELECT id, email, salary FROM mesh.sales.people");
        world.execute("eva", "CREATE VIEW views.shared.invoker SECURITY INVOKER AS SELECT id, email, salary FROM mesh.sales.people");
        world.execute("eva", "CREATE VIEW views.shared.nested AS SELECT * FROM views.shared.evas");
        world.execute("ben", "CREATE VIEW views.shared.bens AS SELECT id, email FROM mesh.sales.people");
        assertThat(refused("ben", "SELECT * FROM views.shared.evas")).contains("Access Denied").contains("needs the permission 'share'");
        assertThat(refused("ben", "SELECT * FROM views.shared.nested")).contains("Access Denied");
        assertThat(refused("ben", "SHOW STATS FOR views.shared.evas")).contains("Access Denied");
        assertThat(refused("ben", "EXPLAIN SELECT * FROM views.shared.evas")).contains("Access Denied");
        assertThat(rows("ben", "SELECT email FROM views.shared.invoker WHERE id = 1")).containsExactly("[****@example.org]");
        assertThat(rows("eva", "SELECT email FROM views.shared.invoker WHERE id = 1")).containsExactly("[ada@example.org]");
        assertThat(rows("ben", "SELECT email FROM views.shared.bens WHERE id = 1")).containsExactly("[****@example.org]");
        // Whoever may write the catalog of the views may write any name as their owner
        for (String owner : List.of("gus", "finn", "mesh-policy-", "mesh-policy-" + "0".repeat(64))) {
            for (String table : List.of("information_schema.tables", "system.data_products")) {
                world.execute(owner, "CREATE OR REPLACE VIEW views.shared.claimed AS SELECT * FROM mesh." + table);
                assertThat(refused("ben", "SELECT * FROM views.shared.claimed")).as(owner + " " + table).contains("Access Denied");
            }
            world.execute("gus", "DROP VIEW views.shared.claimed");
        }
    }

    @Test
    @DisplayName("2.8 A view of one who may share shows what the owner sees")
    void testViewsOfOneWhoMayShare()
    {
        world.execute("sam", "CREATE VIEW views.shared.sams AS SELECT id, email FROM mesh.sales.people");
        assertThat(rows("ben", "SELECT email FROM views.shared.sams WHERE id = 1")).containsExactly("[ada@example.org]");
    }

    @Test
    @DisplayName("2.8 Copies hold what ben sees, and are made elsewhere")
    void testCopies()
    {
        world.execute("ben", "CREATE TABLE views.shared.copy AS SELECT id, email, salary FROM mesh.sales.people");
        assertThat(rows("eva", "SELECT email, salary FROM views.shared.copy WHERE id = 1")).containsExactly("[****@example.org, 52000]");
        assertThat(refused("ben", "CREATE MATERIALIZED VIEW mesh.sales.mine AS SELECT * FROM mesh.sales.people")).contains("Access Denied");
        assertThat(refused("ben", "CREATE VIEW mesh.sales.mine AS SELECT * FROM mesh.sales.people")).contains("Access Denied");
        assertThat(refused("ben", "CREATE TABLE mesh.sales.mine AS SELECT * FROM mesh.sales.people")).contains("Access Denied");
        assertThat(refused("ben", "REFRESH MATERIALIZED VIEW mesh.sales.people")).doesNotContain("Leaked");
    }

    // 2.9 Writes, 2.10 Procedures

    @Test
    @DisplayName("2.9 Writes")
    void testWrites()
    {
        for (String user : List.of("ben", "eva", "sam")) {
            for (String sql : List.of(
                    "INSERT INTO visits VALUES (9, 'EAST', 1, 'x', 1, NULL)",
                    "DELETE FROM visits WHERE amount = 987654",
                    "UPDATE visits SET note = 'x'",
                    "MERGE INTO visits v USING cities c ON v.note = c.city WHEN MATCHED THEN DELETE",
                    "TRUNCATE TABLE visits",
                    "ALTER TABLE visits EXECUTE optimize",
                    "COMMENT ON TABLE visits IS 'x'",
                    "DROP TABLE visits",
                    "CREATE OR REPLACE TABLE visits AS SELECT 1 x")) {
                assertThat(refused(user, sql)).as(user + ": " + sql).containsAnyOf("Access Denied", "NOT_SUPPORTED", "not supported", "Cannot", "cannot").doesNotContain("987654 ");
            }
        }
        assertThat(rows("eva", "SELECT count(*) FROM visits")).containsExactly("[9]");
    }

    @Test
    @DisplayName("2.10 Procedures")
    void testProcedures()
    {
        for (String user : List.of("ben", "sam")) {
            for (String call : List.of("rollback_to_snapshot('sales', 'people', 1)", "register_table('sales', 'mine', 'local:///warehouse')", "unregister_table('sales', 'people')", "migrate('sales', 'people')")) {
                assertThat(refused(user, "CALL mesh.system." + call)).as(user + ": " + call).contains("Procedure not registered");
            }
            for (String procedure : List.of("optimize", "optimize_manifests", "expire_snapshots(retention_threshold => '7d')", "remove_orphan_files(retention_threshold => '7d')", "drop_extended_stats", "rollback_to_snapshot(1)", "add_files('local:///x', 'PARQUET')", "add_files_from_table('hr', 'payroll')")) {
                assertThat(refused(user, "ALTER TABLE people EXECUTE " + procedure)).as(user + ": " + procedure).containsAnyOf("Access Denied", "not registered");
            }
        }
    }

    // 2.11 Metadata, names, text

    @Test
    @DisplayName("2.11 Listings and absent names")
    void testListings()
    {
        assertThat(rows("ben", "SHOW SCHEMAS FROM mesh")).containsExactly("[information_schema]", "[sales]", "[system]");
        assertThat(rows("ben", "SHOW TABLES FROM sales")).doesNotContain("[forecast]").contains("[people]");
        assertThat(refused("ben", "SELECT * FROM hr.payroll")).isEqualTo(refused("ben", "SELECT * FROM hr.never_was").replace("never_was", "payroll"));
        assertThat(refused("ben", "SELECT wage FROM hr.payroll")).isEqualTo(refused("ben", "SELECT wage FROM hr.never_was").replace("never_was", "payroll"));
        assertThat(refused("ben", "DESCRIBE hr.payroll")).isEqualTo(refused("ben", "DESCRIBE hr.never_was").replace("never_was", "payroll"));
        assertThat(refused("ben", "SHOW CREATE TABLE hr.payroll")).isEqualTo(refused("ben", "SHOW CREATE TABLE hr.never_was").replace("never_was", "payroll"));
        assertThat(refused("ben", "SELECT * FROM hr.payroll FOR VERSION AS OF 1")).isEqualTo(refused("ben", "SELECT * FROM hr.never_was FOR VERSION AS OF 1").replace("never_was", "payroll"));
        assertThat(refused("ben", "DROP TABLE hr.payroll")).isEqualTo(refused("ben", "DROP TABLE hr.never_was").replace("never_was", "payroll"));
        assertThat(refused("ben", "INSERT INTO hr.payroll VALUES 1")).isEqualTo(refused("ben", "INSERT INTO hr.never_was VALUES 1").replace("never_was", "payroll"));
        assertThat(refused("ben", "GRANT SELECT ON hr.payroll TO USER ben")).isEqualTo(refused("ben", "GRANT SELECT ON hr.never_was TO USER ben").replace("never_was", "payroll"));
        for (String table : List.of("data_products", "domains", "columns", "input_ports", "lineage", "column_lineage", "output_ports", "problems", "registry", "contracts", "relationships", "support_channels", "management_ports", "tags")) {
            assertThat(rows("ben", "SELECT * FROM mesh.system." + table)).as(table).noneMatch(row -> row.contains("payroll") || row.contains("local://") || row.contains("hr-data-team") || row.contains("pii/"));
        }
    }

    @Test
    @DisplayName("2.11 No word of any system table or function is of what is hidden")
    void testSystemTablesAndFunctions()
    {
        List<String> statements = Stream.concat(
                        SystemQuestions.tables(world).stream().map(table -> "SELECT * FROM mesh.system." + table),
                        SystemQuestions.ofFunctions().stream())
                .collect(toImmutableList());
        List<String> leaks = new ArrayList<>();
        for (String user : List.of("ben", "eve")) {
            for (String sql : statements) {
                String answer = answer(user, sql);
                // Names of columns are no values, and a refusal may repeat what was asked
                String values = answer.startsWith("ERROR") && sql.contains("TABLE(") ? "" : answer.substring(answer.startsWith("ERROR") ? 0 : answer.indexOf(']') + 1).replaceFirst("^ \\[[^\n]*", "");
                List<String> words = FORBIDDEN.stream().filter(word -> Pattern.compile(word).matcher(values).find()).collect(toImmutableList());
                if (!RULES.contains(sql.replaceFirst(".*\\.", "")) && Pattern.compile(HIDDEN_COLUMNS).matcher(values).find()) {
                    // That a column is hidden from him, and by which rule, is for ben to know where it is said
                    words = ImmutableList.<String>builder().addAll(words).add(HIDDEN_COLUMNS).build();
                }
                if (user.equals("eve") && !values.isEmpty()) {
                    words = ImmutableList.<String>builder().addAll(words).add("anything").build();
                }
                if (!words.isEmpty()) {
                    leaks.add("%s: %s: %s%n%s".formatted(user, sql, words, values));
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(answer("gus", "SELECT * FROM mesh.system.data_products")).as("what ben would have seen").contains("payroll");
    }

    @Test
    @DisplayName("2.11 Comments and sample queries")
    void testCommentsAndSampleQueries()
    {
        assertThat(rows("ben", "SELECT title FROM mesh.system.sample_queries ORDER BY 1")).containsExactly("[How many people live where]", "[Large cities]");
        assertThat(rows("sam", "SELECT count(*) FROM mesh.system.sample_queries WHERE product = 'people'")).containsExactly("[5]");
        assertThat(rows("ben", "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'sales' AND table_name IN ('members', 'people') ORDER BY table_name")).containsExactly(
                "[Members · Owner: sales-data-team · Deprecated since 2026-01-01, ends 2099-12-31]",
                "[People as they are · Owner: sales-data-team · SLO: unknown]");
        assertThat(rows("eva", "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'sales' AND table_name = 'members'").getFirst()).contains("use hr.payroll");
        assertThat(rows("ben", "SELECT column_name, comment FROM information_schema.columns WHERE table_name = 'people' AND comment IS NOT NULL ORDER BY ordinal_position LIMIT 3")).containsExactly(
                "[city, Where they live]",
                "[email, masked for you]",
                "[salary, masked for you]");
        assertThat(rows("eva", "SELECT column_name, comment FROM information_schema.columns WHERE table_name = 'people' AND comment IS NOT NULL ORDER BY ordinal_position")).containsExactly(
                "[city, Where they live]",
                "[ssn, Leaked number · secret]");
    }

    @Test
    @DisplayName("2.11 SHOW CREATE, grants and roles")
    void testShowCreateGrantsAndRoles()
    {
        for (String user : List.of("ben", "eva")) {
            assertThat(rows(user, "SHOW CREATE TABLE people").getFirst()).startsWith("[CREATE TABLE mesh.sales.people (").doesNotContain("lake").doesNotContain("WITH (");
            assertThat(refused(user, "SHOW CREATE SCHEMA sales")).contains("Access Denied");
            assertThat(answer(user, "SHOW CREATE VIEW people")).startsWith("ERROR");
        }
        assertThat(rows("ben", "SHOW CREATE TABLE people").getFirst()).contains("email varchar COMMENT 'masked for you'").doesNotContain("ssn").doesNotContain("pin ");
        assertThat(rows("eva", "SHOW CREATE TABLE people").getFirst()).contains("ssn varchar COMMENT 'Leaked number · secret'");
        assertThat(rows("sam", "SHOW CREATE TABLE people").getFirst()).doesNotContain("location").doesNotContain("partitioning");
        assertThat(rows("ben", "SHOW GRANTS ON TABLE people")).isEmpty();
        for (String sql : List.of(
                "GRANT SELECT ON people TO USER ben",
                "DENY SELECT ON people TO USER eva",
                "REVOKE SELECT ON people FROM USER eva",
                "CREATE ROLE r IN mesh",
                "SET ROLE admin IN mesh",
                "SHOW ROLES FROM mesh",
                "GRANT r TO USER ben IN mesh",
                "CREATE FUNCTION mesh.sales.f() RETURNS bigint RETURN 1",
                "ALTER TABLE people SET AUTHORIZATION ben")) {
            assertThat(answer("ben", sql)).as(sql).startsWith("ERROR");
        }
    }

    @Test
    @DisplayName("2.11 Session properties")
    void testSessionProperties()
    {
        for (String property : List.of("hive_catalog_name = 'views'", "query_partition_filter_required = true", "merge_manifests_on_write = true", "purpose = 'audit'")) {
            assertThat(refused("ben", "SET SESSION mesh." + property)).as(property).containsAnyOf("Access Denied", "does not exist");
        }
    }

    // 3.3 The functions of the keyed masks

    @Test
    @DisplayName("3.3 Nobody calls the functions of masks")
    void testFunctionsOfMasks()
    {
        for (String user : List.of("ben", "eva", "sam", "gus", "mesh-policy-", "mesh-policy-" + "0".repeat(64))) {
            for (String call : List.of("tokenize('1001', 'customer_id', '1')", "tokenize(BIGINT '1001', 'customer_id', '1')", "query_local_hash('1001', '1')", "tokenize('x', 'y', 'z')")) {
                String function = "mesh.system." + call;
                assertThat(refused(user, "SELECT " + function)).as(user + ": " + call).contains("Access Denied").contains("Cannot execute function");
                assertThat(refused(user, "WITH FUNCTION spy() RETURNS varchar RETURN CAST(" + function + " AS varchar) SELECT spy()")).as(user + ": " + call).contains("Access Denied");
                assertThat(refused(user, "EXPLAIN SELECT " + function)).contains("Access Denied");
                assertThat(refused(user, "EXECUTE IMMEDIATE 'SELECT " + function.replace("'", "''") + "'")).contains("Access Denied");
                assertThat(refused(user, "SELECT transform(ARRAY[1], x -> " + function + ")")).contains("Access Denied");
                assertThat(refused(user, "CREATE VIEW views.shared.spy AS SELECT " + function + " x")).contains("Access Denied");
                assertThat(refused(user, "CREATE VIEW views.shared.spy SECURITY INVOKER AS SELECT " + function + " x")).contains("Access Denied");
                assertThat(refused(user, "SELECT id FROM mesh.sales.people WHERE CAST(" + function + " AS varchar) = email")).containsAnyOf("Access Denied", "Schema 'sales' does not exist");
            }
        }
        assertThat(rows("ben", "SHOW FUNCTIONS FROM mesh.system")).isEmpty();
        assertThat(answer("ben", "CREATE FUNCTION views.shared.spy() RETURNS varchar SECURITY DEFINER RETURN mesh.system.tokenize('1001', 'customer_id', '1')") + answer("ben", "SELECT views.shared.spy()")).contains("ERROR").doesNotContain("[[");
    }

    @Test
    @DisplayName("3.3 Inline functions and the path do not replace what masks call")
    void testFunctionsAreNotShadowed()
    {
        String masked = "[1, ****@example.org, Xxxxxx nn, ****1234, 1980-01-01]";
        String select = "SELECT id, email, note, card, birth FROM people WHERE id = 1";
        assertThat(rows("ben", select)).containsExactly(masked);
        for (String function : List.of(
                "strpos(x varchar, y varchar) RETURNS bigint RETURN 1",
                "regexp_replace(x varchar, y varchar, z varchar) RETURNS varchar RETURN x",
                "substr(x varchar, y bigint) RETURNS varchar RETURN x",
                "date_trunc(x varchar, y date) RETURNS date RETURN y",
                "length(x varchar) RETURNS bigint RETURN 100")) {
            assertThat(rows("ben", "WITH FUNCTION " + function + " " + select)).as(function).containsExactly(masked);
        }
        assertThat(rows("ben", "WITH FUNCTION random() RETURNS double RETURN -1e0 SELECT id FROM visits ORDER BY id")).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
    }

    @Test
    @DisplayName("3.3 The name under which rules are evaluated opens nothing")
    void testNameOfTheRules()
    {
        for (String user : List.of("mesh-policy-", "mesh-policy-" + "0".repeat(64))) {
            assertThat(refused(user, "SELECT * FROM mesh.sales.people")).contains("does not exist");
            assertThat(rows(user, "SHOW SCHEMAS FROM mesh")).containsExactly("[information_schema]", "[system]");
        }
    }

    // Products that queries compute

    @Test
    @DisplayName("SQL products: no answer shows a source, or a value that is masked or hidden")
    void testProductsOfQueries()
            throws Exception
    {
        List<String> statements = world.statements("sql-products.sql");
        List<String> forbidden = Stream.of(SOURCES, SOURCE_VALUES, SOURCE_NUMBERS).flatMap(List::stream).collect(toImmutableList());
        List<String> leaks = new ArrayList<>();
        int seenByEva = 0;
        for (String sql : statements) {
            List<String> words = RULES.stream().anyMatch(sql::contains) ? forbidden : ImmutableList.<String>builder().addAll(forbidden).add(HIDDEN_COLUMNS).build();
            String answer = Answers.of(world, GovernedWorld.ben(), sql);
            leaks.addAll(leaks(sql, answer, words));
            if (sql.startsWith("SELECT * FROM ") && !leaks(sql, answer("eva", sql), SOURCE_VALUES).isEmpty()) {
                seenByEva++;
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(statements).hasSizeGreaterThan(250);
        assertThat(seenByEva).as("statements that show eva what ben may not see").isGreaterThan(9);
    }

    @Test
    @DisplayName("SQL products: no plan shows a value that is masked or hidden")
    void testPlansOfProductsOfQueries()
            throws Exception
    {
        List<String> forbidden = ImmutableList.<String>builder().addAll(SOURCE_VALUES).addAll(SOURCE_NUMBERS).build();
        List<String> leaks = new ArrayList<>();
        for (String properties : List.of("", "optimize_metadata_queries", "allow_unsafe_pushdown")) {
            Session.SessionBuilder session = Session.builder(GovernedWorld.ben());
            if (!properties.isEmpty()) {
                session.setSystemProperty(properties, "true");
            }
            for (String sql : world.statements("sql-product-plans.sql")) {
                if (properties.isEmpty() || sql.matches("EXPLAIN SELECT .*(DISTINCT|max|WHERE).*")) {
                    leaks.addAll(leaks(properties + " " + sql, Answers.of(world, session.build(), sql), forbidden));
                }
            }
        }
        for (String sql : world.statements("sql-product-plans.sql")) {
            if (sql.startsWith("EXPLAIN SELECT")) {
                String analyze = sql.replaceFirst("EXPLAIN", "EXPLAIN ANALYZE VERBOSE");
                leaks.addAll(leaks(analyze, Answers.of(world, GovernedWorld.ben(), analyze), SOURCE_VALUES));
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(world.statements("sql-product-plans.sql")).hasSizeGreaterThan(50);
        // For eva, who reads the source itself and sees all of it, the engine takes the values from the metadata
        assertThat(Answers.of(world, Session.builder(GovernedWorld.as("eva")).setSystemProperty("optimize_metadata_queries", "true").build(), "EXPLAIN SELECT DISTINCT region FROM hr.employees")).contains("'Denmark'");
    }

    /**
     * Words of an answer that must not be in it. An answer may repeat what was asked.
     */
    private static List<String> leaks(String sql, String answer, List<String> words)
    {
        return words.stream()
                .map(word -> Pattern.compile(word).matcher(answer).results().map(MatchResult::group).filter(found -> !sql.contains(found)).findFirst())
                .flatMap(Optional::stream)
                .map(found -> "%s: %s%n%s".formatted(found, sql, answer))
                .collect(toImmutableList());
    }

    @Test
    @DisplayName("SQL products: a source is like a name that nothing has")
    void testSourcesOfQueries()
    {
        for (String user : List.of("ben", "eve", "ops")) {
            for (String sql : List.of(
                    "SELECT * FROM mesh.hr.crew",
                    "SELECT number FROM mesh.hr.crew",
                    "DESCRIBE mesh.hr.crew",
                    "SHOW CREATE VIEW mesh.hr.crew",
                    "SHOW CREATE TABLE mesh.hr.crew",
                    "SHOW STATS FOR mesh.hr.crew",
                    "SELECT * FROM mesh.hr.\"crew$query\"",
                    "SHOW CREATE VIEW mesh.hr.\"crew$query\"",
                    "SELECT * FROM mesh.hr.crew FOR VERSION AS OF 1",
                    "REFRESH MATERIALIZED VIEW mesh.hr.crew",
                    "EXPLAIN SELECT * FROM mesh.hr.crew",
                    "DROP VIEW mesh.hr.crew",
                    "GRANT SELECT ON mesh.hr.crew TO USER ben",
                    "SELECT view_definition FROM mesh.information_schema.views WHERE table_schema = 'hr' AND table_name = 'crew'",
                    "SELECT column_name FROM mesh.information_schema.columns WHERE table_schema = 'hr' AND table_name = 'crew'",
                    "SELECT * FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'hr' AND table_name = 'crew'",
                    "SELECT * FROM TABLE(mesh.system.lineage('hr', 'crew'))")) {
                assertThat(answer(user, sql)).as(user + ": " + sql).isEqualTo(answer(user, sql.replace("crew", "nobody")).replace("nobody", "crew"));
            }
        }
    }

    @Test
    @DisplayName("SQL products: the names as which queries run open nothing, also when they were seen in a plan")
    void testNamesOfQueries()
    {
        String record = QueryRecord.of(world, GovernedWorld.ben(), "SELECT * FROM region_report").json();
        Set<String> seen = Pattern.compile("mesh-(domain|policy)-[a-z0-9_-]+").matcher(record).results().map(MatchResult::group).collect(toImmutableSet());
        assertThat(seen).anyMatch(name -> name.startsWith("mesh-domain-hr-")).anyMatch(name -> name.startsWith("mesh-domain-sales-"));
        List<String> users = ImmutableList.<String>builder().addAll(seen).add("mesh-domain-", "mesh-domain-sales", "mesh-domain-sales-" + "0".repeat(32), "domain:sales", "sales", "mesh-source-sales").build();
        for (String user : users) {
            for (String sql : List.of(
                    "SELECT * FROM mesh.sales.earners",
                    "SELECT * FROM mesh.sales.\"earners$query\"",
                    "SHOW CREATE VIEW mesh.sales.\"earners$query\"",
                    "SHOW CREATE VIEW mesh.sales.earners",
                    "SELECT * FROM mesh.sales.\"region_report$query\"",
                    "SELECT * FROM mesh.hr.\"crew$query\"",
                    "SELECT * FROM mesh.hr.employees",
                    "SELECT * FROM mesh.\"$stored$sales\".stored_earners",
                    "SELECT * FROM mesh.\"erp$private\".documents",
                    "REFRESH MATERIALIZED VIEW mesh.sales.stored_earners",
                    "CREATE VIEW views.shared.spy AS SELECT * FROM mesh.sales.\"earners$query\"",
                    "CREATE OR REPLACE VIEW views.shared.spy AS SELECT * FROM mesh.hr.employees")) {
                assertThat(refused(user, sql)).as(user + ": " + sql).containsAnyOf("does not exist", "Access Denied").doesNotContain("inhabitants");
            }
            assertThat(rows(user, "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema NOT IN ('information_schema', 'system')")).as(user).isEmpty();
        }
    }

    @Test
    @DisplayName("SQL products: what the engine tells of a statement has no value that is masked or hidden")
    void testRecordsOfProductsOfQueries()
            throws Exception
    {
        ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
        List<String> leaks = new ArrayList<>();
        int records = 0;
        for (String sql : List.of(
                "SELECT * FROM earners WHERE salary = 82000 ORDER BY id",
                "SELECT id FROM earners WHERE id = 1 AND CAST(email AS bigint) > 0",
                "SELECT DISTINCT region FROM workplaces",
                "SELECT id, badge FROM workplaces WHERE region = '****' ORDER BY badge",
                "SELECT * FROM region_report",
                "SELECT * FROM shift_list WHERE hours > 5",
                "SELECT * FROM stored_earners WHERE hired IS NOT NULL",
                "SELECT * FROM stored_hours WHERE CAST(note AS bigint) > 0",
                "SELECT * FROM orders",
                "SELECT e.id FROM earners e JOIN stored_earners s ON s.salary = e.salary",
                "SELECT * FROM colleagues",
                "SELECT * FROM colleagues WHERE id = 1",
                "SELECT number FROM earners",
                "SELECT * FROM broken_report",
                "EXPLAIN ANALYZE VERBOSE SELECT * FROM earners WHERE email LIKE '%org'")) {
            // The text of the queries is in both, without its remarks
            QueryCompletedEvent event = world.completed(GovernedWorld.ben(), sql);
            leaks.addAll(leaks(sql, QueryRecord.withoutCatalogs(mapper.writeValueAsString(event)), SOURCE_VALUES));
            // Of what is refused before it is planned there is no more
            if (event.getMetadata().getPlan().isPresent()) {
                leaks.addAll(leaks(sql, QueryRecord.of(world, GovernedWorld.ben(), sql).json(), SOURCE_VALUES));
                records++;
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(records).isGreaterThan(10);
        assertThat(leaks("", QueryRecord.withoutCatalogs(mapper.writeValueAsString(world.completed(GovernedWorld.as("eva"), "SELECT id FROM earners WHERE id = 1 AND CAST(email AS bigint) > 0"))), SOURCE_VALUES)).as("of eva's error").isNotEmpty();
    }

    @Test
    @DisplayName("SQL products: the owner of a query sees no more of its sources than other readers")
    void testOwnersOfQueries()
    {
        assertThat(rows("sam", "SELECT email, salary, hired FROM earners WHERE id = 1")).containsExactly("[****@example.org, 81000, 1991-01-01]");
        assertThat(refused("sam", "SELECT number FROM earners")).contains("cannot be resolved");
        assertThat(rows("sam", "SELECT salary, hired FROM stored_earners WHERE id = 1")).containsExactly("[81000, 1991-01-01]");
        assertThat(refused("sam", "SELECT * FROM \"stored_earners$files\"")).as("of one who sees columns masked").contains("are only for its stewards");
        assertThat(refused("sam", "SELECT * FROM hr.employees")).contains("does not exist");
        assertThat(rows("sam", "SELECT query FROM mesh.system.output_ports WHERE product = 'earners'").getFirst()).contains("\"hr\".\"employees\"");
        for (String user : List.of("eva", "ben", "ops", "olga")) {
            assertThat(rows(user, "SELECT query FROM mesh.system.output_ports WHERE query IS NOT NULL")).as(user).isEmpty();
        }
    }

    @Test
    @DisplayName("SQL products: who stores rows does not see them by it")
    void testRefreshes()
    {
        runPipeline("INSERT INTO lake.hr.employees SELECT 8, city, region, email, salary, hired, number, badge, note, active FROM lake.hr.employees WHERE employee_id = 1");
        try {
            for (String user : List.of("ben", "eva", "sam", "eve", "gus", "mesh-source-sales")) {
                assertThat(refused(user, "REFRESH MATERIALIZED VIEW mesh.sales.stored_earners")).as(user).containsAnyOf("it needs the permission 'write' on sales.stored_earners", "does not exist");
                assertThat(refused(user, "EXPLAIN ANALYZE REFRESH MATERIALIZED VIEW mesh.sales.stored_earners")).as(user).containsAnyOf("it needs the permission 'write' on sales.stored_earners", "does not exist");
            }
            for (String explain : List.of("EXPLAIN ", "EXPLAIN (TYPE IO) ", "EXPLAIN (TYPE VALIDATE) ")) {
                assertThat(leaks("", answer("olga", explain + "REFRESH MATERIALIZED VIEW stored_earners"), SOURCE_VALUES)).isEmpty();
            }
            world.execute("ops", "REFRESH MATERIALIZED VIEW stored_earners");
            assertThat(rows("eva", "SELECT email, salary, number FROM stored_earners WHERE id = 8")).containsExactly("[leak-1@example.org, 81111, 640-11]");
            assertThat(rows("olga", "SELECT email, salary FROM stored_earners WHERE id = 8")).containsExactly("[****@example.org, 81000]");
            assertThat(refused("olga", "SELECT number FROM stored_earners")).contains("number is hidden from you by ");
            assertThat(refused("ops", "SELECT * FROM stored_earners")).contains("Access Denied");
            assertThat(refused("ops", "SELECT count(*) FROM stored_earners FOR VERSION AS OF ${snapshot:stored_earners:2}")).contains("Access Denied");
            assertThat(refused("olga", "CREATE TABLE mesh.\"$stored$sales\".mine AS SELECT 1 AS x")).contains("Access Denied");
        }
        finally {
            runPipeline("DELETE FROM lake.hr.employees WHERE employee_id = 8");
            world.execute("olga", "REFRESH MATERIALIZED VIEW stored_earners");
        }
        assertThat(rows("ben", "SELECT id FROM stored_earners ORDER BY id")).containsExactly("[1]", "[2]", "[3]", "[4]", "[6]");
    }

    @Test
    @DisplayName("SQL products: views over them pass nothing on without 'share'")
    void testViewsOfProductsOfQueries()
    {
        world.execute("ben", "CREATE VIEW views.shared.earners_of_ben AS SELECT id, email FROM mesh.sales.earners");
        world.execute("eva", "CREATE VIEW views.shared.stored_of_eva AS SELECT id, email FROM mesh.sales.stored_earners");
        world.execute("eva", "CREATE VIEW views.shared.nested_of_eva AS SELECT * FROM views.shared.earners_of_eva");
        for (String view : List.of("earners_of_eva", "stored_of_eva", "nested_of_eva")) {
            for (String sql : List.of("SELECT * FROM %s", "SELECT count(*) FROM %s", "EXPLAIN SELECT * FROM %s", "SHOW STATS FOR %s")) {
                assertThat(refused("ben", sql.formatted("views.shared." + view))).as(view + ": " + sql).contains("needs the permission 'share'").doesNotContain("leak-");
            }
        }
        assertThat(refused("eva", "SELECT * FROM views.shared.earners_of_ben")).contains("needs the permission 'share'");
        assertThat(rows("ben", "SELECT email FROM views.shared.earners_of_ben WHERE id = 1")).containsExactly("[****@example.org]");
        assertThat(rows("ben", "SELECT email FROM views.shared.earners_of_whom WHERE id = 1")).containsExactly("[****@example.org]");
        assertThat(rows("eva", "SELECT email FROM views.shared.earners_of_whom WHERE id = 1")).containsExactly("[leak-1@example.org]");
        // Sam may share, and shows what he sees himself
        assertThat(rows("eva", "SELECT email, salary FROM views.shared.earners_of_sam WHERE id = 1")).containsExactly("[****@example.org, 81000]");
        world.execute("ben", "CREATE TABLE views.shared.earners_copied AS SELECT * FROM mesh.sales.earners");
        assertThat(rows("eva", "SELECT email, salary FROM views.shared.earners_copied WHERE id = 1")).containsExactly("[****@example.org, 81000]");
    }

    @Test
    @DisplayName("SQL products: what is prepared follows the rules of the moment")
    void testRulesThatChange()
            throws Exception
    {
        Session prepared = Session.builder(GovernedWorld.as("ben"))
                .addPreparedStatement("salaries", "SELECT salary FROM earners WHERE id = 1")
                .addPreparedStatement("stored", "SELECT salary FROM stored_earners WHERE id = 1")
                .addPreparedStatement("tops", "SELECT top FROM region_report WHERE city = 'Berlin'")
                .build();
        for (String name : List.of("salaries", "stored", "tops")) {
            assertThat(Answers.of(world, prepared, "EXECUTE " + name)).as(name).endsWith("\n[81000]");
        }
        String mask = "mask: {action: bucket, width: 1000}, except: [{user: eva}, {group: hr-data-team}";
        world.rewrite("governance/rules.yaml", rules -> rules.replace(mask, mask.replace("{action: bucket, width: 1000}", "replace-with-null")));
        try {
            for (String name : List.of("salaries", "stored", "tops")) {
                assertThat(Answers.of(world, prepared, "EXECUTE " + name)).as(name).endsWith("\n[null]");
            }
            assertThat(rows("ben", "SELECT salary FROM stored_earners FOR VERSION AS OF ${snapshot:stored_earners:2}")).as("an older version").containsOnly("[null]");
            assertThat(refused("ben", "SELECT * FROM views.shared.earners_of_eva")).contains("Access Denied");
        }
        finally {
            world.rewrite("governance/rules.yaml", rules -> rules.replace("mask: replace-with-null, except: [{user: eva}, {group: hr-data-team}", mask));
        }
        world.rewrite("governance/rules.yaml", rules -> rules.replace("products: [hr.employees], columns: [number]", "products: [hr.employees], columns: [number, salary]"));
        try {
            assertThat(Answers.of(world, prepared, "EXECUTE salaries")).contains("Column 'salary' cannot be resolved");
            assertThat(Answers.of(world, prepared, "EXECUTE stored")).contains("salary is hidden from you by ");
            assertThat(Answers.of(world, prepared, "EXECUTE tops")).contains("Column 'top' cannot be resolved");
            assertThat(Answers.of(world, prepared, "DESCRIBE OUTPUT salaries")).startsWith("ERROR");
            assertThat(rows("ben", "SELECT column_name FROM information_schema.columns WHERE column_name IN ('salary', 'top') AND table_name IN ('earners', 'stored_earners', 'region_report', 'city_totals')")).isEmpty();
        }
        finally {
            world.rewrite("governance/rules.yaml", rules -> rules.replace("columns: [number, salary]", "columns: [number]"));
        }
        assertThat(Answers.of(world, prepared, "EXECUTE tops")).endsWith("\n[81000]");
    }

    @Test
    @DisplayName("SQL products: rows that were stored before the domain lost a right are not read")
    void testVersionsThatWereStoredForOtherRights()
            throws Exception
    {
        String older = "SELECT id FROM stored_earners FOR VERSION AS OF ${snapshot:stored_earners:2} ORDER BY id";
        assertThat(rows("ben", older)).containsExactly("[1]", "[2]", "[3]", "[4]");
        world.rewrite("governance/rules.yaml", rules -> rules.replace("  rowFilters:\n", "  rowFilters:\n    - {id: berlin, match: {products: [hr.employees]}, filter: \"city = 'Berlin'\", principals: [{domain: sales}]}\n"));
        try {
            for (String user : List.of("ben", "eva")) {
                assertThat(refused(user, older)).as(user).contains("Views do not support versioning");
            }
            world.execute("olga", "REFRESH MATERIALIZED VIEW stored_earners");
            for (String user : List.of("ben", "eva", "sam", "olga")) {
                assertThat(refused(user, older)).as(user).contains("was stored before the product, or what its domain may read, was changed");
                assertThat(refused(user, "SHOW STATS FOR (SELECT id FROM stored_earners FOR VERSION AS OF ${snapshot:stored_earners:3})")).as(user).contains("was stored before");
                assertThat(rows(user, "SELECT id FROM stored_earners ORDER BY id")).as(user).containsExactly("[1]", "[2]");
            }
            assertThat(rows("ben", "SELECT DISTINCT city FROM earners")).containsExactly("[Berlin]");
            // What the domain may not see is in no error either
            assertThat(rows("ben", "SELECT id FROM earners WHERE 1 / (id - 4) < 1 ORDER BY id")).containsExactly("[1]", "[2]");
        }
        finally {
            world.rewrite("governance/rules.yaml", rules -> rules.replaceFirst("    - \\{id: berlin.*\n", ""));
            world.execute("olga", "REFRESH MATERIALIZED VIEW stored_earners");
        }
        assertThat(rows("ben", older)).as("stored for what the domain may read again").containsExactly("[1]", "[2]", "[3]", "[4]");
    }

    @Test
    @DisplayName("SQL products: what is wrong with a source is told without naming it")
    void testSourcesThatCannotBeRead()
            throws Exception
    {
        String domainOfTheCrew = "    - {domain: hr, permissions: [read, share]}\n";
        world.rewrite("hr/employees.yaml", document -> document.replace(domainOfTheCrew, ""));
        try {
            assertOutOfService("city_totals", "region_report");
            assertThat(rows("ben", "SELECT count(*) FROM earners")).containsExactly("[5]");
        }
        finally {
            world.rewrite("hr/employees.yaml", document -> document.replace("  accessControl:\n", "  accessControl:\n" + domainOfTheCrew));
        }
        String domainOfTheEarners = "    - {domain: sales, permissions: [read, share]}\n";
        world.rewrite("hr/employees.yaml", document -> document.replace(domainOfTheEarners, ""));
        try {
            assertOutOfService("earners", "colleagues", "workplaces", "stored_earners");
            assertThat(refused("ben", "SELECT * FROM stored_earners FOR VERSION AS OF ${snapshot:stored_earners:2}")).contains("its domain may not publish what its query reads");
            assertThat(refused("ops", "REFRESH MATERIALIZED VIEW stored_earners")).contains("out of service").doesNotContain("employees");
        }
        finally {
            world.rewrite("hr/employees.yaml", document -> document.replace("  accessControl:\n", "  accessControl:\n" + domainOfTheEarners));
        }
        for (String[] change : List.of(
                new String[] {"lake.hr.employees RENAME TO lake.hr.elsewhere", "lake.hr.elsewhere RENAME TO lake.hr.employees"},
                new String[] {"lake.hr.employees RENAME COLUMN hired TO since", "lake.hr.employees RENAME COLUMN since TO hired"})) {
            runPipeline("ALTER TABLE " + change[0]);
            try {
                assertOutOfService("earners", "colleagues", "workplaces", "city_totals", "region_report");
                assertThat(refused("ops", "REFRESH MATERIALIZED VIEW stored_earners")).contains("out of service").doesNotContain("employees");
                assertThat(rows("ben", "DESCRIBE earners")).isNotEmpty();
            }
            finally {
                runPipeline("ALTER TABLE " + change[1]);
            }
        }
        runPipeline("ALTER TABLE erp.private.documents RENAME TO erp.private.moved");
        try {
            assertOutOfService("orders");
        }
        finally {
            runPipeline("ALTER TABLE erp.private.moved RENAME TO erp.private.documents");
        }
        assertThat(rows("ben", "SELECT count(*) FROM region_report")).containsExactly("[3]");
    }

    /**
     * With every cause, which the engine sends to clients.
     */
    private void assertOutOfService(String... products)
    {
        for (String product : products) {
            for (String sql : List.of("SELECT * FROM %s", "SELECT count(*) FROM %s", "EXPLAIN SELECT * FROM %s", "SHOW STATS FOR %s")) {
                String failure = Answers.ofFailure(world.runner(), GovernedWorld.ben(), sql.formatted(product)).lines()
                        .filter(line -> !line.strip().startsWith("at "))
                        .collect(joining("\n"));
                assertThat(failure).as(sql, product).contains("sales." + product).contains("is out of service").contains("#sales-data-team");
                assertThat(leaks("", failure, ImmutableList.<String>builder().addAll(SOURCES).addAll(SOURCE_VALUES).build())).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("SQL products: stored rows are published by the product alone that stores them")
    void testStorageTableOfAnotherProduct()
            throws Exception
    {
        String cities = Files.readString(world.mesh().path().resolve("sales/cities.yaml"));
        world.publish("sales/spy.yaml", cities
                .replace("name: cities", "name: spy")
                .replaceFirst("(?s)  synonyms.*?  outputPorts", "  outputPorts")
                .replace("schema: sales}", "schema: sales, table: stored_earners}")
                .replaceFirst("(?s)  columns:.*?  accessControl", "  columns:\n    - {name: id, type: bigint}\n    - {name: number, type: varchar}\n  accessControl"));
        try {
            assertThat(rows("gus", "SELECT message FROM mesh.system.problems WHERE file = 'sales/spy.yaml' AND severity = 'error'"))
                    .containsExactly("[table lake.sales.stored_earners stores the rows of a query, and another output port names it, too: sales.spy, sales.stored_earners]");
            for (String user : List.of("ben", "eva", "sam")) {
                assertThat(refused(user, "SELECT number FROM spy")).as(user).doesNotContain("640-");
            }
        }
        finally {
            world.mesh().delete("sales/spy.yaml");
        }
    }

    private void runPipeline(String sql)
    {
        world.runner().execute(MeshQueryRunner.pipeline(), sql);
    }

    private static String estimates(String plan)
    {
        return plan.replaceAll("(?s).*?(Estimates: \\{[^}]*}|$)", "$1 ");
    }

    private String counters(String sql)
    {
        return QueryRecord.of(world, GovernedWorld.as("ben"), sql).counters().replaceAll("answered \\d+", "");
    }

    /**
     * Everything that SHOW STATS says but the names of the columns.
     */
    private List<Object> statistics(String user, String what)
    {
        return world.execute(user, "SHOW STATS FOR " + what).getMaterializedRows().stream()
                .flatMap(row -> row.getFields().subList(1, row.getFieldCount()).stream())
                .map(Object.class::cast)
                .toList();
    }

    private List<String> columns(String user, String sql)
    {
        return world.execute(user, sql).getColumnNames();
    }

    private List<String> rows(String user, String sql)
    {
        return world.execute(user, sql).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .collect(toImmutableList());
    }

    private String answer(String user, String sql)
    {
        return Answers.of(world, GovernedWorld.as(user), sql);
    }

    private String refused(String user, String sql)
    {
        String answer = answer(user, sql);
        assertThat(answer).as(user + ": " + sql).startsWith("ERROR ");
        return answer;
    }
}
