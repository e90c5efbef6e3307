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
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.platform.HiddenReference;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.TableId;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableListMultimap.toImmutableListMultimap;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;

/**
 * Everything one load of the mesh directory said, validated and indexed. Immutable: a reload makes another one.
 */
public final class Mesh
{
    private final long generation;
    private final Instant loadedAt;
    private final Duration loadTime;
    private final int files;
    private final ImmutableMap<String, Domain> domains;
    private final ImmutableMap<String, ImmutableMap<String, MeshTable>> tables;
    private final ImmutableMap<ProductId, DataProduct> products;
    private final ImmutableMap<TableId, MeshTable> names;
    private final ImmutableListMultimap<String, MeshTable> checkedTables;
    private final ImmutableSet<Principal> stewards;
    private final ImmutableSet<Principal> discoverers;
    private final MeshGovernance governance;
    private final ImmutableList<ProductChange> changes;
    private final ImmutableMap<ProductId, ProductChange> refused;
    private final ImmutableList<HiddenReference> references;
    private final ImmutableList<Problem> problems;
    private final QueryOrigins origins;

    /**
     * @param files how many files were read
     * @param stewards who sees every problem and product of the whole mesh, without reading any
     * @param discoverers who discovers every findable product
     * @param changes the last change of each product, and those that were refused
     * @param known the origins of columns that are known from an earlier mesh
     * @param references references to existing products that not everybody may know
     */
    public Mesh(
            long generation,
            Instant loadedAt,
            Duration loadTime,
            int files,
            Collection<Domain> domains,
            Collection<MeshTable> tables,
            Set<Principal> stewards,
            Set<Principal> discoverers,
            MeshGovernance governance,
            List<ProductChange> changes,
            List<HiddenReference> references,
            List<Problem> problems,
            QueryOrigins known)
    {
        this.generation = generation;
        this.loadedAt = requireNonNull(loadedAt, "loadedAt is null");
        this.loadTime = requireNonNull(loadTime, "loadTime is null");
        this.files = files;
        this.domains = ImmutableMap.copyOf(domains.stream().collect(toImmutableSortedMap(naturalOrder(), Domain::name, identity())));
        this.tables = tables.stream().collect(groupingBy(MeshTable::schema)).entrySet().stream()
                .collect(toImmutableMap(
                        Map.Entry::getKey,
                        entry -> ImmutableMap.copyOf(entry.getValue().stream().collect(toImmutableSortedMap(naturalOrder(), MeshTable::name, identity())))));
        this.products = domains.stream().flatMap(domain -> domain.products().stream()).collect(toImmutableMap(DataProduct::id, identity()));
        this.names = tables.stream().filter(MeshTable::listed).collect(toImmutableMap(MeshTable::id, identity(), BinaryOperator.minBy(comparingInt(table -> table.name().length()))));
        this.checkedTables = this.domains.keySet().stream()
                .flatMap(this::eachTable)
                .filter(table -> !table.product().qualityRules().isEmpty())
                .collect(toImmutableListMultimap(MeshTable::schema, identity()));
        this.stewards = ImmutableSet.copyOf(stewards);
        this.discoverers = ImmutableSet.copyOf(discoverers);
        this.governance = requireNonNull(governance, "governance is null");
        this.changes = ImmutableList.copyOf(changes);
        this.refused = changes.stream().filter(ProductChange::refused).collect(toImmutableMap(change -> change.before().id(), identity()));
        this.references = ImmutableList.copyOf(references);
        this.problems = ImmutableList.copyOf(problems);
        this.origins = QueryOrigins.of(this, known);
    }

    /**
     * Where the columns come from that queries compute.
     */
    public QueryOrigins origins()
    {
        return origins;
    }

    /**
     * Counts the loads of this process, from one.
     */
    public long generation()
    {
        return generation;
    }

    public Instant loadedAt()
    {
        return loadedAt;
    }

    public Duration loadTime()
    {
        return loadTime;
    }

    public int files()
    {
        return files;
    }

    /**
     * In order of name.
     */
    public Collection<Domain> domains()
    {
        return domains.values();
    }

    public Optional<Domain> domain(String name)
    {
        return Optional.ofNullable(domains.get(name));
    }

    public Optional<DataProduct> product(ProductId id)
    {
        return Optional.ofNullable(products.get(id));
    }

    /**
     * Every name of a domain that can be selected from, in order of name; empty for an unknown domain.
     */
    public Collection<MeshTable> tables(String schema)
    {
        return tables.getOrDefault(schema, ImmutableMap.of()).values();
    }

    /**
     * Every table of a domain once, by the shortest name that selects this very version: without a major where it is the current
     * one. In order of name; empty for an unknown domain.
     */
    public Stream<MeshTable> eachTable(String schema)
    {
        return tables(schema).stream().filter(table -> table(table.id()).filter(shortest -> shortest.name().equals(table.name())).isPresent());
    }

    /**
     * Those of {@link #eachTable} whose products have quality rules. Listings ask for them, and most products have none.
     */
    public List<MeshTable> checkedTables(String schema)
    {
        return checkedTables.get(schema);
    }

    /**
     * The tables of a product, each by the shortest name that selects this very version; empty when nobody can select from it,
     * because it is retired or only announced.
     */
    public Stream<MeshTable> tablesOf(DataProduct product)
    {
        return product.tables().stream().flatMap(table -> table(TableId.of(product, table)).stream());
    }

    /**
     * A table by the shortest name that selects this very version; empty when nobody can select from it.
     */
    public Optional<MeshTable> table(TableId id)
    {
        return Optional.ofNullable(names.get(id));
    }

    public Optional<MeshTable> table(String schema, String name)
    {
        return Optional.ofNullable(tables.getOrDefault(schema, ImmutableMap.of()).get(name));
    }

    public Set<Principal> stewards()
    {
        return stewards;
    }

    public Set<Principal> discoverers()
    {
        return discoverers;
    }

    /**
     * The policies of the mesh and what the platform says about governance.
     */
    public MeshGovernance governance()
    {
        return governance;
    }

    /**
     * The last change of each product since the start, and those that were refused.
     */
    public List<ProductChange> changes()
    {
        return changes;
    }

    /**
     * The refused document of a product that is served in its previous version.
     */
    public Optional<DataProduct> refused(DataProduct served)
    {
        return Optional.ofNullable(refused.get(served.id()))
                .filter(change -> change.before().fingerprint().equals(served.fingerprint()))
                .map(ProductChange::after);
    }

    /**
     * Correct references that must look like wrong ones to those who may not know of their target.
     */
    public List<HiddenReference> references()
    {
        return references;
    }

    public List<Problem> problems()
    {
        return problems;
    }

    /**
     * Another generation with the same content.
     */
    Mesh withProblems(long generation, Instant loadedAt, List<Problem> problems)
    {
        return new Mesh(
                generation,
                loadedAt,
                loadTime,
                files,
                domains.values(),
                tables.values().stream().flatMap(schema -> schema.values().stream()).toList(),
                stewards,
                discoverers,
                governance,
                changes,
                references,
                problems,
                origins);
    }
}
