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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.Located;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Problems;
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.descriptor.QualityDescriptor.ThresholdDescriptor;
import org.trinomesh.descriptor.Spelling;
import org.trinomesh.registry.QualityThreshold.Operator;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.registry.QualityRule.Origin.GENERATED;
import static org.trinomesh.registry.QualityRule.Origin.WRITTEN;

/**
 * Checks the data quality rules of one product, and adds those that follow from what is promised of columns. A rule that makes
 * no sense is left out with a warning: the data is the same without it, so that no rule takes a product out of service. The
 * warnings are for stewards, since they name columns that may be hidden from others.
 */
final class QualityRuleBuilder
{
    private static final List<String> CHECKS = ImmutableList.of("unique", "not_null", "regex", "nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount", "sql", "text", "custom");
    private static final Pattern BOUND = Pattern.compile("[-+]?[0-9]{1,18}([.][0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

    private final List<ProductTable> tables;
    private final String product;
    private final Problems problems;
    private final Set<String> names = new HashSet<>();

    /**
     * @param tables those that are served
     * @param product the SQL name of the product, with which the names of its other tables begin
     */
    QualityRuleBuilder(List<ProductTable> tables, String product, Problems problems)
    {
        this.tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        this.product = requireNonNull(product, "product is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    List<QualityRule> build(List<QualityDescriptor> written)
    {
        if (tables.isEmpty()) {
            // What is not served is not checked
            return ImmutableList.of();
        }
        List<QualityDescriptor> named = distinctNames(written);
        List<QualityRule> known = named.stream()
                .flatMap(descriptor -> rule(descriptor).stream())
                .collect(toImmutableList());
        return ImmutableList.<QualityRule>builder().addAll(known).addAll(generated(known)).build();
    }

    /**
     * Takes all names that are written, before any is made.
     */
    private List<QualityDescriptor> distinctNames(List<QualityDescriptor> written)
    {
        ImmutableList.Builder<QualityDescriptor> distinct = ImmutableList.builder();
        for (QualityDescriptor descriptor : written) {
            if (descriptor.name().filter(name -> !names.add(name.value())).isPresent()) {
                Located<String> name = descriptor.name().orElseThrow();
                warn(name, "two quality rules of the product are called '%s'".formatted(name), "give this one another name", descriptor);
            }
            else {
                distinct.add(descriptor);
            }
        }
        return distinct.build();
    }

    private Optional<QualityRule> rule(QualityDescriptor descriptor)
    {
        if (descriptor.check().isEmpty()) {
            // Its reader said so
            return Optional.empty();
        }
        Located<String> check = descriptor.check().orElseThrow();
        if (!CHECKS.contains(check.value())) {
            warn(check, "quality check '%s' is not known".formatted(check), Spelling.nearest(CHECKS, check.value()).map("write '%s'"::formatted).orElse("write one of " + String.join(", ", CHECKS)), descriptor);
            return Optional.empty();
        }
        Optional<ProductTable> table = table(descriptor);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<QualityCondition> condition = condition(descriptor, check, table.orElseThrow());
        // What is checked elsewhere has its words there
        Optional<QualityThreshold> threshold = condition.flatMap(known -> known instanceof QualityCondition.Elsewhere ? Optional.of(QualityThreshold.NONE_FAILS) : threshold(descriptor, check));
        if (threshold.isEmpty()) {
            return Optional.empty();
        }
        String name = descriptor.name().map(Located::value).orElseGet(() -> freeName(table.orElseThrow(), check.value(), condition.orElseThrow().columns()));
        return Optional.of(new QualityRule(
                name,
                check.value(),
                descriptor.description().or(descriptor::businessImpact),
                table.orElseThrow().name(),
                condition.orElseThrow(),
                threshold.orElseThrow(),
                descriptor.dimension(),
                descriptor.severity(),
                WRITTEN,
                descriptor.position()));
    }

    private Optional<ProductTable> table(QualityDescriptor descriptor)
    {
        if (descriptor.table().isEmpty()) {
            Optional<ProductTable> main = tables.size() == 1 ? Optional.of(tables.getFirst()) : tables.stream().filter(ProductTable::main).findFirst();
            if (main.isEmpty()) {
                warn(descriptor.check().orElseThrow(), "the product has several tables, and the quality rule does not say which it is about", "add 'table:' to the rule", descriptor);
            }
            return main;
        }
        Located<String> written = descriptor.table().orElseThrow();
        Optional<String> name = SqlNames.of(written.value());
        Optional<ProductTable> found = tables.stream()
                .filter(table -> name.filter(sqlName -> table.name().equals(sqlName) || table.name().equals(product + "__" + sqlName)).isPresent())
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = tables.stream().map(ProductTable::name).collect(toImmutableList());
            warn(written, "the product has no table '%s'".formatted(written), "write one of " + String.join(", ", known), descriptor);
        }
        return found;
    }

    private Optional<QualityCondition> condition(QualityDescriptor descriptor, Located<String> check, ProductTable table)
    {
        return switch (check.value()) {
            case "not_null", "nullValues" -> column(descriptor, check, table, false).map(column -> new QualityCondition.NullValues(column.name()));
            case "missingValues" -> column(descriptor, check, table, !descriptor.values().isEmpty())
                    .map(column -> new QualityCondition.MissingValues(column.name(), descriptor.values()));
            case "regex", "invalidValues" -> invalidValues(descriptor, check, table);
            case "unique", "duplicateValues" -> uniqueColumns(descriptor, check, table).map(QualityCondition.DuplicateValues::new);
            case "rowCount" -> Optional.of(new QualityCondition.RowCount());
            case "sql" -> query(descriptor, check, table);
            default -> optionalColumn(descriptor, table).map(QualityCondition.Elsewhere::new);
        };
    }

    private Optional<QualityCondition> invalidValues(QualityDescriptor descriptor, Located<String> check, ProductTable table)
    {
        boolean values = check.value().equals("invalidValues") && !descriptor.values().isEmpty();
        if (descriptor.pattern().isEmpty() && !values) {
            warn(check, "the quality rule '%s' does not say what is valid".formatted(check), "add 'pattern:' with a regular expression", descriptor);
            return Optional.empty();
        }
        Optional<Column> column = column(descriptor, check, table, true);
        if (descriptor.pattern().filter(pattern -> !isPattern(pattern, descriptor)).isPresent()) {
            return Optional.empty();
        }
        return column.map(found -> new QualityCondition.InvalidValues(found.name(), values ? descriptor.values() : ImmutableList.of(), descriptor.pattern().map(Located::value)));
    }

    private boolean isPattern(Located<String> pattern, QualityDescriptor descriptor)
    {
        try {
            Pattern.compile(pattern.value());
        }
        catch (PatternSyntaxException e) {
            warn(pattern, "'%s' is not a regular expression: %s".formatted(pattern, e.getDescription()), "write one as Java and Trino's regexp_like know it", descriptor);
            return false;
        }
        if (pattern.value().codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            warn(pattern, "the regular expression has half a character", "write whole characters", descriptor);
            return false;
        }
        return true;
    }

    private Optional<List<String>> uniqueColumns(QualityDescriptor descriptor, Located<String> check, ProductTable table)
    {
        if (descriptor.columns().isEmpty()) {
            return column(descriptor, check, table, false).map(column -> ImmutableList.of(column.name()));
        }
        List<String> columns = descriptor.columns().stream()
                .flatMap(written -> column(written, descriptor, table).stream())
                .map(Column::name)
                .distinct()
                .collect(toImmutableList());
        return columns.size() == descriptor.columns().size() ? Optional.of(columns) : Optional.empty();
    }

    private Optional<QualityCondition> query(QualityDescriptor descriptor, Located<String> check, ProductTable table)
    {
        if (descriptor.query().isEmpty()) {
            warn(check, "the quality rule 'sql' has no query", "add a query that gives one number", descriptor);
            return Optional.empty();
        }
        Located<String> query = descriptor.query().orElseThrow();
        Optional<String> problem = QueryText.problem(query.value());
        if (problem.isPresent()) {
            warn(query, "the query of the quality rule cannot be used: " + problem.orElseThrow(), "write one SELECT without comments and without a ';'", descriptor);
            return Optional.empty();
        }
        return optionalColumn(descriptor, table).map(column -> new QualityCondition.Query(column, query.value()));
    }

    private Optional<Column> column(QualityDescriptor descriptor, Located<String> check, ProductTable table, boolean asText)
    {
        if (descriptor.column().isEmpty()) {
            warn(check, "the quality rule '%s' does not say which column it is about".formatted(check), "add 'column:' to it", descriptor);
            return Optional.empty();
        }
        Located<String> written = descriptor.column().orElseThrow();
        Optional<Column> column = column(written, descriptor, table);
        if (asText && column.filter(found -> !isText(found.type())).isPresent()) {
            warn(written, "values of type %s have no text to compare".formatted(column.orElseThrow().type()), "check a column of another type", descriptor);
            return Optional.empty();
        }
        return column;
    }

    /**
     * The column, if one is named; nothing at all if one is named that does not exist.
     */
    private Optional<Optional<String>> optionalColumn(QualityDescriptor descriptor, ProductTable table)
    {
        if (descriptor.column().isEmpty()) {
            return Optional.of(Optional.empty());
        }
        return column(descriptor.column().orElseThrow(), descriptor, table).map(Column::name).map(Optional::of);
    }

    private Optional<Column> column(Located<String> written, QualityDescriptor descriptor, ProductTable table)
    {
        Optional<Column> found = table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(written.value()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = table.columns().stream().map(Column::name).collect(toImmutableList());
            warn(written, "table '%s' has no column '%s'".formatted(table.name(), written), Spelling.nearest(known, written.value()).map("write '%s'"::formatted).orElse("write one of its columns"), descriptor);
        }
        return found;
    }

    private static boolean isText(DataType type)
    {
        return type instanceof DataType.Scalar(String sql) && !sql.equals("varbinary");
    }

    private Optional<QualityThreshold> threshold(QualityDescriptor descriptor, Located<String> check)
    {
        if (descriptor.threshold().isEmpty()) {
            if (check.value().equals("rowCount") || check.value().equals("sql")) {
                warn(check, "the quality rule '%s' does not say what the number must be".formatted(check), "add an operator with a number: mustBeGreaterThan: 0", descriptor);
                return Optional.empty();
            }
            return Optional.of(QualityThreshold.NONE_FAILS);
        }
        ThresholdDescriptor written = descriptor.threshold().orElseThrow();
        Optional<Operator> operator = Operator.of(written.operator().value());
        if (operator.isEmpty()) {
            List<String> known = Arrays.stream(Operator.values()).map(Operator::written).collect(toImmutableList());
            warn(written.operator(), "operator '%s' is not known".formatted(written.operator()), Spelling.nearest(known, written.operator().value()).map("write '%s'"::formatted).orElse("write one of " + String.join(", ", known)), descriptor);
            return Optional.empty();
        }
        Optional<Boolean> percent = percent(written, check, descriptor);
        Optional<List<BigDecimal>> bounds = bounds(written, operator.orElseThrow(), descriptor);
        return percent.isPresent() && bounds.isPresent()
                ? Optional.of(new QualityThreshold(operator.orElseThrow(), bounds.orElseThrow(), percent.orElseThrow()))
                : Optional.empty();
    }

    private Optional<List<BigDecimal>> bounds(ThresholdDescriptor written, Operator operator, QualityDescriptor descriptor)
    {
        for (Located<String> bound : written.bounds()) {
            if (!isBound(bound.value())) {
                warn(bound, "'%s' is not a number that a count can be compared with".formatted(bound), "write a number of at most 12 digits, and 6 behind the point", descriptor);
                return Optional.empty();
            }
        }
        if (written.bounds().size() != (operator.isRange() ? 2 : 1)) {
            warn(written.operator(), "operator '%s' has %s numbers".formatted(written.operator(), written.bounds().size()), operator.isRange() ? "write two: [1, 10]" : "write one", descriptor);
            return Optional.empty();
        }
        List<BigDecimal> bounds = written.bounds().stream().map(Located::value).map(BigDecimal::new).collect(toImmutableList());
        if (operator.isRange() && bounds.getFirst().compareTo(bounds.getLast()) > 0) {
            warn(written.operator(), "the range of '%s' ends before it begins".formatted(written.operator()), "write the lower number first", descriptor);
            return Optional.empty();
        }
        return Optional.of(bounds);
    }

    /**
     * A number so small that comparing it with a count stays exact.
     */
    private static boolean isBound(String written)
    {
        if (!BOUND.matcher(written).matches()) {
            return false;
        }
        BigDecimal number = new BigDecimal(written).stripTrailingZeros();
        return number.scale() <= 6 && number.precision() - number.scale() <= 12;
    }

    private Optional<Boolean> percent(ThresholdDescriptor written, Located<String> check, QualityDescriptor descriptor)
    {
        if (written.unit().isEmpty() || written.unit().orElseThrow().value().equals("rows")) {
            return Optional.of(false);
        }
        Located<String> unit = written.unit().orElseThrow();
        if (!unit.value().equals("percent")) {
            warn(unit, "unit '%s' is not known".formatted(unit), "write rows or percent", descriptor);
            return Optional.empty();
        }
        if (check.value().equals("rowCount") || check.value().equals("sql")) {
            warn(unit, "the quality rule '%s' has no share of rows".formatted(check), "remove the unit", descriptor);
            return Optional.empty();
        }
        return Optional.of(true);
    }

    private List<QualityRule> generated(List<QualityRule> written)
    {
        ImmutableList.Builder<QualityRule> rules = ImmutableList.builder();
        for (ProductTable table : tables) {
            for (Column column : table.columns()) {
                if (!column.nullable()) {
                    generated(written, table, column, "not_null", new QualityCondition.NullValues(column.name())).ifPresent(rules::add);
                }
                if (column.details().unique()) {
                    generated(written, table, column, "unique", new QualityCondition.DuplicateValues(ImmutableList.of(column.name()))).ifPresent(rules::add);
                }
            }
        }
        return rules.build();
    }

    /**
     * Nothing when a rule was written of the same, which may demand less.
     */
    private Optional<QualityRule> generated(List<QualityRule> written, ProductTable table, Column column, String check, QualityCondition condition)
    {
        if (written.stream().anyMatch(rule -> rule.table().equals(table.name()) && rule.condition().equals(condition))) {
            return Optional.empty();
        }
        return Optional.of(new QualityRule(
                freeName(table, check, condition.columns()),
                check,
                Optional.empty(),
                table.name(),
                condition,
                QualityThreshold.NONE_FAILS,
                Optional.empty(),
                Optional.empty(),
                GENERATED,
                column.position()));
    }

    private String freeName(ProductTable table, String check, List<String> columns)
    {
        String stem = (table.main() || tables.size() == 1 ? "" : table.name() + "-") + (columns.isEmpty() ? "" : String.join("-", columns) + "-") + check;
        String name = stem;
        for (int number = 2; !names.add(name); number++) {
            name = stem + "-" + number;
        }
        return name;
    }

    private void warn(Located<String> place, String message, String remedy, QualityDescriptor descriptor)
    {
        String rule = descriptor.name().map(name -> " '" + name + "'").orElse("");
        problems.add(Problem.warning(place.position(), message, "%s; until then the rule%s is not checked".formatted(remedy, rule)).forStewards());
    }
}
