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
package org.trinomesh.platform;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Problem;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A reference to an existing product or table. Those who may not know of it must get the same message as for one that does
 * not exist. Otherwise authors could discover it by guessing.
 *
 * @param problem what is said of such a reference when there is nothing
 * @param domain whose product or table it is
 * @param name of the product or the table in SQL
 * @param owners who know of it, also when it is broken
 */
public record HiddenReference(Problem problem, String domain, String name, Set<String> owners)
{
    public HiddenReference
    {
        requireNonNull(problem, "problem is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(name, "name is null");
        owners = ImmutableSet.copyOf(requireNonNull(owners, "owners is null"));
    }
}
