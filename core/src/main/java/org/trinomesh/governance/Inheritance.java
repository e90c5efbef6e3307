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
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownWords;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.RuleName;
import org.trinomesh.policy.Validity;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins.Origin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What columns of a query inherit from those that they come from. A column that shows values of another one has its names, tags,
 * identifier types and classification, one that is computed has the tags and the classification of all that it is computed from. A
 * reader who sees a column masked, or not at all, where it is published,
 * sees the same behind a query: a rule that already holds for the publishing domain is not applied a second time, because the
 * query has only what the domain sees.
 */
final class Inheritance
{
    private final Mesh mesh;
    private final Function<DataProduct, Optional<CompiledProduct>> compiled;
    private final ClassificationOwners owners;
    private final DeclassifyEntries declassifying;
    private final FieldKnowledge knowledge;
    private final Predicate<DataProduct> filtered;
    private final Map<DataProduct, Map<TableColumn, ColumnPolicy>> policies = new IdentityHashMap<>();

    /**
     * @param words of the columns that it comes from, and of the fields inside of them
     * @param altered words of the columns of which it has other values
     * @param rules those of the columns that it shows, as far as they hold for its readers
     * @param alteredRules those of the columns of which it has other values, as far as they hold for its readers
     * @param applied the rules that hold for the publishing domain wherever the column comes from
     * @param sources the columns that it comes from; only where some rule wants to declassify the column
     * @param owners who says what the columns are that it comes from, where a domain wants to declassify
     * @param scanned how the query takes it from the only table that it reads, row by row, so that rows can be filtered by it there; only asked where
     *         a rule filters rows
     * @param declassifiedByMesh whether the whole mesh declassifies all that it comes from, which is not said of tables of other catalogs
     * @param maskedBefore whether the publishing domain itself sees all that it comes from masked, as far as anything is said of that
     */
    record Inherited(KnownWords words, ColumnWords altered, List<AppliedRule> rules, List<SourceRule> alteredRules, Set<RuleName> applied, Optional<OriginNames> sources, Set<ClassificationOwners.Owner> owners, Optional<Scanned> scanned, boolean declassifiedByMesh, boolean maskedBefore)
    {
        static final Inherited NOTHING = new Inherited(KnownWords.NONE, ColumnWords.NONE, ImmutableList.of(), ImmutableList.of(), ImmutableSet.of(), Optional.empty(), ImmutableSet.of(), Optional.empty(), false, false);

        Inherited
        {
            requireNonNull(words, "words is null");
            requireNonNull(altered, "altered is null");
            rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
            alteredRules = ImmutableList.copyOf(requireNonNull(alteredRules, "alteredRules is null"));
            applied = ImmutableSet.copyOf(requireNonNull(applied, "applied is null"));
            requireNonNull(sources, "sources is null");
            owners = ImmutableSet.copyOf(requireNonNull(owners, "owners is null"));
            requireNonNull(scanned, "scanned is null");
        }
    }

    /**
     * A column that a query has as its only table has it.
     *
     * @param onlyMeaning whether it has the name that it has there, and no other column of the table is called so: a filter of the whole mesh
     *         means the column that others call so
     */
    record Scanned(boolean onlyMeaning) {}

    /**
     * Where a column of a query comes from.
     */
    private record Origins(List<Origin> all, List<Origin> shown, List<Origin> altered) {}

    /**
     * A rule about a column that a query reads.
     *
     * @param column by the name that the query gives it
     */
    record SourceRule(String column, AppliedRule rule)
    {
        SourceRule
        {
            requireNonNull(column, "column is null");
            requireNonNull(rule, "rule is null");
        }
    }

    /**
     * A column of a table of the product.
     */
    record TableColumn(String table, String column) {}

    /**
     * @param compiled the products whose rules are applied already
     * @param declassifying those of all policies
     * @param filtered whether a rule may filter the rows of a product
     */
    Inheritance(Mesh mesh, Function<DataProduct, Optional<CompiledProduct>> compiled, ClassificationOwners owners, DeclassifyEntries declassifying, FieldKnowledge knowledge, Predicate<DataProduct> filtered)
    {
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
        this.filtered = requireNonNull(filtered, "filtered is null");
        this.owners = requireNonNull(owners, "owners is null");
        this.declassifying = requireNonNull(declassifying, "declassifying is null");
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.compiled = requireNonNull(compiled, "compiled is null");
    }

