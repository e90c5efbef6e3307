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
import org.trinomesh.conformance.Check;
import org.trinomesh.conformance.Violation;
import org.trinomesh.governance.Governance;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The violations that a requester may know. The stewards of the mesh, a product's owner and its stewards see them
 * completely. Others who may discover the product see them without what the message says about columns.
 */
final class VisibleViolations
{
    private final GovernedMesh mesh;
    private final List<Check> checks;
    private final LocalDate today;

    private VisibleViolations(GovernedMesh mesh, List<Check> checks, LocalDate today)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.checks = ImmutableList.copyOf(requireNonNull(checks, "checks is null"));
        this.today = requireNonNull(today, "today is null");
    }

    /**
     * @param today the day in UTC
     */
    static List<VisibleViolation> of(GovernedMesh mesh, Governance governance, LocalDate today)
    {
        VisibleViolations violations = new VisibleViolations(mesh, governance.checks(), today);
        return governance.violations().stream()
                .filter(violation -> mesh.isMeshSteward() || governance.upstream(violation).filter(column -> !mesh.sees(column)).isEmpty())
                .flatMap(violation -> violations.visible(violation).stream())
                .collect(toImmutableList());
    }

    private Optional<VisibleViolation> visible(Violation violation)
    {
        Set<Closeness> closeness = mesh.closeness(mesh.mesh().product(violation.product()), violation.owner());
        if (!closeness.contains(Closeness.DISCOVERER)) {
            return Optional.empty();
        }
        boolean whole = closeness.contains(Closeness.RESPONSIBLE);
        return Optional.of(new VisibleViolation(
                violation.check(),
                violation.policy(),
                violation.enforcement(),
                violation.enforcement(today),
                violation.product(),
                violation.version(),
                whole ? violation.message() : message(violation),
                Optional.of(violation).filter(_ -> whole),
                closeness));
    }

    /**
     * The part of the message that is the same for every product.
     */
    private String message(Violation violation)
    {
        return checks.stream()
                .filter(check -> check.id().equals(violation.check()))
                .map(Check::message)
                .findFirst()
                .orElse("");
    }
}
