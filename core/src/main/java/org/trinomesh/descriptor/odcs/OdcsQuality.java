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
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.descriptor.QualityDescriptor.ThresholdDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.descriptor.StandardNames;
import org.trinomesh.problem.Located;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the quality rules of a table or of a column.
 */
final class OdcsQuality
{
    private static final List<String> OPERATORS = ImmutableList.of(
            "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween", "mustNotBeBetween");
    private static final List<String> RANGES = ImmutableList.of("mustBeBetween", "mustNotBeBetween");
    private static final List<String> METRICS = ImmutableList.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");
    private static final List<String> TYPES = ImmutableList.of("library", "text", "sql", "custom");

    /**
     * What the metrics were called while they were rules.
     */
    private static final Map<String, String> RULES = ImmutableMap.<String, String>builder()
            .put("duplicateCount", "duplicateValues")
            .put("unique", "duplicateValues")
            .put("nullCheck", "nullValues")
            .put("nullCount", "nullValues")
            .put("countCheck", "rowCount")
            .put("validValues", "invalidValues")
            .buildOrThrow();

    static final ObjectShape SHAPE = ObjectShape.of("a quality rule").optional(ImmutableList.<String>builder()
            .add("id",
                    "name",
                    "description",
                    "type",
                    "metric",
                    "rule",
                    "arguments",
                    "unit",
                    "query",
                    "engine",
                    "implementation",
                    "dimension",
                    "method",
                    "severity",
                    "businessImpact",
                    "scheduler",
                    "schedule",
                    "tags",
                    "customProperties",
                    "authoritativeDefinitions",
                    "pattern",
                    "validValues",
                    "missingValues")
            .addAll(OPERATORS)
            .build()
            .toArray(new String[0]));
    static final ObjectShape ARGUMENTS = ObjectShape.of("arguments").optional("missingValues", "validValues", "pattern", "properties").opened();

    private final StandardBlocks blocks;

    OdcsQuality(StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
    }

    List<QualityDescriptor> read(ObjectReader element, Optional<Located<String>> table, Optional<Located<String>> column)
    {
        return blocks.objects(element, "quality", SHAPE).stream()
                .map(rule -> rule(rule, table, column))
                .collect(toImmutableList());
    }

    private QualityDescriptor rule(ObjectReader rule, Optional<Located<String>> table, Optional<Located<String>> column)
    {
        blocks.checkCustom(rule);
        Optional<Located<String>> check = check(rule);
        Optional<ObjectReader> arguments = rule.object("arguments", ARGUMENTS);
        Optional<Located<String>> pattern = arguments.flatMap(present -> present.text("pattern")).or(() -> rule.text("pattern"));
        String listed = check.filter(name -> name.value().equals("missingValues")).isPresent() ? "missingValues" : "validValues";
        List<Located<String>> values = values(arguments, listed);
        blocks.ignore(rule, "quality[].", "engine", "implementation", "method", "schedule", "scheduler");
        return new QualityDescriptor(
                rule.text("name").or(() -> rule.text("id")),
                rule.text("description").map(Located::value),
                table,
                column,
                check,
                pattern,
                values.isEmpty() ? values(Optional.of(rule), listed) : values,
                arguments.map(present -> present.given("properties").isEmpty() ? ImmutableList.<Located<String>>of() : present.texts("properties")).orElse(ImmutableList.of()),
                rule.text("query"),
                threshold(rule, check),
                rule.text("dimension").map(Located::value),
                rule.text("severity").map(Located::value),
                rule.text("businessImpact").map(Located::value),
                rule.position());
    }

