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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.product.SqlNames;
import org.trinomesh.text.Spelling;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.product.QualityRule.Origin.GENERATED;
import static org.trinomesh.product.QualityRule.Origin.WRITTEN;

/**
 * Checks the data quality rules of one product, and adds those that follow from what is promised of columns. A rule that makes
 * no sense is left out with a warning: the data is the same without it, so that no rule takes a product out of service.
 */
public final class QualityRuleBuilder
{
    private static final List<String> CHECKS = ImmutableList.of("unique", "not_null", "regex", "nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount", "sql", "text", "custom");

    private final List<ProductTable> tables;
    private final String product;
    private final Problems problems;
    private final Set<String> names = new HashSet<>();

    /**
     * @param tables those that are served
     * @param product the SQL name of the product, with which the names of its other tables begin
     */
    public QualityRuleBuilder(List<ProductTable> tables, String product, Problems problems)
    {
        this.tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        this.product = requireNonNull(product, "product is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    public List<QualityRule> build(List<QualityDescriptor> written)
    {
        if (tables.isEmpty()) {
            // Tables that are not served are not checked
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
                new QualityWarnings(descriptor, problems).warn(name, "two quality rules of the product are called '%s'".formatted(name), "give this one another name");
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
            // Already reported when it was read
            return Optional.empty();
        }
        Located<String> check = descriptor.check().orElseThrow();
        QualityWarnings warnings = new QualityWarnings(descriptor, problems);
        if (!CHECKS.contains(check.value())) {
            warnings.warn(check, "quality check '%s' is not known".formatted(check), Spelling.nearest(CHECKS, check.value()).map("write '%s'"::formatted).orElse("write one of " + String.join(", ", CHECKS)));
            return Optional.empty();
        }
        Optional<ProductTable> table = table(descriptor, warnings);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<QualityCondition> condition = new QualityConditionBuilder(descriptor, check, table.orElseThrow(), warnings).build();
        // Other tools check their rules with thresholds of their own
        Optional<QualityThreshold> threshold = condition.flatMap(known -> known instanceof QualityCondition.Elsewhere
                ? Optional.of(QualityThreshold.NONE_FAILS)
                : new QualityThresholdBuilder(descriptor.threshold(), check, warnings).build());
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

    private Optional<ProductTable> table(QualityDescriptor descriptor, QualityWarnings warnings)
    {
        if (descriptor.table().isEmpty()) {
            Optional<ProductTable> main = tables.size() == 1 ? Optional.of(tables.getFirst()) : tables.stream().filter(ProductTable::main).findFirst();
            if (main.isEmpty()) {
                warnings.warn(descriptor.check().orElseThrow(), "the product has several tables, and the quality rule does not say which it is about", "add 'table:' to the rule");
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
            warnings.warn(written, "the product has no table '%s'".formatted(written), "write one of " + String.join(", ", known));
        }
        return found;
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
     * Empty when a written rule is about the same, because that one may demand less.
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
}
