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

import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.util.concurrent.UncheckedExecutionException;
import org.trinomesh.conformance.Check;
import org.trinomesh.conformance.CheckTimes;
import org.trinomesh.conformance.ScopedCheck;
import org.trinomesh.conformance.Violation;
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.governance.Inheritance.TableColumn;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.FieldNames;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.ColumnReference;
import org.trinomesh.registry.Mesh;
import org.trinomesh.rule.RuleDescriptor;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

/**
 * One generation of the mesh with all of its policies applied to all of its products. Never changes.
 */
public final class Governance
{
    private static final int PREPARED_AUDIENCES = 20;

    private final Mesh mesh;
    private final PolicyBook book;
    private final FieldKnowledge knowledge;
    // By identity, and not changed once made
    private final Map<DataProduct, CompiledProduct> products;
    private final ProductsWithoutSources withoutSources;
    // What access does not need is computed on demand: until the mesh is published, a revocation does not take effect
    private final Supplier<Lineage> lineage;
    private final Supplier<MissingTargets> missingTargets;
    private final Supplier<List<Problem>> problems;
    private final ImmutableSet<Principal> mentions;
    private final Instant[] changes;
    // The keys are sets of principals, not users: rules see a user whom they do not name only as the user's groups
    private final Cache<Audiences, Decisions> decisions = CacheBuilder.newBuilder().maximumSize(1_000).build();
    // By the period between two changes of decisions
    private final ConcurrentMap<Integer, PublishedQueries> published = new ConcurrentHashMap<>();

    /**
     * Each violation and problem with the column of another product that it reveals.
     */
    private record Lineage(Map<Violation, ColumnReference> violations, Map<Problem, ColumnReference> problems, List<Problem> faults)
    {
        private Lineage
        {
            violations = ImmutableMap.copyOf(requireNonNull(violations, "violations is null"));
            problems = ImmutableMap.copyOf(requireNonNull(problems, "problems is null"));
            faults = ImmutableList.copyOf(requireNonNull(faults, "faults is null"));
        }

        private static Lineage of(LineageConformance lineage, Instant now)
        {
            Map<Violation, ColumnReference> violations = lineage.violations();
            return new Lineage(violations, LineageConformance.problems(violations, now), lineage.faults());
        }
    }

    private record Audiences(Set<Principal> matched, int period) {}

    private record Asked(Audiences audiences, int decided) {}

    private Governance(Mesh mesh, PolicyBook book, FieldKnowledge knowledge, IdentityHashMap<DataProduct, CompiledProduct> products)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.book = requireNonNull(book, "book is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
        this.products = requireNonNull(products, "products is null");
        this.withoutSources = new ProductsWithoutSources(mesh, book, knowledge);
        // What did not change was compiled for an earlier generation, and has the products of that one
        List<DataProduct> current = mesh.domains().stream().flatMap(domain -> domain.products().stream()).collect(toImmutableList());
        // Not computed with each product: a product that did not change is not compiled again, but its source may have changed
        this.lineage = Suppliers.memoize(() -> Lineage.of(new LineageConformance(mesh, book.conformance(), this::policy), mesh.loadedAt()));
        this.missingTargets = Suppliers.memoize(() -> MissingTargets.of(mesh, this::policy));
        // The tests of policies need the finished governance
        this.problems = Suppliers.memoize(() -> Stream.of(
                        mesh.problems(),
                        book.problems(),
                        current.stream().flatMap(this::problems).toList(),
                        lineage.get().problems().keySet(),
                        lineage.get().faults(),
                        missingTargets.get().absent().keySet(),
                        QueryProblems.of(this),
                        RuleWarnings.of(mesh, book.rules().rules(), book.conformance().checks(), knowledge, current.stream().map(product -> told(product, mesh.loadedAt()))),
                        PolicyTests.problems(this))
                .flatMap(Collection::stream)
                .distinct()
                .sorted(comparing(Problem::position).thenComparing(Problem::severity))
                .collect(toImmutableList()));
        this.mentions = Stream.of(mesh.stewards().stream(), mesh.discoverers().stream(), products.values().stream().flatMap(product -> product.mentions().stream()), owners(mesh))
                .flatMap(principals -> principals)
                .collect(toImmutableSet());
        this.changes = products.values().stream()
                .flatMap(product -> product.changes().stream())
                .distinct()
                .sorted()
                .toArray(Instant[]::new);
    }

