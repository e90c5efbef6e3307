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

import org.trinomesh.problem.Position;

import java.time.LocalDate;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A data product that need not keep a check for some time.
 *
 * @param check the id of a check, or of a policy for all of its checks
 * @param product {@code sales.customer_360}: all of its major versions
 * @param until the last day of the waiver, UTC
 * @param approvedBy who said so
 */
public record Waiver(String check, String product, LocalDate until, String reason, Optional<String> approvedBy, Position position)
{
    public Waiver
    {
        requireNonNull(check, "check is null");
        requireNonNull(product, "product is null");
        requireNonNull(until, "until is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(approvedBy, "approvedBy is null");
        requireNonNull(position, "position is null");
    }

    boolean covers(Check other, String qualifiedName)
    {
        return product.equals(qualifiedName) && (check.equals(other.id()) || check.equals(other.policy()));
    }
}
