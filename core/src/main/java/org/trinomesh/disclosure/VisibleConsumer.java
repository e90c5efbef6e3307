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

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

/**
 * A consumer of a data product: a team or a domain that declared to depend on it, or for those who answer for the product a user that was seen
 * reading it.
 *
 * @param declared empty for a user of whom no declared team is among its groups and roles
 * @param reader that user
 * @param observed the readings that are known of it; none for those who do not answer for the product
 */
public record VisibleConsumer(VisibleProduct visible, Optional<Contract.Consumer> declared, Optional<ObservedReader> reader, List<ObservedReader> observed)
        implements ProductFact
{
    public VisibleConsumer
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(declared, "declared is null");
        requireNonNull(reader, "reader is null");
        observed = ImmutableList.copyOf(requireNonNull(observed, "observed is null"));
    }

    /**
     * @param readers who was seen reading a product
     */
    public static Stream<VisibleConsumer> of(VisibleProduct visible, Function<DataProduct, List<ObservedReader>> readers)
    {
        DataProduct product = visible.product();
        List<ObservedReader> observed = visible.is(Closeness.RESPONSIBLE) ? readers.apply(product) : ImmutableList.of();
        List<Contract.Consumer> declared = product.contract().map(Contract::consumers).orElse(ImmutableList.of());
        return Stream.concat(
                declared.stream().map(consumer -> new VisibleConsumer(
                        visible,
                        Optional.of(consumer),
                        Optional.empty(),
                        observed.stream().filter(reader -> is(consumer, reader)).collect(toImmutableList()))),
                observed.stream()
                        .filter(reader -> declared.stream().noneMatch(consumer -> is(consumer, reader)))
                        .map(reader -> new VisibleConsumer(visible, Optional.empty(), Optional.of(reader), ImmutableList.of(reader))));
    }

    private static boolean is(Contract.Consumer consumer, ObservedReader reader)
    {
        return consumer.team()
                .map(reader.groups()::contains)
                .orElseGet(() -> reader.user().equals(Requester.ofDomain(consumer.principal().name()).user()));
    }

    public String kind()
    {
        if (declared.isEmpty()) {
            return "observed";
        }
        return observed.isEmpty() ? "declared" : "both";
    }

    public long statements()
    {
        return observed.stream().mapToLong(ObservedReader::statements).sum();
    }

    public Optional<Instant> lastRead()
    {
        return observed.stream().map(ObservedReader::last).max(naturalOrder());
    }
}
