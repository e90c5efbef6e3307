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

import org.trinomesh.product.InputPort;

import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * An input port of a data product that a requester may discover.
 *
 * @param source what it reads, as far as the requester may know of it
 * @param contractId the contract under which the data comes, which tells of the source
 */
public record VisibleInputPort(
        VisibleProduct visible,
        String name,
        String type,
        Optional<String> source,
        Optional<String> format,
        Optional<String> schedule,
        Optional<String> version,
        Optional<String> contractId)
        implements ProductFact
{
    public VisibleInputPort
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(source, "source is null");
        requireNonNull(format, "format is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(version, "version is null");
        requireNonNull(contractId, "contractId is null");
    }

    public static Stream<VisibleInputPort> of(VisibleProduct visible)
    {
        return visible.product().inputPorts().stream().map(port -> of(visible, port));
    }

    private static VisibleInputPort of(VisibleProduct visible, InputPort port)
    {
        Optional<String> source = visible.mesh().source(visible.product(), port);
        Optional<String> contractId = port.contractId().filter(_ -> source.equals(port.source()));
        return new VisibleInputPort(visible, port.name(), port.type(), source, port.format(), port.schedule(), port.version(), contractId);
    }
}
