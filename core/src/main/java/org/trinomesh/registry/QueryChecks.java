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

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.SetMultimap;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.validation.ProductCandidate;
import org.trinomesh.validation.ProductCandidate.Identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Finds products that are made of themselves, and those that are made of others through too many queries. Whether the sources
 * are there, and may be read, is decided with the policies.
 */
final class QueryChecks
{
    static final int MAX_DEPTH = 10;
    private static final int CYCLE = 1_000_000;

    // Of those that are right by themselves: what is found here breaks some of them
    private final ListMultimap<ProductCandidate, Located<Source>> sources;
    private final SetMultimap<Source, ProductCandidate> byName = HashMultimap.create();
    private final Map<ProductCandidate, Integer> depths = new HashMap<>();

    private QueryChecks(ListMultimap<ProductCandidate, Located<Source>> sources)
    {
        this.sources = ImmutableListMultimap.copyOf(requireNonNull(sources, "sources is null"));
        this.sources.keySet().forEach(candidate -> candidate.valid().ifPresent(product -> candidate.identity().ifPresent(identity -> addNames(candidate, identity, product))));
    }

    static void check(List<ProductCandidate> candidates)
    {
        ListMultimap<ProductCandidate, Located<Source>> sources = ArrayListMultimap.create();
        candidates.forEach(candidate -> candidate.valid().stream()
                .flatMap(product -> product.tables().stream())
                .flatMap(table -> table.query().stream())
                .forEach(query -> sources.putAll(candidate, query.sources())));
        if (!sources.isEmpty()) {
            QueryChecks checks = new QueryChecks(sources);
            sources.keySet().forEach(checks::check);
        }
    }

    private void addNames(ProductCandidate candidate, Identity identity, DataProduct product)
    {
        Stream.concat(
                        candidate.tableNames().stream().flatMap(name -> Stream.of(name, MeshTables.versioned(product, name))),
                        candidate.aliases().stream())
                .forEach(name -> byName.put(new Source(identity.domain(), name), candidate));
    }

    private void check(ProductCandidate candidate)
    {
        for (Located<Source> source : sources.get(candidate)) {
            int depth = byName.get(source.value()).stream().mapToInt(read -> reaches(read, candidate, new HashSet<>()) ? CYCLE : depth(read)).max().orElse(0);
            if (depth == CYCLE) {
                candidate.add(Problem.error(source.position(), "the query reads %s, which reads this product".formatted(source), "remove the product from one of the two queries"));
            }
            else if (depth > MAX_DEPTH && depth < CYCLE) {
                candidate.add(Problem.error(source.position(), "the query reads %s, which is computed through more than %s other queries".formatted(source, MAX_DEPTH), "read a product that comes before it, or store one of those between"));
            }
        }
    }

    private boolean reaches(ProductCandidate from, ProductCandidate to, Set<ProductCandidate> seen)
    {
        return from == to || (seen.add(from) && read(from).anyMatch(read -> reaches(read, to, seen)));
    }

    /**
     * Through how many queries a product is computed, its own included. One that reads itself counts as too deep.
     */
    private int depth(ProductCandidate candidate)
    {
        Integer known = depths.get(candidate);
        if (known == null) {
            depths.put(candidate, CYCLE);
            known = 1 + read(candidate).mapToInt(this::depth).max().orElse(0);
            depths.put(candidate, known);
        }
        return known;
    }

    private Stream<ProductCandidate> read(ProductCandidate candidate)
    {
        return sources.get(candidate).stream().flatMap(source -> byName.get(source.value()).stream());
    }
}