    private Optional<Located<String>> check(ObjectReader rule)
    {
        Optional<Located<String>> type = rule.text("type");
        type.filter(word -> !TYPES.contains(word.value()))
                .ifPresent(word -> blocks.problems().error(word.position(), "a quality rule of type '%s' is not known".formatted(word), "write one of " + String.join(", ", TYPES)));
        Optional<Located<String>> metric = rule.text("metric");
        Optional<Located<String>> old = rule.text("rule");
        String kind = type.map(Located::value).orElse(metric.isEmpty() && old.isEmpty() && rule.has("query") ? "sql" : "library");
        if (!kind.equals("library")) {
            if (kind.equals("sql") && !rule.has("query")) {
                blocks.problems().error(rule.position(), "the sql rule has no 'query'", "add 'query:' with a SELECT of one number");
            }
            return Optional.of(new Located<>(kind, type.map(Located::position).orElseGet(rule::position)));
        }
        if (metric.isPresent()) {
            if (!METRICS.contains(metric.get().value())) {
                blocks.problems().error(metric.get().position(), "metric '%s' is not known".formatted(metric.get()), "write one of " + String.join(", ", METRICS));
                return Optional.empty();
            }
            return metric;
        }
        if (old.isEmpty()) {
            blocks.refuse(rule.position(), "the quality rule has no 'metric'", "write one of " + String.join(", ", METRICS) + ", or 'type: text' for a rule in words");
            return Optional.of(new Located<>("text", rule.position()));
        }
        Located<String> name = old.get();
        Optional<String> renamed = StandardNames.canonical(name.value(), METRICS).or(() -> Optional.ofNullable(RULES.get(name.value())));
        if (renamed.isEmpty()) {
            blocks.problems().warning(name.position(), "rule '%s' is not known, so nothing measures it".formatted(name), "write 'metric:' with one of " + String.join(", ", METRICS));
        }
        return Optional.of(new Located<>(renamed.orElse("custom"), name.position()));
    }

    private static List<Located<String>> values(Optional<ObjectReader> reader, String key)
    {
        return reader.filter(present -> present.given(key).isPresent()).map(present -> present.items(key)).orElse(ImmutableList.of()).stream()
                .filter(DescriptorNode.Text.class::isInstance)
                .map(DescriptorNode.Text.class::cast)
                // An empty text is a value that counts as missing; nothing is written as null, and NULL is missing and never invalid anyway
                .filter(text -> !text.absent())
                .map(text -> new Located<>(text.value(), text.position()))
                .collect(toImmutableList());
    }

    private Optional<ThresholdDescriptor> threshold(ObjectReader rule, Optional<Located<String>> check)
    {
        List<String> given = OPERATORS.stream().filter(rule::has).collect(toImmutableList());
        boolean measured = check.filter(name -> METRICS.contains(name.value()) || name.value().equals("sql")).isPresent();
        if (given.size() > 1) {
            blocks.problems().error(rule.position(), "the quality rule has %s together".formatted(String.join(" and ", given)), "write exactly one of " + String.join(", ", OPERATORS));
            return Optional.empty();
        }
        if (given.isEmpty()) {
            if (measured) {
                blocks.refuse(rule.position(), "the quality rule does not say what the number must be", "write exactly one of " + String.join(", ", OPERATORS));
            }
            return Optional.empty();
        }
        String operator = given.getFirst();
        Optional<Located<String>> unit = rule.text("unit");
        if (RANGES.contains(operator)) {
            List<Located<String>> bounds = rule.texts(operator);
            if (bounds.size() != 2) {
                blocks.problems().error(rule.position(), "'%s' has %s numbers".formatted(operator, bounds.size()), "write two, the smaller first: [10, 20]");
                return Optional.empty();
            }
            bounds.forEach(bound -> checkNumber(operator, bound));
            return Optional.of(new ThresholdDescriptor(new Located<>(operator, rule.position()), bounds, unit));
        }
        return rule.text(operator).map(bound -> {
            if (measured) {
                checkNumber(operator, bound);
            }
            return new ThresholdDescriptor(new Located<>(operator, bound.position()), ImmutableList.of(bound), unit);
        });
    }

    private void checkNumber(String operator, Located<String> bound)
    {
        if (!bound.value().matches("[-+]?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?")) {
            blocks.problems().error(bound.position(), "'%s' is '%s'".formatted(operator, bound), "write a number");
        }
    }
}
