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
package org.trinomesh.system;

import org.trinomesh.disclosure.VisibleInputPort;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code input_ports}: where data products take their data from.
 */
final class InputPortsTable
        implements SystemRows<VisibleInputPort>
{
    private static final SystemTableSchema<VisibleInputPort> SCHEMA = SystemTableSchema.<VisibleInputPort>ofProducts("input_ports", "Where the data products you may discover take their data from")
            .text("port", DISCOVERER, "Name of the input port", VisibleInputPort::name)
            .text("type", DISCOVERER, "batch, stream, cdc-stream, ...", VisibleInputPort::type)
            .text("source", DISCOVERER, "System or data product it reads; NULL for a data product that is hidden from you", VisibleInputPort::source)
            .text("format", DISCOVERER, "Format of the data", VisibleInputPort::format)
            .text("schedule", DISCOVERER, "When it is read, as a cron expression", VisibleInputPort::schedule)
            .text("port_version", DISCOVERER, "Version of the input port", VisibleInputPort::version)
            .text("contract_id", DISCOVERER, "Id of the contract for the data", VisibleInputPort::contractId)
            .build();

    @Override
    public SystemTableSchema<VisibleInputPort> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleInputPort> rows(SystemRequest request)
    {
        return request.products().flatMap(VisibleInputPort::of);
    }
}
