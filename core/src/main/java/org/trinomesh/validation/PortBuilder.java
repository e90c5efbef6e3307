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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.OutputPortDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.OutputPort;
import org.trinomesh.validation.TableBinder.BoundTables;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Builds the input and output ports of a data product. A port without a name or a type, which was already reported, is left
 * out.
 */
final class PortBuilder
{
    private final ProductDescriptor descriptor;

    PortBuilder(ProductDescriptor descriptor)
    {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
    }

    /**
     * The input ports, and the contracts that output ports depend on, as far as no input port brings them.
     */
    List<InputPort> inputPorts()
    {
        Set<String> brought = descriptor.inputPorts().stream().flatMap(port -> port.contractId().stream()).collect(toImmutableSet());
        return Stream.concat(
                        descriptor.inputPorts().stream()
                                .filter(port -> port.name().isPresent() && port.type().isPresent())
                                .map(port -> new InputPort(port.name().orElseThrow().value(), port.type().orElseThrow(), port.source(), port.format(), port.schedule(), port.version(), port.contractId())),
                        descriptor.outputPorts().stream()
                                .flatMap(port -> port.inputContracts().stream())
                                .filter(id -> !brought.contains(id))
                                .distinct()
                                .map(id -> new InputPort(id, "contract", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(id))))
                .collect(toImmutableList());
    }

    List<OutputPort> outputPorts(String domain, BoundTables tables)
    {
        return descriptor.outputPorts().stream()
                .filter(port -> port.name().isPresent() && port.type().isPresent())
                .map(port -> new OutputPort(port.name().orElseThrow().value(), port.type().orElseThrow().value(), address(domain, port, tables), port.format(), port.authentication()))
                .collect(toImmutableList());
    }

    private static List<String> address(String domain, OutputPortDescriptor port, BoundTables tables)
    {
        if (TableBinder.isServed(port)) {
            return tables.byPort().get(port).stream()
                    .map(table -> domain + "." + table.name())
                    .collect(toImmutableList());
        }
        return port.endpoint().or(port::topic).map(ImmutableList::of).orElse(ImmutableList.of());
    }
}
