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
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import org.trinomesh.platform.HiddenReference;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.validation.BuiltProduct;
import org.trinomesh.validation.ProductCandidate;
import org.trinomesh.validation.RelationshipChecks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Finds references to products and tables that do not exist: successors and targets of relationships. The names of broken
 * products exist for this purpose, because a reference to them needs no correction.
 */
final class ReferenceChecks
{
    private final List<BuiltProduct> built;
    private final List<ProductCandidate> candidates;
    private final List<DataProduct> products;
    private final Set<String> productNames = new HashSet<>();
    // Those of products and everything else that can be selected from
    private final Set<String> names = new HashSet<>();
    private final SetMultimap<String, String> owners = LinkedHashMultimap.create();
    private final Problems problems = new Problems();
    private final List<HiddenReference> hidden = new ArrayList<>();

    /**
     * @param candidates of the built products, in their order
     * @param products what is served
     */
    ReferenceChecks(List<BuiltProduct> built, List<ProductCandidate> candidates, List<DataProduct> products)
    {
        this.built = ImmutableList.copyOf(requireNonNull(built, "built is null"));
        this.candidates = ImmutableList.copyOf(requireNonNull(candidates, "candidates is null"));
        this.products = ImmutableList.copyOf(requireNonNull(products, "products is null"));
    }

    void check()
    {
        // Most meshes have few, and a reload looks at all names for them
        if (products.stream().anyMatch(product -> product.deprecation().flatMap(Deprecation::replacedBy).isPresent()) || built.stream().anyMatch(ReferenceChecks::hasRelationships)) {
            learnNames();
            checkAll();
        }
    }

    private static boolean hasRelationships(BuiltProduct product)
    {
        return product.contracts().stream().flatMap(contract -> contract.tables().stream()).anyMatch(table -> !table.relationships().isEmpty());
    }

    private void learnNames()
    {
        MeshTables.of(products).forEach(table -> know(table.schema(), table.name(), ImmutableSet.of(table.product().owner())));
        for (ProductCandidate candidate : candidates) {
            Set<String> owner = candidate.owner().map(ImmutableSet::of).orElse(ImmutableSet.of());
            candidate.identity().ifPresent(identity -> {
                productNames.add(identity.domain() + "." + identity.sqlName());
                know(identity.domain(), identity.sqlName(), owner);
                candidate.tableNames().forEach(name -> know(identity.domain(), name, owner));
                candidate.aliases().forEach(alias -> know(identity.domain(), alias, owner));
            });
        }
    }

    private void checkAll()
    {
        products.forEach(product -> product.deprecation().flatMap(Deprecation::replacedBy).ifPresent(successor -> checkSuccessor(product, successor)));
        for (int index = 0; index < candidates.size(); index++) {
            ProductCandidate candidate = candidates.get(index);
            RelationshipChecks checks = new RelationshipChecks(built.get(index).contracts());
            Fault.guard("the relationships of this data product cannot be checked", candidate.position(), () -> checkRelationships(candidate, checks), candidate::add);
        }
    }

    List<Problem> problems()
    {
        return problems.toList();
    }

    List<HiddenReference> hidden()
    {
        return ImmutableList.copyOf(hidden);
    }

    private void checkSuccessor(DataProduct product, String successor)
    {
        Problem problem = Problem.warning(
                product.position(),
                "the successor '%s' of '%s' does not exist, or you may not discover it".formatted(successor, product.qualifiedName()),
                "write replacedBy as domain.product of a product that exists").about(product.domain(), product.sqlName(), product.owner());
        int dot = successor.indexOf('.');
        if (productNames.contains(successor)) {
            hidden.add(new HiddenReference(problem, successor.substring(0, dot), successor.substring(dot + 1), owners.get(successor)));
        }
        else {
            problems.add(problem);
        }
    }

    private void checkRelationships(ProductCandidate candidate, RelationshipChecks checks)
    {
        candidate.identity().ifPresent(identity -> checks.targets(identity.domain()).forEach((problem, table) -> {
            String name = identity.domain() + "." + table;
            if (names.contains(name)) {
                hidden.add(new HiddenReference(candidate.owned(problem), identity.domain(), table, owners.get(name)));
            }
            else {
                candidate.add(problem);
            }
        }));
    }

    private void know(String domain, String name, Set<String> knownTo)
    {
        names.add(domain + "." + name);
        owners.putAll(domain + "." + name, knownTo);
    }
}
