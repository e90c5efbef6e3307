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
package org.trinomesh.quality;

import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.type.SqlLiteral;
import org.trinomesh.type.TypedConstant;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.trinomesh.type.SqlLiteral.identifier;
import static org.trinomesh.type.SqlLiteral.isAmong;
import static org.trinomesh.type.SqlLiteral.text;

/**
 * The rules of a product as one query: each of its tables is aggregated once, whatever the number of rules, and the
 * aggregates become one row for each rule. Everything that a person wrote is in a literal or in a quoted name. Only queries
 * of {@code sql} rules are used as they are, in parentheses, if the operator allows them.
 */
public final class QualitySql
{
    /**
     * The columns of the query, with their types.
     */
    public enum ResultColumn
    {
        RULE("rule", "varchar", "Rule of the data product"),
        TABLE_NAME("table_name", "varchar", "Table it is about"),
        COLUMN_NAME("column_name", "varchar", "Column it is about, or several"),
        CHECK("check", "varchar", "What is checked, as the contract calls it"),
        DIMENSION("dimension", "varchar", "Dimension of data quality"),
        SEVERITY("severity", "varchar", "How bad a failure is"),
        ROWS_CHECKED("rows_checked", "bigint", "Rows that can fail: values that are NULL are neither invalid nor duplicates"),
        FAILED("failed", "bigint", "Rows that fail"),
        RATIO("ratio", "double", "Share of the checked rows that pass"),
        MEASURED("measured", "double", "Number that the threshold is about"),
        THRESHOLD("threshold", "varchar", "What that number must be"),
        PASSED("passed", "boolean", "Whether it is"),
        NOTE("note", "varchar", "Why the rule has no result");

        private final String columnName;
        private final String type;
        private final String comment;

        ResultColumn(String columnName, String type, String comment)
        {
            this.columnName = columnName;
            this.type = type;
            this.comment = comment;
        }

        public String columnName()
        {
            return columnName;
        }

        public String type()
        {
            return type;
        }

        public String comment()
        {
            return comment;
        }
    }

    private static final String UNKNOWN_ROWS = "CAST(NULL AS bigint)";
    private static final String NO_RESULT = "the pattern cannot be used by the engine";

    private final String catalog;

