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

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.conformance.Check;
import org.trinomesh.conformance.ScopedCheck;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.RequesterAccess;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.Audience;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Scope;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.policy.Validity;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Principal;
import org.trinomesh.rule.ScopeDescriptor;
import org.trinomesh.rule.SubjectDescriptor;
import org.trinomesh.text.Words;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Objects.requireNonNull;

/**
 * The rules that a requester may know: a steward of the mesh knows all rules, the owner or a steward of a product those about
 * the product, and a reader those that apply to the reader. Other people's names, and products that the requester may not
 * discover, are left out for everybody but the stewards of the mesh.
 */
final class VisibleRules
{
    private static final String CHECKS = "checks";

    private final GovernedMesh mesh;
    private final Governance governance;
    private final RequesterAccess access;
    private final List<DataProduct> discoverable;
    private final Set<String> domains;
    private final Supplier<Set<String>> columns;
    private final Map<Key, VisibleRule> found = new HashMap<>();

    // By what people can tell apart: rules of products are read more than once
    private record Key(String name, Optional<Position> position, String effect) {}

    private VisibleRules(GovernedMesh mesh, Governance governance, RequesterAccess access)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.governance = requireNonNull(governance, "governance is null");
        this.access = requireNonNull(access, "access is null");
        this.discoverable = mesh.discoverable();
        this.columns = Suppliers.memoize(this::findColumns);
        this.domains = mesh.domains().stream().map(VisibleDomain::name).collect(toImmutableSet());
    }

    /**
     * In order of the place where they are written.
     */
    static List<VisibleRule> of(GovernedMesh mesh, Governance governance, RequesterAccess access)
    {
        VisibleRules rules = new VisibleRules(mesh, governance, access);
        rules.find();
        return rules.found.values().stream()
                .sorted(comparing((VisibleRule rule) -> rule.position().orElse(null), nullsFirst(naturalOrder()))
                        .thenComparing(VisibleRule::name)
                        .thenComparing(VisibleRule::effect))
                .collect(toImmutableList());
    }

    private void find()
    {
        List<DataProduct> products = mesh.mesh().domains().stream().flatMap(domain -> domain.products().stream()).collect(toImmutableList());
        if (mesh.isMeshSteward()) {
            governance.rules().forEach(this::addWhole);
            products.forEach(product -> governance.rulesAppliedTo(product).forEach(this::addWhole));
            governance.scopedChecks().forEach(this::add);
            return;
        }
        // First the rules that are shown completely
        products.stream().filter(this::oversees).forEach(this::addOverseen);
        products.stream().filter(product -> mesh.decide(product).isReadable()).forEach(this::addApplying);
    }

    private boolean oversees(DataProduct product)
    {
        return mesh.closeness(product).contains(Closeness.RESPONSIBLE);
    }

    private void addOverseen(DataProduct product)
    {
        governance.rulesAbout(product).forEach(this::addWhole);
        governance.rulesAppliedTo(product, mesh.now()).forEach(this::addWhole);
        governance.scopedChecks().stream().filter(check -> check.isAbout(product)).forEach(this::add);
    }

    private void addApplying(DataProduct product)
    {
        boolean steward = mesh.closeness(product).contains(Closeness.STEWARD);
        Stream<AppliedRule> grants = governance.rulesAbout(product)
                .filter(rule -> rule.effect() instanceof Rule.Effect.Allow)
                .map(rule -> new AppliedRule(rule, Audience.of(rule.principals(), rule.except(), product.domain(), mesh.mesh().governance().settings()), rule.effect()));
        Stream.concat(governance.rulesAppliedTo(product), grants)
                .filter(rule -> access.isSubjectTo(rule, steward))
                .forEach(applied -> add(
                        applied.rule(),
                        applied.audience().principals().stream().filter(access::is).map(Principal::toString).collect(toImmutableList()),
                        applied.audience().except().isEmpty() ? Optional.of(exceptions(applied.audience())) : Optional.empty()));
    }

    private void addWhole(Rule rule)
    {
        add(rule, subjects(rule.principals()), Optional.of(subjects(rule.except())));
    }

    /**
     * Also what is not written as a rule of its own: the mask of a column, the end of a consumer's access.
     */
    private void addWhole(AppliedRule applied)
    {
        add(applied.rule(),
                applied.audience().principals().stream().map(Principal::toString).collect(toImmutableList()),
                Optional.of(exceptions(applied.audience())));
    }

    private void add(Rule rule, List<String> principals, Optional<List<String>> except)
    {
        String effect = rule.effect().toString();
        found.computeIfAbsent(new Key(rule.name().toString(), Optional.of(rule.position()), effect), _ -> new VisibleRule(
                rule.name().toString(),
                rule.name().ofDocument(),
                rule.kind(),
                rule.level(),
                rule.domain(),
                effect,
                known(rule.scope()),
                principals,
                except,
                rule.validity(),
                rule.description(),
                Optional.of(rule.position())));
    }

    private void add(ScopedCheck scoped)
    {
        Check check = scoped.check();
        String effect = check.enforcement().toString();
        found.computeIfAbsent(new Key(check.id(), check.position(), effect), _ -> new VisibleRule(
                check.id(),
                Optional.of(check.policy()),
                CHECKS,
                scoped.domain().isPresent() ? Level.DOMAIN : Level.GLOBAL,
                scoped.domain(),
                effect,
                known(scoped.scope()),
                ImmutableList.of(),
                Optional.of(ImmutableList.of()),
                Validity.ALWAYS,
                Optional.of(check.description()).filter(description -> !description.isBlank()),
                check.position()));
    }

    private static List<String> subjects(List<SubjectDescriptor> subjects)
    {
        return subjects.stream().map(subject -> subject.kind() + ":" + subject.name()).collect(toImmutableList());
    }

    private static List<String> exceptions(Audience audience)
    {
        return Stream.concat(audience.except().stream().map(Principal::toString), audience.exceptStewards() ? Stream.of("the product's stewards") : Stream.of())
                .collect(toImmutableList());
    }

    /**
     * A rule may name several products, and not everybody may know all of them.
     */
    private Scope known(Scope scope)
    {
        if (mesh.isMeshSteward()) {
            return scope;
        }
        ImmutableMap.Builder<String, List<Located<String>>> criteria = ImmutableMap.builder();
        scope.descriptor().criteria().forEach((key, values) -> criteria.put(key, switch (key) {
            case "products" -> only(values, name -> discoverable.stream().anyMatch(product -> Scope.isProduct(name, product)));
            case "domains" -> only(values, name -> domains.contains(Words.nameKey(name)));
            case "columns" -> only(values, pattern -> isColumn(Words.key(pattern)));
            default -> values;
        }));
        return new Scope(new ScopeDescriptor(criteria.buildOrThrow(), scope.descriptor().position()));
    }

    /**
     * A pattern of a field inside a column is known to those who may know the column.
     */
    private boolean isColumn(String pattern)
    {
        String column = ColumnPath.columnOf(pattern);
        return columns.get().stream().anyMatch(name -> Scope.isName(pattern, name) || Scope.isName(column, name));
    }

    /**
     * The names of columns that the requester may know: of a product that it reads or answers for those that are hidden from it, too, as in
     * what it is told of its own access.
     */
    private Set<String> findColumns()
    {
        return discoverable.stream()
                .map(mesh::visible)
                .flatMap(visible -> visible.tables().flatMap(table -> {
                    boolean all = visible.isReadable() || visible.is(Closeness.RESPONSIBLE);
                    TableAccess seen = mesh.columns(table);
                    return mesh.attributes(table).stream()
                            .filter(column -> all || !seen.isHidden(column.path()))
                            .flatMap(column -> column.words(Level.PRODUCT).names().stream());
                }))
                .collect(toImmutableSet());
    }

    private static List<Located<String>> only(List<Located<String>> values, Predicate<String> known)
    {
        return values.stream().filter(value -> known.test(value.value())).collect(toImmutableList());
    }
}
