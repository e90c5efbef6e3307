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
package org.trinomesh.descriptor.odcs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.ObjectiveDescriptor;
import org.trinomesh.descriptor.ProductDescriptor.DeprecationDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.descriptor.StandardNames;
import org.trinomesh.problem.Located;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Reads what a contract promises about its data over time: objectives, and the dates of its end.
 */
final class OdcsObjectives
{
    static final ObjectShape SHAPE = ObjectShape.of("an SLA property")
            .required("property", "value")
            .optional("id", "valueExt", "unit", "element", "driver", "description", "scheduler", "schedule", "customProperties", "authoritativeDefinitions");

    private static final Map<String, String> NAMES = ImmutableMap.<String, String>builder()
            .put("av", "availability")
            .put("th", "throughput")
            .put("er", "errorRate")
            .put("ga", "generalAvailability")
            .put("es", "endOfSupport")
            .put("el", "endOfLife")
            .put("re", "retention")
            .put("fy", "frequency")
            .put("ly", "latency")
            .put("td", "timeToDetect")
            .put("tn", "timeToNotify")
            .put("tr", "timeToRepair")
            .buildOrThrow();
    private static final List<String> LONG_NAMES = ImmutableList.<String>builder().addAll(NAMES.values()).add("timeOfAvailability", "freshness", "completeness", "accuracy").build();

    private static final Map<String, String> UNITS = ImmutableMap.<String, String>builder()
            .put("s", "s").put("sec", "s").put("second", "s").put("seconds", "s")
            .put("m", "m").put("min", "m").put("minute", "m").put("minutes", "m")
            .put("h", "h").put("hr", "h").put("hour", "h").put("hours", "h")
            .put("d", "d").put("day", "d").put("days", "d")
            .put("w", "w").put("wk", "w").put("week", "w").put("weeks", "w")
            .put("mo", "mo").put("month", "mo").put("months", "mo")
            .put("y", "y").put("yr", "y").put("year", "y").put("years", "y")
            .put("%", "%").put("percent", "%")
            .buildOrThrow();

    private final List<ContractTableDescriptor> tables;
    private final StandardBlocks blocks;
    private final Optional<String> defaultElement;
    private final ImmutableList.Builder<ObjectiveDescriptor> objectives = ImmutableList.builder();
    private final Set<String> names = new HashSet<>();
    private Optional<LocalDate> endOfSupport = Optional.empty();
    private Optional<LocalDate> endOfLife = Optional.empty();

    OdcsObjectives(ObjectReader root, List<ContractTableDescriptor> tables, StandardBlocks blocks)
    {
        this.tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        this.blocks = requireNonNull(blocks, "blocks is null");
        this.defaultElement = root.text("slaDefaultElement").map(Located::value);
        blocks.objects(root, "slaProperties", SHAPE).forEach(this::read);
    }

    List<ObjectiveDescriptor> objectives()
    {
        return objectives.build();
    }

    Optional<DeprecationDescriptor> deprecation()
    {
        return endOfSupport.isPresent() || endOfLife.isPresent()
                ? Optional.of(new DeprecationDescriptor(endOfSupport, endOfLife, Optional.empty()))
                : Optional.empty();
    }

    private void read(ObjectReader reader)
    {
        blocks.checkCustom(reader);
        Optional<Located<String>> property = reader.text("property");
        Optional<Located<String>> value = reader.given("value").flatMap(node -> reader.text("value", node));
        Optional<Located<String>> unit = reader.text("unit");
        Optional<String> element = reader.text("element").map(Located::value).or(() -> defaultElement);
        Optional<String> schedule = reader.text("schedule").map(Located::value);
        Optional<String> scheduler = reader.text("scheduler").map(Located::value);
        Optional<String> driver = reader.text("driver").map(Located::value);
        Optional<String> description = reader.text("description").map(Located::value);
        blocks.ignore(reader, "slaProperties[].", "valueExt");
        if (property.isEmpty() || value.isEmpty()) {
            return;
        }
        String name = name(property.get().value());
        switch (name) {
            case "endOfSupport" -> endOfSupport = date(name, value.get());
            case "endOfLife" -> endOfLife = date(name, value.get());
            default -> objectives.add(new ObjectiveDescriptor(
                    unique(name, driver, element),
                    Optional.of(target(value.get(), unit)),
                    element.map(this::measurement),
                    description,
                    unit.map(Located::value),
                    element,
                    schedule,
                    scheduler,
                    driver,
                    value.get().position()));
        }
    }

    private static String name(String written)
    {
        return Optional.ofNullable(NAMES.get(written.toLowerCase(ENGLISH)))
                .or(() -> StandardNames.canonical(written, LONG_NAMES))
                .orElse(written);
    }

    /**
     * A contract may promise the same twice, for two uses or about two elements.
     */
    private String unique(String name, Optional<String> driver, Optional<String> element)
    {
        if (names.add(name)) {
            return name;
        }
        String distinct = name + driver.or(() -> element).map(what -> " (" + what + ")").orElse("");
        for (int number = 2; !names.add(distinct); number++) {
            distinct = name + " (" + number + ")";
        }
        return distinct;
    }

    private static String target(Located<String> value, Optional<Located<String>> unit)
    {
        return unit.map(Located::value)
                .map(word -> Optional.ofNullable(UNITS.get(word.toLowerCase(ENGLISH))).map(known -> value + known).orElse(value + " " + word))
                .orElse(value.value());
    }

    /**
     * The column alone where there is only one table it can be in.
     */
    private String measurement(String element)
    {
        int dot = element.indexOf('.');
        return tables.size() == 1 && dot > 0 && element.indexOf(',') < 0 ? element.substring(dot + 1) : element;
    }

    private Optional<LocalDate> date(String name, Located<String> value)
    {
        try {
            // A time of day may follow, of which nothing is made
            if (value.value().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")) {
                return Optional.of(LocalDate.parse(value.value().substring(0, 10)));
            }
        }
        catch (DateTimeParseException _) {
            // No such day
        }
        blocks.problems().error(value.position(), "'%s' is '%s'".formatted(name, value), "write a date as year-month-day: 2026-03-31");
        return Optional.empty();
    }
}
