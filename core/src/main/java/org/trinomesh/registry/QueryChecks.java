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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Finds products whose queries read themselves, and those that are computed through too many other queries. Whether the sources are
 * there, and may be read, is decided with the policies.
 */
final class QueryChecks
{
    static final int MAX_DEPTH = 10;

    // Of those that are right by themselves: what is found here breaks some of them
    private final ListMultimap<ProductCandidate, Located<Source>> sources;
    private final SetMultimap<Source, ProductCandidate> byName = HashMultimap.create();
    private final SetMultimap<ProductCandidate, ProductCandidate> read = HashMultimap.create();
    // Without those that read themselves, and without those that read one of these
    private final Map<ProductCandidate, Integer> depths = new HashMap<>();

    private QueryChecks(ListMultimap<ProductCandidate, Located<Source>> sources)
    {
        this.sources = ImmutableListMultimap.copyOf(requireNonNull(sources, "sources is null"));
        this.sources.keySet().forEach(candidate -> candidate.valid().ifPresent(product -> candidate.identity().ifPresent(identity -> addNames(candidate, identity, product))));
        this.sources.forEach((candidate, source) -> read.putAll(candidate, byName.get(source.value())));
        computeDepths();
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

    /**
     * Each product after all that it reads. Without recursion, because authors decide how long a chain of products is.
     */
    private void computeDepths()
    {
        SetMultimap<ProductCandidate, ProductCandidate> readers = HashMultimap.create();
        read.forEach((candidate, source) -> readers.put(source, candidate));
        Map<ProductCandidate, Integer> missing = new HashMap<>();
        sources.keySet().forEach(candidate -> missing.put(candidate, read.get(candidate).size()));
        Deque<ProductCandidate> ready = new ArrayDeque<>(missing.keySet().stream().filter(candidate -> missing.get(candidate) == 0).toList());
        while (!ready.isEmpty()) {
            ProductCandidate candidate = ready.remove();
            depths.put(candidate, 1 + read.get(candidate).stream().mapToInt(depths::get).max().orElse(0));
            for (ProductCandidate reader : readers.get(candidate)) {
                if (missing.merge(reader, -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
    }

    private void check(ProductCandidate candidate)
    {
        for (Located<Source> source : sources.get(candidate)) {
            Set<ProductCandidate> found = byName.get(source.value());
            if (found.contains(candidate)) {
                candidate.add(Problem.error(source.position(), "the query reads %s, which is this product itself".formatted(source), "read what the product is made of"));
            }
            else if (!depths.containsKey(candidate) && reaches(found, candidate)) {
                candidate.add(Problem.error(source.position(), "the query reads %s, which reads this product".formatted(source), "remove the product from one of the two queries"));
            }
            else if (found.stream().anyMatch(product -> depths.getOrDefault(product, 0) > MAX_DEPTH)) {
                candidate.add(Problem.error(source.position(), "the query reads %s, which is computed through more than %s other queries".formatted(source, MAX_DEPTH), "read a product that comes before it, or store one of those between"));
            }
        }
    }

    private boolean reaches(Set<ProductCandidate> from, ProductCandidate to)
    {
        Set<ProductCandidate> seen = new HashSet<>(from);
        Set<ProductCandidate> reached = from;
        while (!reached.isEmpty() && !seen.contains(to)) {
            reached = reached.stream().flatMap(product -> read.get(product).stream()).filter(seen::add).collect(toImmutableSet());
        }
        return seen.contains(to);
    }
}
