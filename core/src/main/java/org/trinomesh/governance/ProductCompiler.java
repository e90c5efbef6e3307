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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.governance.Inheritance.TableColumn;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.platform.Closure;
import org.trinomesh.policy.AppliedGrant;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.Audience;
import org.trinomesh.policy.Closing;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnClassifier;
import org.trinomesh.policy.ColumnFields;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.ConsumerRules;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.IdentifierTypes;
import org.trinomesh.policy.KnownWords;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.MaskFitter;
import org.trinomesh.policy.OwnColumnRules;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.RuleReader;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.policy.Validity;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.Permission;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.MeshGovernance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Applies every rule to one product, column by column, and reports the problems of the rules with this product.
 */
final class ProductCompiler
{
    private static final int MAXIMUM_RULES = 500;
    private static final int MAXIMUM_APPLIED_RULES = 100_000;

    private final DataProduct product;
    private final MeshGovernance governance;
    private final MaskKeyVersions keys;
    private final List<Rule> rules;
    private final boolean overloaded;
    private final Optional<ProductPolicy> previous;
    private final List<Closing> closings = new ArrayList<>();
    private final Problems problems = new Problems();
    private final ColumnClassifier classifier;
    private final IdentifierTypes identifiers;
    private final PseudonymChecks pseudonyms;
    private final FieldKnowledge knowledge;
    private final Map<TableColumn, Inherited> inherited;
    private final Declassification declassification;
    private final SourceRuleChecks sourceRules;

