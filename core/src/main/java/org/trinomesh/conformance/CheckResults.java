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

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashCode;
import org.trinomesh.conformance.CheckExpression.Outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The results of the checks of one product. A check with the same expression and the same document has the same result, and
 * is not evaluated again.
 *
 * @param fingerprint the fingerprint of the {@link ProductDocument} that was checked: the document itself would take more memory than the product
 * @param findings by check; one that is not among them was not finished
 * @param settled whether strict checks may be missing without taking the product out of service: all that were in force before
 *         are there
 * @param rounds how many times in a row not all were finished
 */
public record CheckResults(HashCode fingerprint, Map<Question, Finding> findings, boolean settled, int rounds)
{
    // An author who slows down the checks must not thereby keep a product in service that violates a new check
    private static final int MOST_ROUNDS = 10;

    /**
     * The results of a product whose checks were never evaluated.
     */
    public static final CheckResults NONE = new CheckResults(ProductDocument.fingerprint(ImmutableMap.of()), ImmutableMap.of(), false, 0);

    /**
     * The expressions of a check, without its name and its place.
     */
    record Question(CheckExpression expression, Optional<CheckExpression> details)
    {
        Question
        {
            requireNonNull(expression, "expression is null");
            requireNonNull(details, "details is null");
        }

        static Question of(Check check)
        {
            return new Question(check.expression(), check.details());
        }
    }

    /**
     * @param names what exactly is wrong; empty where the check does not say that
     */
    record Finding(Outcome outcome, String names)
    {
        // Almost every finding, of which a large mesh has hundreds of thousands
        private static final Finding HOLDS = new Finding(new Outcome(true, Optional.empty()), "");
        static final Finding OUT_OF_TIME = new Finding(new Outcome(false, Optional.of("the checks of this product or of its domain take too long")), "");

        Finding
        {
            requireNonNull(outcome, "outcome is null");
            requireNonNull(names, "names is null");
        }

        private static Finding of(Outcome outcome, String names)
        {
            Finding finding = new Finding(outcome, names);
            return finding.equals(HOLDS) ? HOLDS : finding;
        }
    }

    public CheckResults
    {
        requireNonNull(fingerprint, "fingerprint is null");
        findings = ImmutableMap.copyOf(requireNonNull(findings, "findings is null"));
    }

    /**
     * @param before the previous results of the checks of the same product
     */
    static CheckResults evaluate(List<Check> checks, Map<String, Object> document, Optional<CheckResults> before, CheckTime time)
    {
        HashCode fingerprint = ProductDocument.fingerprint(document);
        Optional<CheckResults> same = before.filter(results -> results.fingerprint().equals(fingerprint));
        ImmutableMap.Builder<Question, Finding> findings = ImmutableMap.builder();
        for (Check check : checks) {
            Question question = Question.of(check);
            same.flatMap(results -> Optional.ofNullable(results.findings().get(question)))
                    .or(() -> find(question, document, time))
                    .ifPresent(finding -> findings.put(question, finding));
        }
        int rounds = same.map(CheckResults::rounds).orElse(0) + 1;
        return new CheckResults(fingerprint, findings.buildKeepingLast(), rounds <= MOST_ROUNDS && same.filter(CheckResults::settled).isPresent(), rounds);
    }

    private static Optional<Finding> find(Question question, Map<String, Object> document, CheckTime time)
    {
        Optional<Outcome> outcome = time.isOver() ? Optional.empty() : question.expression().test(document, time);
        Optional<Finding> found = outcome.flatMap(result -> names(question, result, document, time).map(names -> Finding.of(result, names)));
        return found.isEmpty() && time.last() ? Optional.of(Finding.OUT_OF_TIME) : found;
    }

    /**
     * @return empty when the time was over before
     */
    private static Optional<String> names(Question question, Outcome outcome, Map<String, Object> document, CheckTime time)
    {
        if (outcome.holds() || outcome.error().isPresent() || question.details().isEmpty()) {
            return Optional.of("");
        }
        return question.details().get().names(document, time);
    }

    /**
     * These results, when all checks that are in force were evaluated.
     */
    CheckResults complete()
    {
        return settled && rounds == 0 ? this : new CheckResults(fingerprint, findings, true, 0);
    }

    /**
     * These results with those that were found elsewhere about the same document.
     */
    public CheckResults and(CheckResults other)
    {
        return fingerprint.equals(other.fingerprint()) ? new CheckResults(fingerprint, ImmutableMap.<Question, Finding>builder().putAll(other.findings()).putAll(findings).buildKeepingLast(), settled, rounds) : this;
    }

    Optional<Finding> of(Check check)
    {
        return Optional.ofNullable(findings.get(Question.of(check)));
    }
}
