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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import org.trinomesh.platform.Closure;
import org.trinomesh.platform.GovernanceSettings;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Everything that speaks for more than one product about who sees what.
 *
 * @param closures files that cannot be read and may hold policies
 */
public record MeshGovernance(List<PolicyDocument> policies, GovernanceSettings settings, List<Closure> closures)
{
    public static final MeshGovernance NONE = new MeshGovernance(ImmutableList.of(), GovernanceSettings.NONE, ImmutableList.of());

    public MeshGovernance
    {
        policies = ImmutableList.copyOf(requireNonNull(policies, "policies is null"));
        requireNonNull(settings, "settings is null");
        closures = ImmutableList.copyOf(requireNonNull(closures, "closures is null"));
    }
}