    /**
     * @param catalog the catalog of the mesh
     */
    public QualitySql(String catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    public String catalog()
    {
        return catalog;
    }

    /**
     * The query that gives one row for each rule, with the columns of {@link ResultColumn}.
     */
    public String render(List<CheckedTable> tables)
    {
        return tables.stream()
                .flatMap(table -> queries(table).stream())
                .collect(joining("\nUNION ALL\n"));
    }

    private List<String> queries(CheckedTable table)
    {
        List<CheckedRule> queries = table.rules().stream().filter(rule -> rule.rule().condition() instanceof QualityCondition.Query).collect(toImmutableList());
        List<CheckedRule> counted = table.rules().stream().filter(rule -> !queries.contains(rule)).collect(toImmutableList());
        return IntStream.range(0, queries.size() + (counted.isEmpty() ? 0 : 1))
                .mapToObj(index -> index < queries.size() ? query(table, queries.get(index)) : aggregated(table, counted))
                .collect(toImmutableList());
    }

    private String aggregated(CheckedTable table, List<CheckedRule> rules)
    {
        String aggregates = IntStream.range(0, rules.size())
                .filter(index -> rules.get(index).refusal().isEmpty())
                .mapToObj(index -> aggregates(rules.get(index).rule().condition(), index))
                .collect(joining());
        // If all rules are refused, nothing is read
        String source = rules.stream().allMatch(rule -> rule.refusal().isPresent())
                ? "(SELECT 0 AS n)"
                : "(SELECT count(*) AS n" + aggregates + "\n  FROM " + qualified(table) + ")";
        String rows = IntStream.range(0, rules.size())
                .mapToObj(index -> rules.get(index).refusal()
                        .map(refusal -> row(table, rules.get(index).rule(), UNKNOWN_ROWS, UNKNOWN_ROWS, "CAST(NULL AS double)", "CAST(NULL AS boolean)", text(refusal)))
                        .orElseGet(() -> row(table, rules.get(index).rule(), index)))
                .collect(joining(",\n  "));
        return select() + " FROM " + source + " AS counted\nCROSS JOIN UNNEST(ARRAY[\n  " + rows + "]) AS result (" + columns() + ")";
    }

    private static String select()
    {
        // In an empty table nothing passed and nothing failed
        return "SELECT " + columns().replace("\"ratio\"", "IF(\"rows_checked\" > 0, CAST(\"rows_checked\" - \"failed\" AS double) / \"rows_checked\") AS \"ratio\"");
    }

    private static String columns()
    {
        return List.of(ResultColumn.values()).stream()
                .map(column -> identifier(column.columnName()))
                .collect(joining(", "));
    }

    private String qualified(CheckedTable table)
    {
        return identifier(catalog) + "." + identifier(table.schema()) + "." + identifier(table.name());
    }

    /**
     * The aggregates that a rule adds to those of the table, each with the number of the rule in its name.
     */
    private static String aggregates(QualityCondition condition, int index)
    {
        return switch (condition) {
            case QualityCondition.NullValues(String column) -> aggregate("count(" + identifier(column) + ")", "v", index);
            case QualityCondition.MissingValues(String column, List<TypedConstant> values) -> aggregate("count_if(" + identifier(column) + " IS NOT NULL" + (values.isEmpty() ? "" : " AND NOT " + isAmong(column, values)) + ")", "v", index);
            case QualityCondition.InvalidValues(String column, List<TypedConstant> values, Optional<String> pattern) -> {
                String value = "CAST(" + identifier(column) + " AS varchar)";
                String listed = values.isEmpty() ? "" : isAmong(column, values);
                // A pattern that the engine refuses makes only this rule fail
                String matched = pattern.map(text -> "TRY(regexp_like(" + value + ", " + text(text) + "))").orElse("");
                yield aggregate("count(" + identifier(column) + ")", "c", index) +
                        aggregate("count_if(" + listed + (listed.isEmpty() || matched.isEmpty() ? "" : " AND ") + matched + ")", "v", index) +
                        (matched.isEmpty() ? "" : aggregate("count(" + matched + ")", "e", index));
            }
            case QualityCondition.DuplicateValues(List<String> columns) -> {
                String value = columns.size() == 1
                        ? identifier(columns.getFirst())
                        : "IF(" + columns.stream().map(column -> identifier(column) + " IS NOT NULL").collect(joining(" AND ")) + ", ROW(" + columns.stream().map(SqlLiteral::identifier).collect(joining(", ")) + "))";
                yield aggregate("count(" + value + ")", "c", index) + aggregate("count(DISTINCT " + value + ")", "v", index);
            }
            case QualityCondition.RowCount _, QualityCondition.Query _, QualityCondition.Elsewhere _ -> "";
        };
    }

    private static String aggregate(String expression, String prefix, int index)
    {
        return ",\n    " + expression + " AS " + prefix + index;
    }

    private static String row(CheckedTable table, QualityRule rule, int index)
    {
        return switch (rule.condition()) {
            case QualityCondition.NullValues _, QualityCondition.MissingValues _ -> failing(table, rule, "n", "(n - v" + index + ")", Optional.empty());
            case QualityCondition.InvalidValues invalid -> {
                String failed = "(c" + index + " - v" + index + ")";
                Optional<String> unusable = invalid.pattern().map(_ -> "e" + index + " < c" + index);
                yield failing(table, rule, "c" + index, unusable.map(condition -> "IF(" + condition + ", NULL, " + failed + ")").orElse(failed), unusable);
            }
            case QualityCondition.DuplicateValues _ -> failing(table, rule, "c" + index, "(c" + index + " - v" + index + ")", Optional.empty());
            case QualityCondition.RowCount _ -> row(table, rule, "n", UNKNOWN_ROWS, "CAST(n AS double)", holds(rule.threshold(), "n", "1"), "NULL");
            case QualityCondition.Query _, QualityCondition.Elsewhere _ -> throw new IllegalArgumentException("Not a rule about rows: " + rule.name());
        };
    }

    private static String failing(CheckedTable table, QualityRule rule, String checked, String failed, Optional<String> unusable)
    {
        boolean percent = rule.threshold().percent();
        // Exact also for percentages: the number of failed rows is compared, not a quotient
        String atLeastOne = "greatest(" + checked + ", 1)";
        return row(
                table,
                rule,
                checked,
                failed,
                percent ? "1E2 * " + failed + " / " + atLeastOne : "CAST(" + failed + " AS double)",
                percent ? holds(rule.threshold(), "(100 * " + failed + ")", atLeastOne) : holds(rule.threshold(), failed, "1"),
                unusable.map(condition -> "IF(" + condition + ", " + text(NO_RESULT) + ")").orElse("NULL"));
    }

    private static String row(CheckedTable table, QualityRule rule, String checked, String failed, String measured, String passed, String note)
    {
        return "ROW(" + String.join(
                ", ",
                varchar(Optional.of(rule.name())),
                varchar(Optional.of(table.name())),
                varchar(rule.columns().isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rule.columns()))),
                varchar(Optional.of(rule.check())),
                varchar(rule.dimension()),
                varchar(rule.severity()),
                "CAST(" + checked + " AS bigint)",
                "CAST(" + failed + " AS bigint)",
                "CAST(NULL AS double)",
                measured,
                varchar(Optional.of(rule.threshold().toString())),
                passed,
                "CAST(" + note + " AS varchar)") + ")";
    }

    private static String varchar(Optional<String> value)
    {
        return "CAST(" + value.map(SqlLiteral::text).orElse("NULL") + " AS varchar)";
    }

    /**
     * @param times what the bounds are multiplied by
     */
    private static String holds(QualityThreshold threshold, String number, String times)
    {
        List<String> bounds = threshold.bounds().stream()
                .map(BigDecimal::toPlainString)
                .map(bound -> "DECIMAL '" + bound + "'" + (times.equals("1") ? "" : " * " + times))
                .collect(toImmutableList());
        return "(" + switch (threshold.operator()) {
            case MUST_BE -> number + " = " + bounds.getFirst();
            case MUST_NOT_BE -> number + " <> " + bounds.getFirst();
            case MUST_BE_GREATER_THAN -> number + " > " + bounds.getFirst();
            case MUST_BE_GREATER_OR_EQUAL_TO -> number + " >= " + bounds.getFirst();
            case MUST_BE_LESS_THAN -> number + " < " + bounds.getFirst();
            case MUST_BE_LESS_OR_EQUAL_TO -> number + " <= " + bounds.getFirst();
            case MUST_BE_BETWEEN -> number + " BETWEEN " + bounds.getFirst() + " AND " + bounds.getLast();
            case MUST_NOT_BE_BETWEEN -> number + " NOT BETWEEN " + bounds.getFirst() + " AND " + bounds.getLast();
        } + ")";
    }

    private String query(CheckedTable table, CheckedRule rule)
    {
        QualityCondition.Query condition = (QualityCondition.Query) rule.rule().condition();
        String source = "CAST(NULL AS decimal(38,6))";
        if (rule.refusal().isEmpty()) {
            String sql = condition.sql();
            for (String placeholder : List.of("${object}", "${table}", "{object}", "{table}")) {
                sql = sql.replace(placeholder, qualified(table));
            }
            for (String placeholder : List.of("${property}", "${column}", "{property}", "{column}")) {
                sql = condition.column().isPresent() ? sql.replace(placeholder, identifier(condition.column().orElseThrow())) : sql;
            }
            source = "CAST((" + sql + ") AS decimal(38,6))";
        }
        String row = row(
                table,
                rule.rule(),
                UNKNOWN_ROWS,
                UNKNOWN_ROWS,
                "CAST(n AS double)",
                holds(rule.rule().threshold(), "n", "1"),
                rule.refusal().map(SqlLiteral::text).orElse("NULL"));
        return select() + " FROM (SELECT " + source + " AS n) AS counted\nCROSS JOIN UNNEST(ARRAY[\n  " + row + "]) AS result (" + columns() + ")";
    }
}
