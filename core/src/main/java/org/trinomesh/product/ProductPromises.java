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

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a data product promises its consumers.
 *
 * @param contract that of its first port
 * @param furtherContracts those of other ports
 * @param deprecation until when the promises hold
 */
public record ProductPromises(
        List<ServiceLevelObjective> objectives,
        List<QualityRule> qualityRules,
        Optional<Contract> contract,
        List<Contract> furtherContracts,
        Optional<Deprecation> deprecation)
{
    public ProductPromises
    {
        objectives = ImmutableList.copyOf(requireNonNull(objectives, "objectives is null"));
        qualityRules = ImmutableList.copyOf(requireNonNull(qualityRules, "qualityRules is null"));
        requireNonNull(contract, "contract is null");
        furtherContracts = ImmutableList.copyOf(requireNonNull(furtherContracts, "furtherContracts is null"));
        requireNonNull(deprecation, "deprecation is null");
    }
}
