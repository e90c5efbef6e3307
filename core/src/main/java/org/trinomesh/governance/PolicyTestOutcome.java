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
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.PolicyDocument;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The outcome of a test of a policy.
 *
 * @param name how the author calls the test
 * @param differences in what somebody sees otherwise than expected; empty when the test passed
 */
public record PolicyTestOutcome(PolicyDocument policy, String name, Position position, List<Difference> differences)
{
    public PolicyTestOutcome
    {
        requireNonNull(policy, "policy is null");
        requireNonNull(name, "name is null");
        requireNonNull(position, "position is null");
        differences = ImmutableList.copyOf(requireNonNull(differences, "differences is null"));
    }

    /**
     * @param what of which the test speaks: {@code access}, {@code column email}, {@code rowFilter}, or the data product
     * @param position where the expectation is written
     */
    public record Difference(String what, String expected, String seen, String remedy, Position position)
    {
        static final String CORRECT = "correct the rule, or the test";

        public Difference
        {
            requireNonNull(what, "what is null");
            requireNonNull(expected, "expected is null");
            requireNonNull(seen, "seen is null");
            requireNonNull(remedy, "remedy is null");
            requireNonNull(position, "position is null");
        }
    }

    public boolean passed()
    {
        return differences.isEmpty();
    }

    List<Problem> problems()
    {
        return differences.stream()
                .map(difference -> Problem.error(
                        difference.position(),
                        "test '%s' fails: %s is expected to be %s, but is %s".formatted(name, difference.what(), difference.expected(), difference.seen()),
                        difference.remedy()))
                .map(problem -> policy.domain().map(problem::about).orElse(problem))
                .map(problem -> policy.descriptor().owner().map(problem::ownedBy).orElse(problem))
                .collect(toImmutableList());
    }
}
