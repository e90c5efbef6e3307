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
package org.trinomesh.descriptor;

import org.trinomesh.problem.Located;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * An input port as written.
 *
 * @param contractId the id of the contract under which its data comes
 */
public record InputPortDescriptor(
        Optional<Located<String>> name,
        Optional<String> type,
        Optional<String> source,
        Optional<String> format,
        Optional<String> schedule,
        Optional<String> description,
        Optional<String> version,
        Optional<String> contractId)
{
    static final ObjectShape SHAPE = ObjectShape.of("an input port")
            .required("name", "type")
            .optional("source", "format", "schedule", "description");

    public InputPortDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(source, "source is null");
        requireNonNull(format, "format is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(description, "description is null");
        requireNonNull(version, "version is null");
        requireNonNull(contractId, "contractId is null");
    }

    static List<InputPortDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("inputPorts", SHAPE).stream()
                .map(port -> new InputPortDescriptor(
                        port.text("name"),
                        port.text("type").map(Located::value),
                        port.text("source").map(Located::value),
                        port.text("format").map(Located::value),
                        port.text("schedule").map(Located::value),
                        port.text("description").map(Located::value),
                        Optional.empty(),
                        Optional.empty()))
                .collect(toImmutableList());
    }
}