    /**
     * A domain is told nothing of sources that it may not read.
     */
    private Stream<Problem> problems(DataProduct product)
    {
        CompiledProduct compiled = products.get(product);
        return mayTell(product, mesh.loadedAt())
                ? Stream.concat(compiled.problems().stream(), compiled.problemsOfSources().stream())
                : withoutSources.of(product).problems().stream();
    }

    private static Stream<Principal> owners(Mesh mesh)
    {
        return Stream.concat(mesh.problems().stream().flatMap(problem -> problem.owner().stream()), mesh.changes().stream().map(change -> change.before().owner())).distinct().flatMap(owner -> ProductPolicy.owners(owner).stream());
    }

    /**
     * @param previous what is in force now: what did not change is not compiled again, and a rule that would be loosened stays
     */
    public static Governance of(Mesh mesh, MaskKeyVersions keys, Optional<Governance> previous)
    {
        return of(mesh, keys, previous, FieldKnowledge.NONE, CheckTimes.unlimited());
    }

    /**
     * @param times how long checks may run; unfinished checks are left to the next governance of this mesh
     */
    public static Governance of(Mesh mesh, MaskKeyVersions keys, Optional<Governance> previous, CheckTimes times)
    {
        return of(mesh, keys, previous, FieldKnowledge.NONE, times);
    }

    /**
     * @param remembered what was known before the start; what is in force now knows it already
     * @param times how long checks may run; what is not finished then is a matter of the next governance of this mesh
     */
    public static Governance of(Mesh mesh, MaskKeyVersions keys, Optional<Governance> previous, FieldKnowledge remembered, CheckTimes times)
    {
        return of(mesh, keys, previous, Optional.empty(), remembered, times);
    }

    /**
     * The same mesh with more of its checks evaluated.
     *
     * @param evaluated where checks were evaluated beside this
     */
    public Governance finish(MaskKeyVersions keys, Optional<Governance> evaluated, CheckTimes times)
    {
        return of(mesh, keys, Optional.of(this), evaluated, FieldKnowledge.NONE, times);
    }

    private static Governance of(Mesh mesh, MaskKeyVersions keys, Optional<Governance> previous, Optional<Governance> evaluated, FieldKnowledge remembered, CheckTimes times)
    {
        Map<ProductId, CompiledProduct> finished = evaluated.map(Governance::byId).orElse(ImmutableMap.of());
        PolicyBook book = PolicyBook.of(mesh, keys, previous.map(Governance::book));
        Optional<Governance> reusable = previous.filter(before -> isSame(before.book, book));
        IdentityHashMap<DataProduct, CompiledProduct> products = new IdentityHashMap<>();
        Map<ProductId, CompiledProduct> before = previous.map(Governance::byId).orElse(ImmutableMap.of());
        FieldKnowledge knowledge = knowledge(mesh, before, previous.map(Governance::knowledge).orElse(remembered));
        Inheritance inheritance = new Inheritance(mesh, product -> Optional.ofNullable(products.get(product)), new ClassificationOwners(book, knowledge), DeclassifyEntries.of(book.rules().rules().stream()), knowledge, filtersRows(book));
        BiFunction<Domain, DataProduct, CompiledProduct> compiler = (domain, product) -> {
            Optional<DataProduct> refused = mesh.refused(product);
            Optional<CompiledProduct> last = Optional.ofNullable(before.get(product.id()));
            return Fault.contain(
                    "the rules about this data product cannot be applied, so it is out of service,",
                    product.position(),
                    () -> {
                        Map<TableColumn, Inherited> inherited = inheritance.of(product);
                        return last.filter(compiled -> reusable.isPresent() && !compiled.isUnfinished() && compiled.isOf(product, refused, domain.rules(), knowledge, inherited))
                                .orElseGet(() -> CompiledProduct.compile(product, refused, domain, book, knowledge, inherited, last, Optional.ofNullable(finished.get(product.id())).map(compiled -> compiled.verdict().results()), times, mesh.loadedAt()));
                    },
                    fault -> CompiledProduct.closed(product, refused, domain, fault));
        };
        // The products of a domain one after the other, because they share the time of its checks
        Stream<Domain> domains = reusable.isEmpty() ? mesh.domains().parallelStream() : mesh.domains().stream();
        domains.map(domain -> compile(domain, stored(domain), compiler)).toList().forEach(products::putAll);
        // After what they read, for what is said of that
        new QueryOrder(mesh).products().forEach(product -> products.put(product, compiler.apply(mesh.domain(product.domain()).orElseThrow(), product)));
        return new Governance(mesh, book, knowledge, products);
    }

