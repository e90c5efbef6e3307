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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.Position;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Problems;
import org.trinomesh.descriptor.ScopeDescriptor;
import org.trinomesh.governance.Rule.Effect;
import org.trinomesh.registry.Closure;
import org.trinomesh.registry.Column;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.DomainRules;
import org.trinomesh.registry.GovernanceSettings;
import org.trinomesh.registry.MeshGovernance;
import org.trinomesh.registry.ProductTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Applies every rule to one product, column by column, and says what is wrong with the rules where they meet it.
 */
final class ProductCompiler
{
    /**
     * The stricter effect first, then the rule of the higher level.
     */
    static final Comparator<AppliedRule> STRICTEST_FIRST = comparing(ProductCompiler::strength, Masks.STRICTEST_FIRST)
            .thenComparing(rule -> rule.rule().level())
            .thenComparing(rule -> rule.rule().name());

    private final DataProduct product;
    private final DomainRules domain;
    private final MeshGovernance governance;
    private final MaskKeyVersions keys;
    private final List<Rule> rules;
    private final Optional<ProductPolicy> previous;
    private final List<Closing> closings = new ArrayList<>();
    private final Problems problems = new Problems();

    /**
     * @param rules those of policies and domains that may speak of the product
     * @param previous what was said of the product before, of which a rule stays that would be loosened now
     */
    ProductCompiler(DataProduct product, DomainRules domain, List<Rule> rules, MeshGovernance governance, MaskKeyVersions keys, Optional<ProductPolicy> previous)
    {
        this.product = requireNonNull(product, "product is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.governance = requireNonNull(governance, "governance is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.previous = requireNonNull(previous, "previous is null");
        this.rules = ImmutableList.<Rule>builder()
                .addAll(rules)
                .addAll(ownRules(product, new Problems()).stream().filter(rule -> rule.scope().matches(product)).toList())
                .build();
    }

    /**
     * The rules of the product's own document.
     */
    static List<Rule> ownRules(DataProduct product, Problems problems)
    {
        return new RuleReader(problems).read(product.rules(), product.qualifiedName(), Level.PRODUCT, Optional.of(product.domain()));
    }

    ProductPolicy compile()
    {
        return compile(product.tables());
    }

    /**
     * What is said of the product, applied to these tables.
     */
    ProductPolicy compile(List<ProductTable> served)
    {
        governance.closures().stream()
                .filter(closure -> closure.covers(product))
                .map(Closure::position)
                .forEach(position -> closings.add(Closing.always(Reason.of("a file of policies cannot be read", position))));
        List<AppliedRule> denials = ImmutableList.<AppliedRule>builder().addAll(applied(Effect.Deny.class)).addAll(ConsumerRules.denials(product)).build();
        checkDenied(denials);
        List<TablePolicy> tables = served.stream().map(this::table).collect(toImmutableList());
        return new ProductPolicy(
                product,
                product.findable(),
                grants(),
                denials,
                tables,
                closings);
    }

    List<Problem> problems()
    {
        return problems.toList().stream()
                .map(problem -> problem.about(product.domain(), product.sqlName()).ownedBy(product.owner()).forStewards())
                .collect(toImmutableList());
    }

    /**
     * Who is given what the mesh denies would be surprised otherwise.
     */
    private void checkDenied(List<AppliedRule> denials)
    {
        for (AppliedRule denial : denials) {
            product.accessRules().stream()
                    .filter(_ -> denial.rule().level() == Level.GLOBAL)
                    .filter(access -> denial.audience().names(access.principal()) && !denial.audience().except().contains(access.principal()))
                    .forEach(access -> problems.warning(
                            access.position(),
                            "%s gets nothing by this: rule %s (%s) denies it, and no product can undo that".formatted(access.principal(), denial.rule().name(), denial.rule().position()),
                            "remove the entry, or ask for an exception in the rule"));
        }
    }

    private List<AppliedGrant> grants()
    {
        ImmutableList.Builder<AppliedGrant> grants = ImmutableList.builder();
        product.accessRules().forEach(rule -> grants.add(new AppliedGrant(rule.principal(), ImmutableSet.of(), rule.permissions(), Validity.ALWAYS, Optional.empty(), rule.position())));
        for (AppliedRule rule : applied(Effect.Allow.class)) {
            Effect.Allow allow = (Effect.Allow) rule.effect();
            rule.audience().principals().forEach(principal -> grants.add(new AppliedGrant(
                    principal,
                    rule.audience().except(),
                    allow.permissions(),
                    rule.rule().validity(),
                    Optional.of("rule " + rule.rule().name()),
                    rule.rule().position())));
        }
        return grants.addAll(ConsumerRules.grants(product)).build();
    }

    private List<AppliedRule> applied(Class<? extends Effect> effect)
    {
        return rules.stream()
                .filter(rule -> effect.isInstance(rule.effect()))
                .map(rule -> new AppliedRule(rule, audience(rule), rule.effect()))
                .collect(toImmutableList());
    }

    private Audience audience(Rule rule)
    {
        return Audience.of(rule.principals(), rule.except(), product.domain(), governance.settings());
    }

    private TablePolicy table(ProductTable table)
    {
        return new TablePolicy(
                table.name(),
                table.columns().stream().map(column -> column(table, column)).collect(toImmutableList()),
                applied(Effect.FilterRows.class).stream().filter(rule -> isFitting(rule, table)).collect(toImmutableList()));
    }

    /**
     * A filter that does not fit the table cannot be left out, so the product is.
     */
    private boolean isFitting(AppliedRule rule, ProductTable table)
    {
        List<String> refusals = RowFilterFit.refusals(((Effect.FilterRows) rule.effect()).filter(), table);
        for (String refusal : refusals) {
            closings.add(Closing.always(rule.rule().reason("row filter %s does not fit its table %s".formatted(rule.rule().name(), table.name()))));
            problems.error(rule.rule().position(), "row filter %s does not fit table '%s.%s', which is not served: %s".formatted(rule.rule().name(), product.domain(), table.name(), refusal), "correct the filter, or match other products");
        }
        return refusals.isEmpty();
    }

    private ColumnPolicy column(ProductTable table, Column column)
    {
        ColumnAttributes attributes = attributes(column);
        checkIdentifiers(column);
        List<AppliedRule> applied = new ArrayList<>();
        for (Rule rule : rules) {
            MaskFitter fitter = new MaskFitter(
                    governance.settings().identifiers()::containsKey,
                    misfit -> problems.warning(rule.position(), "rule %s: column %s of %s".formatted(rule.name(), misfit, product.qualifiedName()), "give the column a rule that fits its type"));
            fitter.effect(rule, attributes, column.fields()).ifPresent(effect -> applied.add(new AppliedRule(rule, audience(rule), effect)));
        }
        applied.addAll(ownMasks(column, attributes));
        applied.addAll(checkLoosening(table, column, applied));
        applied.forEach(this::checkKey);
        return new ColumnPolicy(attributes, applied.stream().sorted(STRICTEST_FIRST).collect(toImmutableList()));
    }

    private static Mask strength(AppliedRule rule)
    {
        // Hidden is stricter than any mask; the name of the order is all that is asked of it here
        return rule.effect() instanceof Effect.MaskColumns(Mask mask) ? mask : new Mask.Null();
    }

    private ColumnAttributes attributes(Column column)
    {
        ColumnAttributes own = new ColumnAttributes(
                column.name(),
                column.type(),
                column.classification().or(product::classification).or(domain::classification),
                Stream.of(column.tags(), product.tags(), domain.tags()).flatMap(Set::stream).collect(toImmutableSet()),
                column.identifier());
        ColumnAttributes ruled = classified(own);
        for (Rule rule : rules) {
            if (rule.effect() instanceof Effect.Classify(Optional<String> classification, Set<String> _) && rule.scope().matches(ruled) &&
                    column.classification().isPresent() && classification.isPresent() && Classifications.isWeaker(column.classification().get(), classification.get())) {
                problems.error(
                        column.position(),
                        "column '%s' says classification '%s', and rule %s (%s) says '%s', which stays".formatted(column.name(), column.classification().get(), rule.name(), rule.position(), classification.get()),
                        "remove the weaker classification: a product may only tighten");
            }
        }
        return ruled;
    }

    /**
     * With what all classification rules add. What one adds may let another match, whatever their order, and nothing is taken away, so
     * that it ends.
     */
    private ColumnAttributes classified(ColumnAttributes column)
    {
        ColumnAttributes ruled = column;
        for (Rule rule : rules) {
            if (rule.effect() instanceof Effect.Classify(Optional<String> classification, Set<String> tags) && rule.scope().matches(ruled)) {
                ruled = ruled.with(classification, tags);
            }
        }
        return ruled.equals(column) ? column : classified(ruled);
    }

    private void checkIdentifiers(Column column)
    {
        GovernanceSettings settings = governance.settings();
        Stream.concat(column.identifier().stream(), ColumnFields.identifiers(column.fields()).stream())
                .filter(identifier -> settings.identifiers().containsKey(identifier) && !settings.identifiers().get(identifier).contains(product.domain()))
                .forEach(identifier -> {
                    closings.add(Closing.always(Reason.of("domain %s may not declare identifier type %s".formatted(product.domain(), identifier), column.position())));
                    problems.error(column.position(), "domain '%s' may not declare columns of identifier type '%s', so the product is not served".formatted(product.domain(), identifier), "ask the platform to list the domain under identifiers of the Mesh document: who may declare a type can compare its pseudonyms");
                });
    }

    private void checkKey(AppliedRule rule)
    {
        if (rule.effect() instanceof Effect.MaskColumns(Mask mask)) {
            keys.missing(mask).ifPresent(missing -> {
                closings.add(Closing.always(rule.rule().reason("mask %s of rule %s needs a key, and %s".formatted(mask, rule.rule().name(), missing))));
                problems.error(rule.rule().position(), "rule %s: %s, so %s is not served".formatted(rule.rule().name(), missing, product.qualifiedName()), "add the key to the catalog file of every node");
            });
        }
    }

    private List<AppliedRule> ownMasks(Column column, ColumnAttributes attributes)
    {
        ImmutableList.Builder<AppliedRule> masks = ImmutableList.builder();
        OwnMasks.of(column, attributes, new Problems()).ifPresent(mask -> masks.add(ownRule(column.name() + ".mask", new Effect.MaskColumns(mask), column.position())));
        if (column.hidden()) {
            masks.add(ownRule(column.name() + ".hidden", new Effect.HideColumns(), column.position()));
        }
        return masks.build();
    }

    private AppliedRule ownRule(String id, Effect effect, Position position)
    {
        Rule rule = new Rule(
                product.qualifiedName() + "/columns." + id,
                Level.PRODUCT,
                Optional.of(product.domain()),
                effect,
                new Scope(ScopeDescriptor.everything(position)),
                ImmutableList.of(),
                ImmutableList.of(),
                Validity.ALWAYS,
                Optional.empty(),
                position);
        return new AppliedRule(rule, Audience.ALL_BUT_STEWARDS, effect);
    }

    /**
     * @return what refused rules said before, which stays
     */
    private List<AppliedRule> checkLoosening(ProductTable table, Column column, List<AppliedRule> applied)
    {
        ImmutableList.Builder<AppliedRule> before = ImmutableList.builder();
        for (AppliedRule weaker : applied) {
            Optional<AppliedRule> undone = Loosening.of(weaker, applied);
            undone.flatMap(_ -> before(table, column, weaker.rule())).ifPresent(before::add);
            undone.ifPresent(stricter -> problems.error(
                    weaker.rule().position(),
                    "rule %s would loosen rule %s (%s): it shows column '%s' of %s as %s, and that one says %s, which stays".formatted(
                            weaker.rule().name(),
                            stricter.rule().name(),
                            stricter.rule().position(),
                            column.name(),
                            product.qualifiedName(),
                            weaker.effect(),
                            stricter.effect()),
                    "remove the rule, or make it stricter: a %s may only tighten".formatted(weaker.rule().level() == Level.DOMAIN ? "domain" : "product")));
        }
        return before.build();
    }

    private Optional<AppliedRule> before(ProductTable table, Column column, Rule refused)
    {
        return previous.stream()
                .flatMap(policy -> policy.tables().stream())
                .filter(policy -> policy.table().equals(table.name()))
                .flatMap(policy -> policy.columns().stream())
                .filter(policy -> policy.column().path().equals(column.name()) && policy.column().type().equals(column.type()))
                .flatMap(policy -> policy.rules().stream())
                .filter(rule -> rule.rule().name().equals(refused.name()))
                .findFirst();
    }
}
