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
package org.trinomesh.system;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.Insight;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.TableId;
import org.trinomesh.quality.ProductResult;
import org.trinomesh.quality.QualityResults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;

/**
 * What a requester may know of the quality of a product that it may discover. Columns that are hidden from it have no rules and
 * no results. How many rows fail tells of the data, and is for those who see all of it. What tools wrote in their own words may
 * name anything, and is for stewards.
 */
record VisibleQuality(GovernedMesh mesh, DataProduct product)
{
    /**
     * Words of tools for what is checked of a column, which tell nothing else.
     */
    private static final Pattern COMMON_WORDS = Pattern.compile(
            "not_null|unique|accepted_values|relationships|(row|missing|invalid|duplicate)_count|(missing|invalid|duplicate)_percent|expect_column_values_to_(not_be_null|be_null|be_unique|be_in_set|match_regex)");

    private static final Map<String, String> SEVERITIES = ImmutableMap.of("info", "info", "warn", "warning", "warning", "warning", "error", "error");

    List<MeshTable> tables()
    {
        return mesh.mesh().tablesOf(product).collect(toImmutableList());
    }

    static List<QualityRule> rules(GovernedMesh mesh, MeshTable table)
    {
        TableAccess access = mesh.columns(table);
        return table.product().qualityRules().stream()
                .filter(rule -> rule.table().equals(table.table().name()))
                .filter(rule -> rule.columns().stream().noneMatch(access::isHidden))
                .collect(toImmutableList());
    }

    boolean isSteward()
    {
        return mesh.decide(product).isSteward();
    }

    /**
     * Whether the requester may know how many rows passed and failed.
     */
    boolean seesCounts()
    {
        return mesh.decide(product) instanceof Decision.Readable readable && !readable.isRestricted();
    }

    /**
     * Whether the requester may know that a check succeeded: it tells of all rows, and of the values of what it reads as they
     * are. Nobody knows what a query and other tools read.
     */
    boolean seesSuccess(ProductResult productResult)
    {
        ObservedAssertion result = productResult.result();
        Insight insight = Insight.of(mesh, product);
        if (!insight.seesAllRows()) {
            return false;
        }
        List<QualityRule> rules = ownRules(result);
        boolean known = productResult.columnPromised() && (!rules.isEmpty() || (result.column().isPresent() && COMMON_WORDS.matcher(result.assertion()).matches()));
        if (!known || rules.stream().map(QualityRule::condition).anyMatch(condition -> condition instanceof QualityCondition.Query || condition instanceof QualityCondition.Elsewhere)) {
            return insight.seesAllColumns();
        }
        return Stream.concat(
                        rules.stream().flatMap(rule -> rule.condition().columns().stream()),
                        result.column().map(VisibleQuality::columnOf).stream())
                .allMatch(column -> isClear(insight, column));
    }

    private boolean isClear(Insight insight, String column)
    {
        return product.tables().stream()
                .filter(table -> table.columns().stream().anyMatch(promised -> promised.name().equals(column)))
                .allMatch(table -> insight.isClear(table.name(), column));
    }

    /**
     * The rule that a result is of, if it is one of the product's own and the requester may know it.
     */
    Optional<QualityRule> rule(ObservedAssertion result)
    {
        return tables().stream()
                .flatMap(table -> rules(mesh, table).stream())
                .filter(rule -> QualityResults.isOf(result, rule))
                .findFirst();
    }

    /**
     * The table of the rule that a result is of.
     */
    Optional<MeshTable> table(ObservedAssertion result)
    {
        return rule(result).flatMap(rule -> mesh.mesh().table(new TableId(product.id(), rule.table())));
    }

    /**
     * The promised column that a result is about. What tools call a column may be anything.
     */
    Optional<String> column(ObservedAssertion result)
    {
        return result.column()
                .map(VisibleQuality::columnOf)
                .filter(column -> product.tables().stream()
                        .filter(table -> rule(result).filter(rule -> !rule.table().equals(table.name())).isEmpty())
                        .anyMatch(table -> table.columns().stream().anyMatch(promised -> promised.name().equals(column))));
    }

    /**
     * Every rule of the product that a result may be of, known to the requester or not.
     */
    private List<QualityRule> ownRules(ObservedAssertion result)
    {
        return product.qualityRules().stream()
                .filter(rule -> QualityResults.isOf(result, rule))
                .collect(toImmutableList());
    }

    boolean isVisible(ProductResult productResult)
    {
        if (isSteward()) {
            return true;
        }
        if (!productResult.columnPromised()) {
            return false;
        }
        ObservedAssertion result = productResult.result();
        // One of several columns that a rule reads may be hidden, and the result be told of another
        if (ownRules(result).stream().anyMatch(rule -> rule.columns().stream().anyMatch(column -> !isVisible(column)))) {
            return false;
        }
        if (result.column().isEmpty()) {
            return rule(result).isPresent();
        }
        return isVisible(columnOf(result.column().orElseThrow()));
    }

    /**
     * A field inside a column is known to those who see the column.
     */
    private static String columnOf(String path)
    {
        return ColumnPath.columnOf(path).toLowerCase(ENGLISH);
    }

    private boolean isVisible(String column)
    {
        List<MeshTable> having = tables().stream()
                .filter(table -> table.table().columns().stream().anyMatch(promised -> promised.name().equals(column)))
                .collect(toImmutableList());
        return !having.isEmpty() && having.stream().noneMatch(table -> mesh.columns(table).isHidden(column));
    }

    /**
     * What was checked, as far as the requester may read it.
     */
    Optional<String> assertion(ObservedAssertion result)
    {
        if (isSteward()) {
            return Optional.of(result.name().filter(name -> !name.equals(result.assertion())).map(name -> "%s (%s)".formatted(name, result.assertion())).orElse(result.assertion()));
        }
        if (COMMON_WORDS.matcher(result.assertion()).matches()) {
            return Optional.of(result.assertion());
        }
        // The name of a rule, by which it was found
        return rule(result).map(QualityRule::name);
    }

    /**
     * How bad a failure is, in the words of contracts as far as tools say the same; any other word is for stewards.
     */
    Optional<String> severity(ObservedAssertion result)
    {
        Optional<String> known = result.severity().flatMap(severity -> Optional.ofNullable(SEVERITIES.get(severity.toLowerCase(ENGLISH))));
        return known.isEmpty() && isSteward() ? result.severity() : known;
    }
}