    /**
     * Whether some rule may filter the rows of a product: mostly none does.
     */
    private static Predicate<DataProduct> filtersRows(PolicyBook book)
    {
        boolean any = book.rules().rules().stream().anyMatch(rule -> rule.effect() instanceof Rule.Effect.FilterRows);
        return product -> any || product.rules().rules().stream().anyMatch(rule -> rule.kind() == RuleDescriptor.Kind.ROW_FILTER);
    }

    private static List<DataProduct> stored(Domain domain)
    {
        return domain.products().stream().filter(product -> !product.isComputed()).collect(toImmutableList());
    }

    private static Map<DataProduct, CompiledProduct> compile(Domain domain, List<DataProduct> products, BiFunction<Domain, DataProduct, CompiledProduct> compiler)
    {
        Map<DataProduct, CompiledProduct> compiled = new IdentityHashMap<>();
        products.forEach(product -> compiled.put(product, compiler.apply(domain, product)));
        return compiled;
    }

    private static FieldKnowledge knowledge(Mesh mesh, Map<ProductId, CompiledProduct> before, FieldKnowledge known)
    {
        Map<DataProduct, DomainRules> changed = new IdentityHashMap<>();
        for (Domain domain : mesh.domains()) {
            domain.products().stream()
                    .filter(product -> !Optional.ofNullable(before.get(product.id())).filter(compiled -> compiled.isOf(product, domain.rules())).isPresent())
                    .forEach(product -> changed.put(product, domain.rules()));
            // What a refused document declares about columns protects them, too
            domain.products().forEach(product -> mesh.refused(product).ifPresent(refused -> changed.put(refused, domain.rules())));
        }
        return known.with(changed);
    }

    // A book with the same content is the same object
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(PolicyBook before, PolicyBook book)
    {
        return before == book;
    }

    /**
     * The policies applied to this mesh alone, as after a start.
     */
    public static Governance of(Mesh mesh)
    {
        return of(mesh, MaskKeyVersions.UNKNOWN, Optional.empty());
    }

    /**
     * Whether checks are left to evaluate.
     */
    public boolean isUnfinished()
    {
        return products.values().stream().anyMatch(CompiledProduct::isUnfinished);
    }

    /**
     * Whether policies of the mesh have taken a product out of service at a moment.
     */
    public boolean isOutOfService(DataProduct product, Instant now)
    {
        return policy(product).closing(now).isPresent();
    }

    /**
     * The columns of a table that row filters of the whole mesh compare.
     */
    public Set<String> filteredColumns(MeshTable table)
    {
        return Optional.ofNullable(products.get(table.product()))
                .map(compiled -> compiled.policy().tables().stream()
                        .filter(policy -> policy.table().equals(table.table().name()))
                        .flatMap(TablePolicy::filtered))
                // A statement may still see the mesh before this one
                .orElseGet(() -> table.table().columns().stream().map(Column::name))
                .collect(toImmutableSet());
    }

    /**
     * Rules of the whole mesh that should apply to columns of a table, but miss them because the descriptor does not give the names
     * that their fields have in the table.
     *
     * @param names by the promised names of columns: those of fields that the table calls, or called, otherwise than the descriptor
     */
    public List<Problem> missedRules(MeshTable table, Map<String, FieldNames> names)
    {
        return MissedRules.of(this, table, names);
    }

