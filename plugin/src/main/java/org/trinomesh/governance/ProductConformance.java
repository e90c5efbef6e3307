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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.governance.conformance.ConformanceContext;
import org.trinomesh.governance.conformance.Enforcement;
import org.trinomesh.governance.conformance.Violation;
import org.trinomesh.registry.Domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Holds one product against the checks that are about it, and says what follows.
 */
final class ProductConformance
{
    private ProductConformance() {}

    static List<Violation> violations(ProductPolicy policy, Domain domain, PolicyBook book)
    {
        return book.conformance().of(policy.product()).evaluate(policy.product(), Optional.of(domain), context(policy, book));
    }

    /**
     * A strict check that is violated takes the product out of service; a waived one when the waiver is over.
     */
    static List<Closing> closings(List<Violation> violations)
    {
        return violations.stream()
                .filter(violation -> violation.enforcement() == Enforcement.STRICT)
                .map(violation -> new Closing(
                        violation.waivedUntil().map(last -> Validity.start(last.plusDays(1))).orElse(Instant.MIN),
                        Reason.of("check %s is violated: %s".formatted(violation.check(), violation.message()), violation.position())))
                .collect(toImmutableList());
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

    private static ConformanceContext context(ProductPolicy policy, PolicyBook book)
    {
        ImmutableSet.Builder<String> masked = ImmutableSet.builder();
        ImmutableMap.Builder<String, Set<String>> tags = ImmutableMap.builder();
        ImmutableMap.Builder<String, String> classifications = ImmutableMap.builder();
        for (TablePolicy table : policy.tables()) {
            for (ColumnPolicy column : table.columns()) {
                String name = table.table() + "." + column.column().path();
                tags.put(name, column.column().tags());
                column.column().classification().ifPresent(classification -> classifications.put(name, classification));
                if (!column.rules().isEmpty()) {
                    masked.add(name);
                }
            }
        }
        return new ConformanceContext(masked.build(), tags.buildOrThrow(), classifications.buildOrThrow(), book.governance().settings().encryption());
    }
}
