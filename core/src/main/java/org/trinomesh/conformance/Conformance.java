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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableList;
import org.trinomesh.conformance.CheckResults.Finding;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

/**
 * Evaluates checks for data products.
 *
 * @param checks in the order of the violations
 */
public record Conformance(List<Check> checks, List<Waiver> waivers)
{
    public Conformance
    {
        checks = ImmutableList.copyOf(requireNonNull(checks, "checks is null"));
        waivers = ImmutableList.copyOf(requireNonNull(waivers, "waivers is null"));
    }

    /**
     * The checks that the product violates, waived or not, except those that are off. A check that cannot be evaluated is
     * violated.
     */
    public List<Violation> evaluate(DataProduct product, Optional<Domain> domain, ConformanceContext context)
    {
        return violations(product, evaluate(product, domain, context, Optional.empty(), CheckTime.unlimited()));
    }

    /**
     * @param before what came of the product's checks before
     */
    public CheckResults evaluate(DataProduct product, Optional<Domain> domain, ConformanceContext context, Optional<CheckResults> before, CheckTime time)
    {
        CheckResults results = CheckResults.evaluate(active().collect(toImmutableList()), ProductDocument.of(product, domain, context), before, time);
        return unfinished(results).isEmpty() ? results.complete() : results;
    }

    /**
     * The checks that are violated as far as they were evaluated.
     */
    public List<Violation> violations(DataProduct product, CheckResults results)
    {
        return active()
                .flatMap(check -> results.of(check)
                        .filter(finding -> !finding.outcome().holds())
                        .map(finding -> violation(check, product, message(check, finding)))
                        .stream())
                .collect(toImmutableList());
    }

    /**
     * The checks that were not finished in time.
     */
    public List<Check> unfinished(CheckResults results)
    {
        return active()
                .filter(check -> results.of(check).isEmpty())
                .collect(toImmutableList());
    }

    private Stream<Check> active()
    {
        return checks.stream().filter(check -> check.enforcement() != Enforcement.OFF);
    }

    /**
     * The waivers without effect, because their check or their product does not exist.
     *
     * @param products the qualified names of all products, {@code sales.customer_360}
     */
    public List<Problem> uselessWaivers(Set<String> products)
    {
        return waivers.stream()
                .flatMap(waiver -> problem(waiver, products).stream())
                .collect(toImmutableList());
    }

    private Optional<Problem> problem(Waiver waiver, Set<String> products)
    {
        if (checks.stream().noneMatch(check -> waiver.check().equals(check.id()) || waiver.check().equals(check.policy()))) {
            return Optional.of(Problem.warning(
                    waiver.position(),
                    "the waiver is for check '%s', which does not exist".formatted(waiver.check()),
                    "write the id of a check or the name of its policy, such as pii-handling/masking or pii-handling"));
        }
        if (!products.contains(waiver.product())) {
            return Optional.of(Problem.warning(
                    waiver.position(),
                    "the waiver is for data product '%s', which does not exist".formatted(waiver.product()),
                    "write domain and product as in SQL, such as sales.customer_360"));
        }
        return Optional.empty();
    }

    /**
     * A violation that was found by other means than the check's expression; nothing when the check is off.
     *
     * @param id of the check
     * @param details what exactly is wrong
     */
    public Optional<Violation> violation(String id, DataProduct product, String details, Position position)
    {
        return checks.stream()
                .filter(check -> check.id().equals(id) && check.enforcement() != Enforcement.OFF)
                .map(check -> violation(check, product, check.message() + ": " + details, position))
                .findFirst();
    }

    private Violation violation(Check check, DataProduct product, String message)
    {
        return violation(check, product, message, product.position());
    }

    private Violation violation(Check check, DataProduct product, String message, Position position)
    {
        Optional<LocalDate> waivedUntil = waivers.stream()
                .filter(waiver -> waiver.covers(check, product.qualifiedName()))
                .map(Waiver::until)
                .max(naturalOrder());
        return new Violation(
                check.id(),
                check.policy(),
                check.enforcement(),
                product.id(),
                product.version(),
                product.owner(),
                message,
                check.remedy(),
                position,
                waivedUntil);
    }

    private static String message(Check check, Finding finding)
    {
        if (finding.outcome().error().isPresent()) {
            return "%s (the check could not be evaluated: %s)".formatted(check.message(), finding.outcome().error().get());
        }
        return finding.names().isEmpty() ? check.message() : check.message() + ": " + finding.names();
    }
}