    /**
     * The columns of a table that some rule masks, hides or filters by, wholly or a field inside, and those that are classified.
     */
    public Set<String> governedColumns(MeshTable table)
    {
        Stream<String> ruled = Optional.ofNullable(products.get(table.product()))
                .map(compiled -> compiled.policy().tables().stream()
                        .filter(policy -> policy.table().equals(table.table().name()))
                        .flatMap(TablePolicy::governed))
                // A statement may still see the mesh before this one
                .orElseGet(() -> table.table().columns().stream().map(Column::name));
        Stream<String> classified = table.table().columns().stream()
                .filter(column -> column.classification().isPresent() || column.identifier().isPresent())
                .map(Column::name);
        return Stream.concat(ruled, classified).collect(toImmutableSet());
    }

    public Mesh mesh()
    {
        return mesh;
    }

    /**
     * Everything wrong with descriptors and with policies, and where policies do not do what their tests expect.
     */
    public List<Problem> problems()
    {
        return problems.get();
    }

    /**
     * The column of another product that a problem reveals.
     */
    public Optional<ColumnReference> upstream(Problem problem)
    {
        return Optional.ofNullable(lineage.get().problems().get(problem));
    }

    /**
     * The column of another product that a violation reveals.
     */
    public Optional<ColumnReference> upstream(Violation violation)
    {
        return Optional.ofNullable(lineage.get().violations().get(violation));
    }

    /**
     * Relationships that lead to columns which are not there, or which not everybody may know.
     */
    public MissingTargets missingTargets()
    {
        return missingTargets.get();
    }

    /**
     * Every rule of policies and domains, and those of products.
     */
    public List<Rule> rules()
    {
        return Stream.concat(book.rules().rules().stream(), products.values().stream().flatMap(product -> product.ownRules().stream()))
                .collect(toImmutableList());
    }

    /**
     * The rules of policies, domains and the product itself that are about a product.
     */
    public Stream<Rule> rulesAbout(DataProduct product)
    {
        return Stream.concat(
                book.rules().of(product).stream(),
                compiled(product).stream().flatMap(compiled -> compiled.ownRules().stream()));
    }

    /**
     * The effects of all rules about a product, except the grants, including those that are not written as a rule of their own,
     * such as the mask of a column.
     */
    public Stream<AppliedRule> rulesAppliedTo(DataProduct product)
    {
        return policy(product).rules();
    }

    /**
     * The same, for those who answer for the product.
     */
    public Stream<AppliedRule> rulesAppliedTo(DataProduct product, Instant now)
    {
        return told(product, now).rules();
    }

    /**
     * The problems of queries that read what their domain may not publish.
     */
    public Set<Problem> missingRights()
    {
        return QueryProblems.missingRights(this);
    }

    /**
     * Every violation of a check, waived or not.
     */
    public List<Violation> violations()
    {
        return Stream.concat(
                        mesh.domains().stream()
                                .flatMap(domain -> domain.products().stream())
                                // It may violate a check by what it inherits
                                .filter(published(mesh.loadedAt())::mayTell)
                                .flatMap(product -> products.get(product).violations().stream()),
                        lineage.get().violations().keySet().stream())
                .collect(toImmutableList());
    }

    /**
     * The conformance checks that are in force, the built-in ones first.
     */
    public List<Check> checks()
    {
        return book.conformance().checks().stream().map(ScopedCheck::check).collect(toImmutableList());
    }

    /**
     * The same, with the products that each of them is about.
     */
    public List<ScopedCheck> scopedChecks()
    {
        return book.conformance().checks();
    }

    /**
     * What the documents of this mesh, and of earlier ones, declared about the tables that products publish.
     */
    public FieldKnowledge knowledge()
    {
        return knowledge;
    }

    /**
     * The moments after another one at which somebody may see something else although no document changes, in their order.
     */
    public List<Instant> changesAfter(Instant now)
    {
        return Arrays.stream(changes).filter(moment -> moment.isAfter(now)).collect(toImmutableList());
    }

    PolicyBook book()
    {
        return book;
    }

    Optional<CompiledProduct> compiled(DataProduct product)
    {
        return Optional.ofNullable(products.get(product));
    }

