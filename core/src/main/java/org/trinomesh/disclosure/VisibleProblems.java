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

import com.google.common.collect.ImmutableList;
import org.trinomesh.governance.Governance;
import org.trinomesh.platform.HiddenReference;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * What a requester may know of problems. Hidden things must not be discoverable by guessing their names in a document.
 */
final class VisibleProblems
{
    private final GovernedMesh mesh;
    private final Governance governance;

    private VisibleProblems(GovernedMesh mesh, Governance governance)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.governance = requireNonNull(governance, "governance is null");
    }

    static List<Problem> of(GovernedMesh mesh, Governance governance, List<Problem> problems)
    {
        // Stewards see what is really wrong
        if (mesh.isMeshSteward()) {
            return ImmutableList.copyOf(problems);
        }
        VisibleProblems visible = new VisibleProblems(mesh, governance);
        return Stream.concat(problems.stream().filter(problem -> !visible.tellsOfHidden(problem)), visible.references())
                .filter(visible::isVisible)
                .distinct()
                .sorted(comparing(Problem::position).thenComparing(Problem::severity).thenComparing(Problem::message))
                .collect(toImmutableList());
    }

    /**
     * Reports references to things that the requester may not know of in the same way as references to nothing.
     */
    private Stream<Problem> references()
    {
        return Stream.concat(
                governance.mesh().references().stream()
                        .filter(reference -> !isKnown(reference))
                        .map(HiddenReference::problem),
                governance.missingTargets().present().entrySet().stream()
                        .filter(target -> mesh.decide(target.getValue().product()).isDiscoverable() && !mesh.sees(target.getValue()))
                        .map(Map.Entry::getKey));
    }

    private boolean isKnown(HiddenReference reference)
    {
        return mesh.isDiscoverable(reference.domain(), reference.name()) || reference.owners().stream().anyMatch(mesh::isOwner);
    }

    /**
     * Whether a problem is about something of another product that the requester may not know of.
     */
    private boolean tellsOfHidden(Problem problem)
    {
        Optional<MeshTable> table = Optional.ofNullable(governance.missingTargets().absent().get(problem));
        return table.filter(target -> !mesh.decide(target.product()).isDiscoverable()).isPresent() ||
                governance.upstream(problem).filter(column -> !mesh.sees(column)).isPresent();
    }

    private boolean isVisible(Problem problem)
    {
        // A product that was broken from the start is in no domain, and its owner is the one to repair it
        if (problem.owner().filter(mesh::isOwner).isPresent()) {
            return true;
        }
        if (problem.domain().isEmpty() || problem.product().isEmpty()) {
            return false;
        }
        List<DataProduct> products = governance.mesh().domain(problem.domain().orElseThrow())
                .map(Domain::products)
                .orElse(ImmutableList.of())
                .stream()
                .filter(product -> product.sqlName().equals(problem.product().orElseThrow()))
                .collect(toImmutableList());
        // Versions of a product may be governed differently, and the problem may be of any of them
        return !products.isEmpty() && products.stream().allMatch(product -> mesh.closeness(product).contains(Closeness.RESPONSIBLE));
    }
}
