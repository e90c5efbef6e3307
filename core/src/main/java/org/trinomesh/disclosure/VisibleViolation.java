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
import org.trinomesh.conformance.Enforcement;
import org.trinomesh.conformance.Violation;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A violated conformance check, as far as one requester may know it.
 *
 * @param enforcement what the check demands
 * @param today what it demands now, which is less under a waiver
 * @param whole the rest, for those who answer for the product
 * @param closeness what the requester is to the product
 */
public record VisibleViolation(String check, String policy, Enforcement enforcement, Enforcement today, ProductId product, SemanticVersion version, String message, Optional<Violation> whole, Set<Closeness> closeness)
        implements Fact
{
    public VisibleViolation
    {
        requireNonNull(check, "check is null");
        requireNonNull(policy, "policy is null");
        requireNonNull(enforcement, "enforcement is null");
        requireNonNull(today, "today is null");
        requireNonNull(product, "product is null");
        requireNonNull(version, "version is null");
        requireNonNull(message, "message is null");
        requireNonNull(whole, "whole is null");
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
    }
}