    /**
     * @param rules those of policies and domains that may speak of the product
     * @param knowledge what is known of the tables that the product publishes
     * @param inherited what is said of the columns that the product's queries show
     * @param previous what was said of the product before, of which a rule stays that would be loosened now
     */
    ProductCompiler(DataProduct product, DomainRules domain, List<Rule> rules, MeshGovernance governance, MaskKeyVersions keys, FieldKnowledge knowledge, Map<TableColumn, Inherited> inherited, Optional<ProductPolicy> previous)
    {
        this.product = requireNonNull(product, "product is null");
        this.governance = requireNonNull(governance, "governance is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.previous = requireNonNull(previous, "previous is null");
        List<Rule> all = ImmutableList.<Rule>builder()
                .addAll(rules)
                .addAll(ownRules(product, new Problems()).stream().filter(rule -> rule.scope().matches(product)).toList())
                .build();
        this.overloaded = isOverloaded(product, all);
        this.rules = overloaded ? all.stream().filter(rule -> rule.level() == Level.GLOBAL).collect(toImmutableList()) : all;
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
        this.inherited = ImmutableMap.copyOf(requireNonNull(inherited, "inherited is null"));
        this.identifiers = IdentifierTypes.of(product.domain(), governance.settings());
        this.classifier = new ColumnClassifier(product, domain, this.rules, identifiers, problems);
        this.pseudonyms = new PseudonymChecks(product, identifiers, problems);
        this.sourceRules = new SourceRuleChecks(product);
        this.declassification = new Declassification(product, domain, this.rules, identifiers);
    }

    /**
     * Whether the domain writes more rules than can be compared with each other, for each column, while others wait.
     */
    private static boolean isOverloaded(DataProduct product, List<Rule> rules)
    {
        long written = rules.stream().filter(rule -> rule.level() != Level.GLOBAL).count();
        long columns = product.tables().stream().mapToLong(table -> table.columns().size()).sum();
        return written > MAXIMUM_RULES || written * columns > MAXIMUM_APPLIED_RULES;
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
     * Applies the rules about the product to these tables.
     */
    ProductPolicy compile(List<ProductTable> served)
    {
        governance.closures().stream()
                .filter(closure -> closure.covers(product))
                .map(Closure::position)
                .forEach(position -> closings.add(Closing.always(Reason.of("a file of policies cannot be read", position))));
        if (overloaded) {
            String message = "more than %s rules of the domain and the product are about it, or more than %s with each column counted".formatted(MAXIMUM_RULES, MAXIMUM_APPLIED_RULES);
            closings.add(Closing.always(Reason.of(message, product.position())));
            problems.error(product.position(), "out of service: " + message, "write fewer rules, by tags or classification instead of single columns");
        }
        List<AppliedRule> denials = ImmutableList.<AppliedRule>builder().addAll(applied(Effect.Deny.class)).addAll(unenforceable(served)).addAll(ConsumerRules.denials(product)).build();
        checkDenied(denials);
        List<TablePolicy> tables = served.stream().map(this::table).collect(toImmutableList());
        return new ProductPolicy(
                product,
                product.findable(),
                grants(),
                denials,
                tables,
                Stream.concat(closings.stream(), pseudonyms.closings().stream()).distinct().collect(toImmutableList()));
    }

    List<Problem> problems()
    {
        return located(problems.toList());
    }

    /**
     * What rules cannot declassify, and which ones do not follow, for those who may know what the sources of the product's queries say.
     */
    List<Problem> problemsOfSources()
    {
        return located(ImmutableList.<Problem>builder().addAll(declassification.problems()).addAll(sourceRules.problems()).build());
    }

    private List<Problem> located(List<Problem> found)
    {
        return found.stream()
                .map(problem -> problem.about(product.domain(), product.sqlName()).ownedBy(product.owner()))
                .collect(toImmutableList());
    }

    /**
     * Warns about entries that grant what the mesh denies.
     */
    private void checkDenied(List<AppliedRule> denials)
    {
        for (AppliedRule denial : denials) {
            product.accessRules().stream()
                    .filter(_ -> denial.rule().level() == Level.GLOBAL)
                    .filter(access -> denial.audience().names(access.principal()) && !denial.audience().except().contains(access.principal()))
                    .forEach(access -> problems.warning(
                            access.position(),
                            "%s gets no access from this entry: rule %s (%s) denies it, and a product cannot override a denial".formatted(access.principal(), denial.rule().name(), denial.rule().position()),
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
                    principal.kind() == Principal.Kind.DOMAIN ? Sets.intersection(allow.permissions(), Permission.OF_DOMAINS) : allow.permissions(),
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

    /**
     * A condition on the rows of a query could be evaluated behind one of the reader's, which would meet the rows that it hides. So
     * those for whom it is written read nothing, unless the rows are stored, or the query takes them as they are from one table.
     */
    private List<AppliedRule> unenforceable(List<ProductTable> served)
    {
        List<AppliedRule> denials = new ArrayList<>();
        for (AppliedRule rule : applied(Effect.FilterRows.class)) {
            Optional<ProductTable> refused = served.stream().filter(table -> !isEnforceable(rule, table)).findFirst();
            if (refused.isPresent()) {
                problems.warning(
                        rule.rule().position(),
                        "row filter %s cannot leave rows out of table '%s.%s', which a query computes, so those whom it means read nothing".formatted(rule.rule().name(), product.domain(), refused.get().name()),
                        "store the rows of the query, or let it take the rows of one stored product one by one and show the compared columns unchanged");
                denials.add(new AppliedRule(
                        rule.rule().withDescription("it would hide some of the rows, which is only possible where rows are stored, or where a query takes them one by one from one stored product and shows the compared columns unchanged"),
                        rule.audience(),
                        new Effect.Deny()));
            }
        }
        return denials;
    }

    private boolean isEnforceable(AppliedRule rule, ProductTable table)
    {
        RowFilter filter = ((Effect.FilterRows) rule.effect()).filter();
        return table.physical().isPresent() ||
                // Nothing is said of its sources, and nobody reads it
                inherited.isEmpty() ||
                filter.comparisons().stream().allMatch(comparison -> inherited.getOrDefault(new TableColumn(table.name(), comparison.column()), Inherited.NOTHING).scanned()
                        .filter(scanned -> scanned.onlyMeaning() || rule.rule().level() != Level.GLOBAL)
                        .isPresent());
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
                applied(Effect.FilterRows.class).stream().filter(rule -> isEnforceable(rule, table) && isFitting(rule, table)).collect(toImmutableList()));
    }

    /**
     * A filter that does not fit the table cannot be left out, so the product is taken out of service.
     */
    private boolean isFitting(AppliedRule rule, ProductTable table)
    {
        RowFilter filter = ((Effect.FilterRows) rule.effect()).filter();
        List<String> refusals = ImmutableList.<String>builder()
                .addAll(RowFilterFit.refusals(filter, table))
                .addAll(rule.rule().level() == Level.GLOBAL ? RowFilterFit.otherMeanings(filter, table, knowledge.of(table.source())) : ImmutableList.of())
                .build();
        for (String refusal : refusals) {
            closings.add(Closing.always(rule.rule().reason("row filter %s does not fit its table %s".formatted(rule.rule().name(), table.name()))));
            problems.error(rule.rule().position(), "row filter %s does not fit table '%s.%s', which is not served: %s".formatted(rule.rule().name(), product.domain(), table.name(), refusal), "correct the filter, or match other products");
        }
        return refusals.isEmpty();
    }

    private ColumnPolicy column(ProductTable table, Column promised)
    {
        Inherited whole = inherited.getOrDefault(new TableColumn(table.name(), promised.name()), Inherited.NOTHING);
        Optional<Rule> declassified = declassification.of(table, promised, whole);
        Inherited ofSources = declassified.isPresent() ? Inherited.NOTHING : whole;
        KnownWords known = table.query().isPresent() ? ofSources.words() : FieldKnowledge.known(knowledge.of(table.source()), promised);
        Column column = table.query().isPresent() ? ComputedColumn.of(promised, known.column()) : promised;
        ColumnAttributes attributes = classifier.attributes(column, known);
        ColumnAttributes own = table.query().isPresent() ? classifier.attributes(promised, KnownWords.NONE) : attributes;
        List<AppliedRule> written = new ArrayList<>();
        for (Rule rule : rules) {
            // What a rule hides from the publishing domain is not in its query: then only the column's own words count
            fitter(rule, ofSources).effect(rule, ofSources.applied().contains(rule.name()) ? own : attributes, column.fields())
                    .ifPresent(effect -> written.add(new AppliedRule(rule, audience(rule), effect)));
        }
        pseudonyms.check(column, written);
        List<AppliedRule> ofColumn = OwnColumnRules.of(product, column, attributes, identifiers);
        List<AppliedRule> before = checkLoosening(table, column, ImmutableList.<AppliedRule>builder().addAll(written).addAll(ofColumn).build());
        List<AppliedRule> applied = new ArrayList<>(computed(promised, ofSources, written));
        applied.addAll(ofColumn);
        applied.addAll(before);
        sourceRules.check(promised, ofSources.alteredRules(), applied, ofSources.rules());
        applied.addAll(ofSources.rules());
        applied.forEach(this::checkKey);
        return new ColumnPolicy(
                attributes,
                ColumnFields.all(attributes, column.fields(), identifiers, classifier::field),
                applied.stream().sorted(AppliedRule.STRICTEST_FIRST).collect(toImmutableList()),
                declassified,
                whole.declassifiedByMesh() || declassified.filter(rule -> rule.level() == Level.GLOBAL).isPresent(),
                whole.maskedBefore());
    }

    private MaskFitter fitter(Rule rule, Inherited ofSources)
    {
        return new MaskFitter(
                identifiers,
                classifier::field,
                // A rule of the mesh cannot know what queries make of the values that it means
                isAltered(ofSources) && rule.level() == Level.GLOBAL ? _ -> {} : misfit -> problems.warning(rule.position(), "rule %s, data product %s: column %s".formatted(rule.name(), product.qualifiedName(), misfit), "choose a mask that fits, or match only columns whose type fits"));
    }

    private static boolean isAltered(Inherited ofSources)
    {
        return !ofSources.altered().areNamesOnly() || !ofSources.alteredRules().isEmpty();
    }

    /**
     * @param written the rules as they are written
     * @return what they do to values that a query has made of others
     */
    private List<AppliedRule> computed(Column column, Inherited ofSources, List<AppliedRule> written)
    {
        if (written.isEmpty() || !isAltered(ofSources)) {
            return written;
        }
        ComputedMasks masks = new ComputedMasks(column, ofSources, classifier);
        MaskFitter silent = new MaskFitter(identifiers, classifier::field, _ -> {});
        return written.stream()
                // What the publishing domain itself sees masked is masked in the query already
                .map(rule -> ofSources.applied().contains(rule.rule().name()) ? rule : masks.fitted(rule, silent))
                .collect(toImmutableList());
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
                    "rule %s would loosen rule %s (%s): it shows column '%s' of %s as %s; the other rule says %s and stays in force".formatted(
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
