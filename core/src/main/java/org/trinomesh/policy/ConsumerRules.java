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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Permission;
import org.trinomesh.rule.ScopeDescriptor;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * What a contract's consumers may do: one with dates reads the product between them, and afterwards is told that it was.
 */
public final class ConsumerRules
{
    private ConsumerRules() {}

    public static List<AppliedGrant> grants(DataProduct product)
    {
        return dated(product)
                .map(consumer -> new AppliedGrant(
                        consumer.principal(),
                        ImmutableSet.of(),
                        // A domain reads to publish what its queries compute
                        consumer.team().isPresent() ? ImmutableSet.of(Permission.READ) : ImmutableSet.of(Permission.READ, Permission.SHARE),
                        new Validity(consumer.validFrom(), consumer.validUntil()),
                        Optional.of("the contract" + consumer.validUntil().map(until -> " until " + until).orElse("")),
                        consumer.position()))
                .collect(toImmutableList());
    }

    /**
     * A denial from the day after the last one, unless another entry of the contract goes on for the same consumer.
     */
    public static List<AppliedRule> denials(DataProduct product)
    {
        return dated(product)
                .flatMap(consumer -> consumer.validUntil().stream()
                        .filter(until -> dated(product).noneMatch(other -> other.principal().equals(consumer.principal()) && isLater(other, until)))
                        .map(until -> denial(consumer, until)))
                .collect(toImmutableList());
    }

    private static boolean isLater(Contract.Consumer other, LocalDate until)
    {
        return other.validUntil().filter(end -> !end.isAfter(until)).isEmpty();
    }

    private static AppliedRule denial(Contract.Consumer consumer, LocalDate until)
    {
        Rule rule = new Rule(
                new RuleName.ContractConsumer(consumer.name()),
                Level.PRODUCT,
                Optional.empty(),
                new Rule.Effect.Deny(),
                new Scope(ScopeDescriptor.everything(consumer.position())),
                ImmutableList.of(),
                ImmutableList.of(),
                new Validity(Optional.of(until.plusDays(1)), Optional.empty()),
                Optional.of("the access that the contract gave to " + consumer.name() + " expired on " + until),
                consumer.position());
        return new AppliedRule(rule, new Audience(false, ImmutableSet.of(consumer.principal()), ImmutableSet.of(), false), rule.effect());
    }

    private static Stream<Contract.Consumer> dated(DataProduct product)
    {
        return product.contract().stream()
                .flatMap(contract -> contract.consumers().stream())
                .filter(consumer -> consumer.validFrom().isPresent() || consumer.validUntil().isPresent());
    }
}
