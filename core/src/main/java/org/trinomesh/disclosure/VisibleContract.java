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

import org.trinomesh.product.Contract;
import org.trinomesh.product.Terms.Definition;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A contract of a data product that a requester may discover.
 */
public record VisibleContract(VisibleProduct visible, Contract contract)
        implements ProductFact
{
    public VisibleContract
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(contract, "contract is null");
    }

    public static Stream<VisibleContract> of(VisibleProduct visible)
    {
        return visible.product().contracts().stream().map(contract -> new VisibleContract(visible, contract));
    }

    /**
     * Where things are defined. An implementation is a place in a database or a repository, and so for stewards.
     */
    public List<Definition> definitions()
    {
        return contract.terms().definitions().stream()
                .filter(definition -> visible.is(Closeness.STEWARD) || isPublic(definition))
                .collect(toImmutableList());
    }

    private static boolean isPublic(Definition definition)
    {
        return (definition.url().startsWith("https://") || definition.url().startsWith("http://")) &&
                !definition.type().toLowerCase(ENGLISH).endsWith("implementation");
    }

    /**
     * The document as it is written. It names every column, and a policy may hide some from stewards too.
     */
    public Optional<String> document()
    {
        return Optional.of(contract.terms().document()).filter(_ -> visible.access().knowsAllColumns());
    }
}
