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
import org.trinomesh.conformance.Check;
import org.trinomesh.conformance.CheckResults;
import org.trinomesh.conformance.CheckTime;
import org.trinomesh.conformance.Conformance;
import org.trinomesh.conformance.ConformanceContext;
import org.trinomesh.conformance.Enforcement;
import org.trinomesh.conformance.Violation;
import org.trinomesh.policy.Closing;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.policy.Validity;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Evaluates the checks that are about one product, and decides what follows from the violations.
 */
final class ProductConformance
{
    private ProductConformance() {}

    /**
     * @param violations as far as the checks are finished
     * @param unfinished the checks that are not
     */
    record Verdict(CheckResults results, List<Violation> violations, List<Check> unfinished)
    {
        static final Verdict NONE = new Verdict(CheckResults.NONE, ImmutableList.of(), ImmutableList.of());

        Verdict
        {
            requireNonNull(results, "results is null");
            violations = ImmutableList.copyOf(requireNonNull(violations, "violations is null"));
            unfinished = ImmutableList.copyOf(requireNonNull(unfinished, "unfinished is null"));
        }
    }

    static Verdict judge(ProductPolicy policy, Domain domain, PolicyBook book, Optional<CheckResults> before, CheckTime time)
    {
        Conformance conformance = book.conformance().of(policy.product());
        CheckResults results = conformance.evaluate(policy.product(), Optional.of(domain), context(policy, book), before, time);
        return new Verdict(results, conformance.violations(policy.product(), results), conformance.unfinished(results));
    }

    /**
     * A strict check that is violated takes the product out of service; a waived one when the waiver is over. So does one that is
     * not finished for a product that changed.
     */
    static List<Closing> closings(ProductPolicy policy, Verdict verdict)
    {
        Stream<Closing> unfinished = verdict.unfinished().stream()
                .filter(check -> check.enforcement() == Enforcement.STRICT && !verdict.results().settled())
                .map(check -> Closing.always(Reason.of("check %s is still being evaluated".formatted(check.id()), policy.product().position())));
        return Stream.concat(closings(verdict.violations()), unfinished).collect(toImmutableList());
    }

    private static Stream<Closing> closings(List<Violation> violations)
    {
        return violations.stream()
                .filter(violation -> violation.enforcement() == Enforcement.STRICT)
                .map(violation -> new Closing(
                        violation.waivedUntil().map(last -> Validity.start(last.plusDays(1))).orElse(Instant.MIN),
                        Reason.of("check %s is violated: %s".formatted(violation.check(), violation.message()), violation.position())));
    }

    static List<Problem> problems(List<Violation> violations, LocalDate today)
    {
        return violations.stream()
                .filter(violation -> violation.enforcement(today) == Enforcement.STRICT || violation.enforcement(today) == Enforcement.WARN)
                .map(violation -> violation.enforcement(today) == Enforcement.STRICT
                        ? Problem.error(violation.position(), "out of service: check %s is violated: %s".formatted(violation.check(), violation.message()), violation.remedy())
                        : Problem.warning(violation.position(), "check %s is violated: %s".formatted(violation.check(), violation.message()), violation.remedy()))
                .collect(toImmutableList());
    }

    static Stream<Problem> unfinished(ProductPolicy policy, Verdict verdict)
    {
        return verdict.unfinished().stream()
                .map(check -> Problem.warning(
                        policy.product().position(),
                        "check %s is still being evaluated%s".formatted(check.id(), check.enforcement() == Enforcement.STRICT && !verdict.results().settled() ? ", so the data product is out of service" : ""),
                        "wait a minute; a check that takes longer counts as violated"));
    }

    private static ConformanceContext context(ProductPolicy policy, PolicyBook book)
    {
        ImmutableSet.Builder<String> masked = ImmutableSet.builder();
        ImmutableSet.Builder<String> declassified = ImmutableSet.builder();
        ImmutableMap.Builder<String, Set<String>> tags = ImmutableMap.builder();
        ImmutableMap.Builder<String, String> classifications = ImmutableMap.builder();
        for (TablePolicy table : policy.tables()) {
            for (ColumnPolicy column : table.columns()) {
                String name = table.table() + "." + column.column().path();
                tags.put(name, column.column().tags());
                column.column().classification().ifPresent(classification -> classifications.put(name, classification));
                if (!column.rules().isEmpty() || column.maskedBefore()) {
                    masked.add(name);
                }
                if (column.declassifiedByMesh()) {
                    declassified.add(name);
                }
            }
        }
        return new ConformanceContext(masked.build(), tags.buildOrThrow(), classifications.buildOrThrow(), declassified.build(), book.governance().settings().encryption());
    }
}