    Map<TableColumn, Inherited> of(DataProduct product)
    {
        ImmutableMap.Builder<TableColumn, Inherited> inherited = ImmutableMap.builder();
        for (ProductTable table : product.tables()) {
            if (table.query().isPresent()) {
                table.columns().forEach(column -> inherited.put(new TableColumn(table.name(), column.name()), of(product, table, column)));
            }
        }
        return inherited.buildOrThrow();
    }

    private Origins origins(DataProduct product, ProductTable table, Column column, Principal domain)
    {
        Origins origins = new Origins(mesh.origins().sources(product, table, column), mesh.origins().shown(product, table, column), mesh.origins().altered(product, table, column));
        if (origins.all().stream().noneMatch(origin -> isHidden(origin, domain))) {
            return origins;
        }
        // To the domain it is like a column that does not exist
        List<Origin> all = mesh.origins().all(product, table);
        return new Origins(all, all, all);
    }

    /**
     * The rules of columns that do not hold for the publishing domain.
     */
    private List<SourceRule> rules(List<Origin> origins, Principal domain)
    {
        List<SourceRule> rules = new ArrayList<>();
        for (Origin origin : origins) {
            policy(origin).rules().stream()
                    .filter(rule -> !rule.audience().includes(domain))
                    .forEach(rule -> rules.add(new SourceRule(OriginNames.name(origin), rule)));
        }
        return rules;
    }

    private boolean isHidden(Origin origin, Principal domain)
    {
        return policy(origin).rules().stream().anyMatch(rule -> rule.effect() instanceof Effect.HideColumns && holds(rule, domain));
    }

    private static boolean holds(AppliedRule rule, Principal domain)
    {
        return rule.audience().includes(domain) && rule.rule().validity().equals(Validity.ALWAYS);
    }

    /**
     * Whether the domain sees no part of a column as it is.
     */
    private boolean isMasked(Origin origin, Principal domain)
    {
        ColumnPolicy source = policy(origin);
        return source.maskedBefore() || source.rules().stream().anyMatch(rule -> holds(rule, domain) &&
                !(rule.effect() instanceof Effect.MaskColumns(Mask.RowFields _) || rule.effect() instanceof Effect.MaskColumns(Mask.MapValues _)));
    }

    /**
     * What only computes, such as an amount, may be clear if nothing is said of it.
     */
    private boolean isMasked(Origins origins, Principal domain)
    {
        return origins.shown().stream().allMatch(origin -> isMasked(origin, domain)) &&
                origins.all().stream().anyMatch(origin -> isMasked(origin, domain)) &&
                origins.all().stream().allMatch(origin -> isMasked(origin, domain) || policy(origin).column().words(Level.GLOBAL).areNamesOnly());
    }

    private Inherited of(DataProduct product, ProductTable table, Column column)
    {
        Principal domain = new Principal(Principal.Kind.DOMAIN, product.domain());
        Origins origins = origins(product, table, column, domain);
        List<ColumnPolicy> sources = origins.all().stream().map(this::policy).collect(toImmutableList());
        List<SourceRule> alteredRules = rules(origins.altered(), domain);
        Set<RuleName> alteredNames = alteredRules.stream().map(rule -> rule.rule().rule().name()).collect(toImmutableSet());
        List<AppliedRule> rules = origins.shown().stream()
                .flatMap(origin -> policy(origin).rules().stream()
                        .filter(rule -> !rule.audience().includes(domain))
                        .map(rule -> new AppliedRule(rule.rule(), rule.audience().includingStewards(), fitted(rule, origin.column(), column, alteredNames))))
                .distinct()
                .collect(toImmutableList());
        Set<RuleName> applied = new HashSet<>();
        Set<RuleName> spared = new HashSet<>();
        sources.stream()
                .flatMap(policy -> policy.rules().stream())
                .forEach(rule -> (rule.audience().includes(domain) ? applied : spared).add(rule.rule().name()));
        applied.removeAll(spared);
        return new Inherited(
                words(origins.shown(), column).and(new KnownWords(ofComputed(sources), ImmutableMap.of())),
                ofComputed(origins.altered().stream().map(this::policy).collect(toImmutableList())),
                rules,
                alteredRules,
                applied,
                declassifying.about(product, column).isEmpty() ? Optional.empty() : Optional.of(OriginNames.of(origins.all(), origins.shown())),
                origins.all().stream().flatMap(origin -> owners.of(origin, compiled(origin), policy(origin)).stream()).collect(toImmutableSet()),
                table.physical().isEmpty() && filtered.test(product) ? scanned(product, table, column, domain) : Optional.empty(),
                !readsOtherCatalogs(table) && !sources.isEmpty() && sources.stream().allMatch(ColumnPolicy::declassifiedByMesh),
                !readsOtherCatalogs(table) && isMasked(origins, domain));
    }

