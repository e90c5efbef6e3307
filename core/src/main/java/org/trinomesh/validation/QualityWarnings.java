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
package org.trinomesh.validation;

import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;

import static java.util.Objects.requireNonNull;

/**
 * The warnings about one written quality rule. Each says that the rule is not checked until then, and is for stewards, since it
 * may name columns that are hidden from others.
 */
final class QualityWarnings
{
    private final QualityDescriptor descriptor;
    private final Problems problems;

    QualityWarnings(QualityDescriptor descriptor, Problems problems)
    {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    void warn(Located<String> place, String message, String remedy)
    {
        String rule = descriptor.name().map(name -> " '" + name + "'").orElse("");
        problems.add(Problem.warning(place.position(), message, "%s; until then the rule%s is not checked".formatted(remedy, rule)));
    }
}
