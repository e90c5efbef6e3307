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
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * An entry of {@code slos}, or of a contract's {@code slaProperties}, as written.
 *
 * @param target what is promised, with its unit: {@code 4h}, {@code 99.9%}, {@code 3 y}
 * @param unit the unit alone, when it is written on its own
 * @param element which tables or columns it is about, as {@code table.column}
 * @param schedule when it is due, in the words of the scheduler
 * @param scheduler {@code cron}, or the name of a tool
 * @param driver why it matters: {@code regulatory}, {@code analytics}, {@code operational}
 */
public record ObjectiveDescriptor(
        String name,
        Optional<String> target,
        Optional<String> measurement,
        Optional<String> description,
        Optional<String> unit,
        Optional<String> element,
        Optional<String> schedule,
        Optional<String> scheduler,
        Optional<String> driver,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("an SLO").required("target").optional("measurement", "description");

    public ObjectiveDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(target, "target is null");
        requireNonNull(measurement, "measurement is null");
        requireNonNull(description, "description is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(element, "element is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(scheduler, "scheduler is null");
        requireNonNull(driver, "driver is null");
        requireNonNull(position, "position is null");
    }

    static List<ObjectiveDescriptor> readAll(ObjectReader reader)
    {
        return reader.entries("slos", SHAPE).stream()
                .map(entry -> read(entry.name(), entry.value()))
                .collect(toImmutableList());
    }

    private static ObjectiveDescriptor read(Located<String> name, ObjectReader reader)
    {
        Optional<Located<String>> target = reader.text("target");
        return new ObjectiveDescriptor(
                name.value(),
                target.map(Located::value),
                reader.text("measurement").map(Located::value),
                reader.text("description").map(Located::value),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                target.map(Located::position).orElse(name.position()));
    }
}
