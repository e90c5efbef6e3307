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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.quality.ManifestResult;
import org.trinomesh.quality.ProductResult;
import org.trinomesh.quality.QualityResults;
import org.trinomesh.quality.TableCounts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * What a requester may know of the quality checks of a product that it may discover. Columns that are hidden from it have no rules and
 * no results. The number of failed rows reveals something about the data, so only readers of all of it see it. Texts that tools wrote
 * may name anything, so only stewards see them.
 */
public record VisibleQuality(VisibleProduct visible)
        implements ProductFact
{
    private static final String MANIFESTS = "manifests";

    /**
     * Names that tools use for checks of a column and that reveal nothing else.
     */
    private static final Pattern COMMON_WORDS = Pattern.compile(
            "not_null|unique|accepted_values|relationships|(row|missing|invalid|duplicate)_count|(missing|invalid|duplicate)_percent|expect_column_values_to_(not_be_null|be_null|be_unique|be_in_set|match_regex)");

    private static final Map<String, String> SEVERITIES = ImmutableMap.of("info", "info", "warn", "warning", "warning", "warning", "error", "error");

    public VisibleQuality
    {
        requireNonNull(visible, "visible is null");
    }

    /**
     * The last results that the requester may know of.
     */
    public static Stream<VisibleQualityResult> results(GovernedMesh mesh, CurrentQuality quality, List<VisibleProduct> products)
    {
        QualityResults results = quality.of(mesh.mesh());
        return products.stream()
                .map(VisibleQuality::new)
                .flatMap(product -> results.of(product.product()).stream()
                        .filter(product::isVisible)
                        .map(product::visible));
    }

    /**
     * The tables of which the requester may know what manifests count right now. These counts are exact, so only requesters who may know how
     * many rows fail see them.
     */
    public static Stream<MeshTable> countedTables(VisibleProduct visible)
    {
        if (visible.product().qualityRules().isEmpty() || !visible.is(Closeness.READER_OF_EVERYTHING)) {
            return Stream.of();
        }
        return visible.tables().filter(table -> ofTable(table).anyMatch(ManifestResult::isCounted));
    }

    /**
     * What manifests say of the rules of a table.
     *
     * @param table one of {@link #countedTables}
     */
    public static Stream<VisibleQualityResult> counted(VisibleProduct visible, MeshTable table, TableCounts counts)
    {
        return ofTable(table).flatMap(rule -> ManifestResult.of(rule, counts).stream().map(result -> new VisibleQualityResult(
                visible,
                Optional.of(rule.name()),
                Optional.of(rule.name()),
                Optional.of(table.name()),
                rule.columns().size() == 1 ? Optional.of(rule.columns().getFirst()) : Optional.empty(),
                rule.columns().isEmpty() ? Optional.empty() : Optional.of(String.join(", ", rule.columns())),
                result.passed(),
                result.failed(),
                Optional.of(result.success()),
                rule.severity(),
                Optional.empty(),
                Optional.empty(),
                MANIFESTS,
                counts.at())));
    }

    private static Stream<QualityRule> ofTable(MeshTable table)
    {
        return table.product().qualityRules().stream().filter(rule -> rule.table().equals(table.table().name()));
    }

    /**
     * The rules of a table that name no column which is hidden from the requester.
     */
    static Stream<QualityRule> rules(GovernedMesh mesh, MeshTable table)
    {
        TableAccess access = mesh.columns(table);
        return ofTable(table).filter(rule -> rule.columns().stream().noneMatch(access::isHidden));
    }

    private VisibleQualityResult visible(ProductResult productResult)
    {
        ObservedAssertion result = productResult.result();
        return new VisibleQualityResult(
                visible,
                rule(result).map(QualityRule::name),
                assertion(result),
                table(result),
                column(result),
                result.column(),
                result.passed(),
                result.failed(),
                Optional.of(result.success()).filter(_ -> seesSuccess(productResult)),
                severity(result),
                Optional.of(result.runId()),
                Optional.of(result.job()),
                result.producer(),
                result.at());
    }

    /**
     * Whether the requester may read the own words of tools, which may name anything.
     */
    private boolean readsWords()
    {
        return visible.is(Closeness.UNRESTRICTED_STEWARD);
    }

    /**
     * Whether the requester may know that a check succeeded: this reveals something about all rows, and about the unmasked
     * values of the columns that the check reads. It is not known what a query or another tool reads.
     */
    boolean seesSuccess(ProductResult productResult)
    {
        ObservedAssertion result = productResult.result();
        ProductAccess access = visible.access();
        if (!access.seesAllRows()) {
            return false;
        }
        List<QualityRule> rules = ownRules(result);
        boolean known = productResult.columnPromised() && (!rules.isEmpty() || (result.column().isPresent() && COMMON_WORDS.matcher(result.assertion()).matches()));
        if (!known || rules.stream().map(QualityRule::condition).anyMatch(condition -> condition instanceof QualityCondition.Query || condition instanceof QualityCondition.Elsewhere)) {
            return access.readsAllColumns();
        }
        return Stream.concat(
                        rules.stream().flatMap(rule -> rule.condition().columns().stream()),
                        result.column().map(VisibleQuality::columnOf).stream())
                .allMatch(column -> isClear(access, column));
    }

    private boolean isClear(ProductAccess access, String column)
    {
        return product().tables().stream()
                .filter(table -> table.columns().stream().anyMatch(promised -> promised.name().equals(column)))
                .allMatch(table -> access.isClear(table.name(), column));
    }

    /**
     * The rule that a result is of, if it is one of the product's own and the requester may know it.
     */
    Optional<QualityRule> rule(ObservedAssertion result)
    {
        return visible.tables()
                .flatMap(table -> rules(visible.mesh(), table))
                .filter(rule -> QualityResults.isOf(result, rule))
                .findFirst();
    }

    /**
     * The table of the rule that a result is of.
     */
    private Optional<String> table(ObservedAssertion result)
    {
        return rule(result).flatMap(rule -> visible.tableName(rule.table()));
    }

    /**
     * The promised column that a result is about. What tools call a column may be anything.
     */
    private Optional<String> column(ObservedAssertion result)
    {
        return result.column()
                .map(VisibleQuality::columnOf)
                .filter(column -> product().tables().stream()
                        .filter(table -> rule(result).filter(rule -> !rule.table().equals(table.name())).isEmpty())
                        .anyMatch(table -> table.columns().stream().anyMatch(promised -> promised.name().equals(column))));
    }

    /**
     * Every rule of the product that a result may be of, known to the requester or not.
     */
    private List<QualityRule> ownRules(ObservedAssertion result)
    {
        return product().qualityRules().stream()
                .filter(rule -> QualityResults.isOf(result, rule))
                .collect(toImmutableList());
    }

    boolean isVisible(ProductResult productResult)
    {
        if (readsWords()) {
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
        List<MeshTable> having = visible.tables()
                .filter(table -> table.table().columns().stream().anyMatch(promised -> promised.name().equals(column)))
                .collect(toImmutableList());
        return !having.isEmpty() && having.stream().noneMatch(table -> visible.mesh().columns(table).isHidden(column));
    }

    /**
     * What was checked, as far as the requester may read it.
     */
    Optional<String> assertion(ObservedAssertion result)
    {
        if (readsWords()) {
            return Optional.of(result.name().filter(name -> !name.equals(result.assertion())).map(name -> "%s (%s)".formatted(name, result.assertion())).orElse(result.assertion()));
        }
        if (COMMON_WORDS.matcher(result.assertion()).matches()) {
            return Optional.of(result.assertion());
        }
        // The name of a rule, by which it was found
        return rule(result).map(QualityRule::name);
    }

    /**
     * The severity of a failure, in the terms of contracts if the tool uses one of them; any other word is only for
     * stewards.
     */
    Optional<String> severity(ObservedAssertion result)
    {
        Optional<String> known = result.severity().flatMap(severity -> Optional.ofNullable(SEVERITIES.get(severity.toLowerCase(ENGLISH))));
        return known.isEmpty() && readsWords() ? result.severity() : known;
    }
}
