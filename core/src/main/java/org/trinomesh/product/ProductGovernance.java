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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import org.trinomesh.rule.RuleSetDescriptor;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What a data product's team declares to governance, and adds to the policies of the mesh.
 *
 * @param findable whether those who may discover the whole mesh see it; without it only its own access rules count
 * @param rules the team's own rules and checks, as written
 * @param accessRules whom the team lets read, discover or write
 */
public record ProductGovernance(
        boolean findable,
        DataHandling handling,
        RuleSetDescriptor rules,
        List<AccessRule> accessRules)
{
    public ProductGovernance
    {
        requireNonNull(handling, "handling is null");
        requireNonNull(rules, "rules is null");
        accessRules = ImmutableList.copyOf(requireNonNull(accessRules, "accessRules is null"));
    }
}