    public ProductPolicy policy(DataProduct product)
    {
        CompiledProduct compiled = products.get(product);
        if (compiled == null) {
            throw new IllegalStateException("No policy was made for " + product.qualifiedName());
        }
        return compiled.policy();
    }

    /**
     * The attributes of each column of a table: what the column declares, what it inherits, and what classification rules
     * add.
     */
    public List<ColumnAttributes> attributes(MeshTable table)
    {
        return attributes(table, policy(table.product()));
    }

    /**
     * The attributes of each column of a table, for people. While the domain of a query may not know of what it reads, these are what
     * its product declares.
     */
    public List<ColumnAttributes> attributes(MeshTable table, Instant now)
    {
        return attributes(table, told(table.product(), now));
    }

    /**
     * The rules about a product, for people.
     */
    ProductPolicy told(DataProduct product, Instant now)
    {
        return mayTell(product, now) ? policy(product) : withoutSources.of(product).policy();
    }

    private static List<ColumnAttributes> attributes(MeshTable table, ProductPolicy policy)
    {
        return policy.tables().stream()
                .filter(columns -> columns.table().equals(table.table().name()))
                .flatMap(columns -> columns.columns().stream())
                .map(ColumnPolicy::column)
                .collect(toImmutableList());
    }

    /**
     * By column of a query, the rule that keeps it from inheriting what its sources say.
     */
    public Map<String, Rule> declassified(DataProduct product, ProductTable table, Instant now)
    {
        return told(product, now).declassified().getOrDefault(table.name(), ImmutableMap.of());
    }

    /**
     * @param now the moment for which is decided: the start of a query
     */
    public RequesterAccess access(Requester requester, Instant now)
    {
        return new RequesterAccess(this, requester, now);
    }

    /**
     * The decisions for all requesters whom the rules do not distinguish from this one.
     */
    public Decisions decisions(Requester requester, Instant now)
    {
        return decisions(new Audiences(matched(requester), period(now)), now);
    }

    private Decisions decisions(Audiences audiences, Instant now)
    {
        Decisions known = decisions.getIfPresent(audiences);
        if (known != null) {
            return known;
        }
        try {
            return decisions.get(audiences, () -> new Decisions(mesh, audiences.matched(), now, published(now)::includes));
        }
        catch (ExecutionException | UncheckedExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether the domain of a product may know of all that its queries read.
     */
    boolean mayTell(DataProduct product, Instant now)
    {
        return published(now).mayTell(product);
    }

    /**
     * Whether the domain of a product may publish all that its queries read.
     */
    boolean isPublished(DataProduct product, Instant now)
    {
        return published(now).includes(product);
    }

    private PublishedQueries published(Instant now)
    {
        return published.computeIfAbsent(period(now), _ -> new PublishedQueries(mesh, this::policy, this::matched, now));
    }

    /**
     * Decides for the requesters who asked most of an earlier governance what they may see of this one, so that their next listing does
     * not wait for it. To be called when this one is in force already.
     */
    public void prepare(Governance before, Instant now)
    {
        before.decisions.asMap().entrySet().stream()
                // Counted once, because running queries go on deciding while this sorts
                .map(entry -> new Asked(entry.getKey(), entry.getValue().decided()))
                .sorted(comparingInt(Asked::decided).reversed())
                .limit(PREPARED_AUDIENCES)
                .map(asked -> Sets.intersection(asked.audiences().matched(), mentions).immutableCopy())
                .distinct()
                .forEach(principals -> decisions(new Audiences(principals, period(now)), now).prepare(this::policy));
    }

    private Set<Principal> matched(Requester requester)
    {
        return requester.principals()
                .filter(mentions::contains)
                .collect(toImmutableSet());
    }

    private int period(Instant now)
    {
        int found = Arrays.binarySearch(changes, now);
        return found < 0 ? -found - 1 : found + 1;
    }

    private Map<ProductId, CompiledProduct> byId()
    {
        return products.entrySet().stream().collect(toImmutableMap(entry -> entry.getKey().id(), Map.Entry::getValue));
    }
}
