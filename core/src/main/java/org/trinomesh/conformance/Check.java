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

import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A compiled conformance check: what must hold for a data product. Made once for a generation of the policies.
 *
 * @param id names the check in violations and waivers, {@code pii-handling/masking}
 * @param policy the policy the check belongs to, {@code pii-handling}; a waiver may name it instead of the check
 * @param message what is wrong with a product that violates it
 * @param remedy what its team writes instead
 * @param position where the check is written; empty when it is built in
 * @param expression holds for products that are in order
 * @param details names the parts of the product that are wrong, such as columns, to end the message with
 */
public record Check(
        String id,
        String policy,
        String description,
        String message,
        String remedy,
        Enforcement enforcement,
        Optional<Position> position,
        CheckExpression expression,
        Optional<CheckExpression> details)
{
    public Check
    {
        requireNonNull(id, "id is null");
        checkArgument(!id.isBlank(), "id is blank");
        requireNonNull(policy, "policy is null");
        requireNonNull(description, "description is null");
        requireNonNull(message, "message is null");
        requireNonNull(remedy, "remedy is null");
        requireNonNull(enforcement, "enforcement is null");
        requireNonNull(position, "position is null");
        requireNonNull(expression, "expression is null");
        requireNonNull(details, "details is null");
    }

    @Override
    public String toString()
    {
        return id;
    }
}