    /**
     * Only where the domain reads what the table has.
     */
    private Optional<Scanned> scanned(DataProduct product, ProductTable table, Column column, Principal domain)
    {
        return mesh.origins().scannedColumn(product, table, column)
                .filter(origin -> origin.table().table().query().isEmpty() && origin.column().type().equals(column.type()))
                .filter(origin -> policy(origin).rules().stream().noneMatch(rule -> rule.audience().includes(domain)))
                .map(origin -> new Scanned(column.name().equalsIgnoreCase(origin.column().name()) &&
                        knowledge.of(origin.table().table().source()).isOnlyMeaning(column.name(), FieldKnowledge.physicalName(origin.column()))));
    }

    /**
     * Whose columns are no origins, because nothing is said of them.
     */
    private static boolean readsOtherCatalogs(ProductTable table)
    {
        return table.query().filter(query -> !query.catalogTables().isEmpty()).isPresent();
    }

    private KnownWords words(List<Origin> shown, Column column)
    {
        KnownWords words = KnownWords.NONE;
        for (Origin origin : shown) {
            ColumnPolicy policy = policy(origin);
            Map<String, ColumnWords> fields = new HashMap<>();
            // The fields of a value keep their places where it has the same type
            if (origin.column().type().equals(column.type())) {
                policy.fields().forEach(field -> fields.put(field.path().substring(policy.column().path().length() + 1), field.words(Level.GLOBAL)));
            }
            words = words.and(new KnownWords(policy.column().words(Level.GLOBAL), fields));
        }
        return words;
    }

    /**
     * The classification and the tags of columns, and of all fields inside of them, of which a computed value may be one.
     */
    private static ColumnWords ofComputed(List<ColumnPolicy> sources)
    {
        ColumnWords all = sources.stream()
                .flatMap(policy -> Stream.concat(Stream.of(policy.column()), policy.fields().stream()))
                .map(attributes -> attributes.words(Level.GLOBAL))
                .reduce(ColumnWords.NONE, ColumnWords::and);
        return new ColumnWords(ImmutableSet.of(), all.classifications(), all.tags(), ImmutableSet.of());
    }

    private CompiledProduct compiled(Origin origin)
    {
        DataProduct product = origin.table().product();
        return compiled.apply(product).orElseThrow(() -> new IllegalStateException("The rules of %s are not applied yet".formatted(product.qualifiedName())));
    }

    private ColumnPolicy policy(Origin origin)
    {
        Map<TableColumn, ColumnPolicy> columns = policies.computeIfAbsent(origin.table().product(), _ -> columns(compiled(origin).policy()));
        return Optional.ofNullable(columns.get(new TableColumn(origin.table().table().name(), origin.column().name()))).orElseThrow();
    }

    private static Map<TableColumn, ColumnPolicy> columns(ProductPolicy policy)
    {
        Map<TableColumn, ColumnPolicy> columns = new HashMap<>();
        policy.tables().forEach(table -> table.columns().forEach(column -> columns.putIfAbsent(new TableColumn(table.table(), column.column().path()), column)));
        return columns;
    }

    /**
     * A mask was made for the type that the column has where it is published, and for its values.
     *
     * @param altered the rules about columns of which the column has other values
     */
    private static Effect fitted(AppliedRule rule, Column source, Column column, Set<RuleName> altered)
    {
        if (rule.effect() instanceof Effect.MaskColumns && !source.type().equals(column.type())) {
            return new Effect.MaskColumns(new Mask.Null());
        }
        return altered.contains(rule.rule().name()) ? ComputedMasks.withoutValue(rule.effect()) : rule.effect();
    }
}
