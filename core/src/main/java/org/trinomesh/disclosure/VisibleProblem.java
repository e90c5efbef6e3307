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

import com.google.common.collect.Sets;
import org.trinomesh.problem.Problem;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A problem of something that the requester answers for.
 */
public record VisibleProblem(Problem problem)
        implements Fact
{
    private static final Set<Closeness> CLOSENESS = Sets.immutableEnumSet(Closeness.DISCOVERER, Closeness.RESPONSIBLE);

    public VisibleProblem
    {
        requireNonNull(problem, "problem is null");
    }

    @Override
    public Set<Closeness> closeness()
    {
        return CLOSENESS;
    }
}
