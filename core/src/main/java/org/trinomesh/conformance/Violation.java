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
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.time.LocalDate;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A data product that violates a check. A violation may be kept for several days, so its severity is computed for a given
 * day.
 *
 * @param check the id of the check
 * @param enforcement what the check demands without a waiver
 * @param version of the product
 * @param position where the product is written
 * @param waivedUntil the last day of the longest waiver, UTC, also when it is over
 */
public record Violation(
        String check,
        String policy,
        Enforcement enforcement,
        ProductId product,
        SemanticVersion version,
        String owner,
        String message,
        String remedy,
        Position position,
        Optional<LocalDate> waivedUntil)
{
    public Violation
    {
        requireNonNull(check, "check is null");
        requireNonNull(policy, "policy is null");
        requireNonNull(enforcement, "enforcement is null");
        requireNonNull(product, "product is null");
        requireNonNull(version, "version is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(message, "message is null");
        requireNonNull(remedy, "remedy is null");
        requireNonNull(position, "position is null");
        requireNonNull(waivedUntil, "waivedUntil is null");
    }

    /**
     * @param today the day in UTC
     */
    public boolean isWaived(LocalDate today)
    {
        return waivedUntil.isPresent() && !today.isAfter(waivedUntil.get());
    }

    /**
     * What the violation causes on a day: a waived one is only listed.
     *
     * @param today the day in UTC
     */
    public Enforcement enforcement(LocalDate today)
    {
        return isWaived(today) && Enforcement.AUDIT.isMilderThan(enforcement) ? Enforcement.AUDIT : enforcement;
    }
}
