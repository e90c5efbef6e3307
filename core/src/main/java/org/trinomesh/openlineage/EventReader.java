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
package org.trinomesh.openlineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.text.PrintableText;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;
import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoField.YEAR;
import static java.util.Objects.requireNonNull;

/**
 * Understands one OpenLineage event: a RunEvent, DatasetEvent or JobEvent of spec 1.x or 2.x. What it does not know is passed
 * over, as the standard asks: facets are everybody's to add. A whole tree of one event is read, not a stream: facets refer to
 * each other in any order, and the size of an event is limited.
 */
final class EventReader
{
    /**
     * Stands for the rows of a dataset where no column of it does: a filter decides which rows there are.
     */
    static final String ALL_COLUMNS = "*";

    private static final List<String> FACETS = ImmutableList.of("facets", "inputFacets", "outputFacets");

    private static final ObjectMapper JSON = new ObjectMapper().enable(FAIL_ON_TRAILING_TOKENS);

    // "fals", or a letter of UTF-8 without its last byte
    private static final int LONGEST_CUT = 4;

    // Tools that leave the zone out may be up to fourteen hours ahead, and their clocks a little more
    private static final Duration AHEAD = Duration.ofDays(1);

    private final OpenRuns runs;
    private final Instant now;

    private record Origin(String job, String runId, String producer, Instant at) {}

    EventReader(OpenRuns runs, Instant now)
    {
        this.runs = requireNonNull(runs, "runs is null");
        this.now = requireNonNull(now, "now is null");
    }

    static JsonNode parse(byte[] bytes, int offset, int length)
            throws InvalidEventException
    {
        try {
            JsonNode tree = JSON.readTree(bytes, offset, length);
            if (tree == null || tree.isMissingNode()) {
                throw new InvalidEventException("it is empty");
            }
            return tree;
        }
        catch (JsonProcessingException e) {
            // The end may be in the middle of a word or a letter
            boolean cut = e instanceof JsonEOFException || (e.getLocation() != null && e.getLocation().getByteOffset() >= length - LONGEST_CUT);
            // Without what was read: an event may hold anything
            throw new InvalidEventException("it is not JSON" + (e.getLocation() == null ? "" : ": something is wrong at column " + e.getLocation().getColumnNr()), cut);
        }
        catch (IOException e) {
            throw new InvalidEventException("it is not JSON");
        }
    }

    void read(JsonNode event, ToldFacts facts)
            throws InvalidEventException
    {
        if (!event.isObject()) {
            throw new InvalidEventException("it is not a JSON object");
        }
        Instant at = time(event);
        String producer = text(event, "producer");
        if (event.path("run").isObject()) {
            String runId = required(event.path("run"), "runId", "run.runId");
            Origin origin = new Origin(job(event), runId, producer, at);
            Set<Dataset> inputs = datasets(event, "inputs", origin, facts);
            Set<Dataset> outputs = datasets(event, "outputs", origin, facts);
            runs.add(runId, text(event, "eventType"), origin.job(), at, inputs, outputs).forEach(facts::add);
        }
        else if (event.path("dataset").isObject()) {
            read(event.path("dataset"), new Origin("", "", producer, at), facts);
        }
        else if (event.path("job").isObject()) {
            Origin origin = new Origin(job(event), "", producer, at);
            Set<Dataset> inputs = datasets(event, "inputs", origin, facts);
            Set<Dataset> outputs = datasets(event, "outputs", origin, facts);
            OpenRuns.edges(inputs, outputs, origin.job(), at).forEach(facts::add);
        }
        else {
            throw new InvalidEventException("it is not an OpenLineage event: it has neither run, nor dataset, nor job");
        }
    }

    private Instant time(JsonNode event)
            throws InvalidEventException
    {
        String written = required(event, "eventTime", "eventTime");
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(written, OffsetDateTime::from, LocalDateTime::from);
            if (time.get(YEAR) < 1) {
                // SQL has no time for it, and one such event would take the answer of a whole table with it
                throw new InvalidEventException("eventTime is before the year 1");
            }
            // Some tools leave the zone out and mean UTC
            Instant instant = time instanceof OffsetDateTime withZone ? withZone.toInstant() : ((LocalDateTime) time).toInstant(UTC);
            if (instant.isAfter(now.plus(AHEAD))) {
                // Else it would stay the last word, whatever is found until then
                throw new InvalidEventException("eventTime is more than a day in the future; correct the clock of the tool, and write the event again");
            }
            return instant;
        }
        catch (DateTimeException e) {
            throw new InvalidEventException("eventTime is not a time of ISO 8601, such as 2026-05-01T06:00:00Z");
        }
    }

    private static String job(JsonNode event)
            throws InvalidEventException
    {
        JsonNode job = event.path("job");
        return required(job, "namespace", "job.namespace") + "/" + required(job, "name", "job.name");
    }

    private static Set<Dataset> datasets(JsonNode event, String field, Origin origin, ToldFacts facts)
            throws InvalidEventException
    {
        Set<Dataset> datasets = new LinkedHashSet<>();
        for (JsonNode dataset : event.path(field)) {
            datasets.add(read(dataset, origin, facts));
        }
        return datasets;
    }

    /**
     * Facets are read wherever they are: which of the three kinds a facet belongs to changed between versions of the standard.
     */
    private static Dataset read(JsonNode node, Origin origin, ToldFacts facts)
            throws InvalidEventException
    {
        Dataset dataset = dataset(node);
        for (String kind : FACETS) {
            JsonNode facets = node.path(kind);
            if (facets.isEmpty()) {
                continue;
            }
            columnLineage(dataset, facets.path("columnLineage"), origin, facts);
            assertions(dataset, facets, origin, facts);
            names(dataset, facets.path("symlinks"), facts);
        }
        return dataset;
    }

    private static Dataset dataset(JsonNode node)
            throws InvalidEventException
    {
        return new Dataset(required(node, "namespace", "namespace of a dataset"), required(node, "name", "name of a dataset"));
    }

    private static void columnLineage(Dataset to, JsonNode facet, Origin origin, ToldFacts facts)
            throws InvalidEventException
    {
        Set<Dataset> sources = new HashSet<>();
        for (var field : facet.path("fields").properties()) {
            JsonNode lineage = field.getValue();
            Optional<String> older = ColumnTransformations.older(text(lineage, "transformationType"), text(lineage, "transformationDescription"));
            for (JsonNode input : lineage.path("inputFields")) {
                sources.add(columnEdge(input, to, PrintableText.of(field.getKey()), older, origin, facts));
            }
        }
        for (JsonNode input : facet.path("dataset")) {
            sources.add(columnEdge(input, to, ALL_COLUMNS, Optional.empty(), origin, facts));
        }
        // A DatasetEvent has no inputs beside this
        for (Dataset from : sources) {
            if (!from.equals(to)) {
                facts.add(new ObservedEdge(from, to, origin.job(), origin.at()));
            }
        }
    }

    private static Dataset columnEdge(JsonNode input, Dataset to, String column, Optional<String> older, Origin origin, ToldFacts facts)
            throws InvalidEventException
    {
        Dataset from = dataset(input);
        String fromColumn = required(input, "field", "field of columnLineage");
        facts.add(new ObservedColumnEdge(from, fromColumn, to, column, ColumnTransformations.of(input.path("transformations")).or(() -> older), origin.job(), origin.at()));
        return from;
    }

    /**
     * Without what was expected and what was found, or in which words or with which query: these may be values of the data.
     * So are the lowest and highest values of the {@code dataQualityMetrics} facet, and rows and NULLs the mesh counts itself.
     */
    private static void assertions(Dataset dataset, JsonNode facets, Origin origin, ToldFacts facts)
            throws InvalidEventException
    {
        Map<String, JsonNode> counted = counts(facets.path("mesh_dataQuality"));
        for (JsonNode assertion : facets.path("dataQualityAssertions").path("assertions")) {
            String name = required(assertion, "assertion", "assertion of dataQualityAssertions");
            JsonNode success = assertion.path("success");
            if (!success.isBoolean()) {
                throw new InvalidEventException("success of assertion '%s' is neither true nor false".formatted(name));
            }
            JsonNode counts = counted.getOrDefault(name, MissingNode.getInstance());
            facts.add(new ObservedAssertion(
                    dataset,
                    name,
                    optional(assertion, "name"),
                    optional(assertion, "column"),
                    success.booleanValue(),
                    number(counts, "passed"),
                    number(counts, "failed"),
                    optional(assertion, "severity"),
                    origin.job(),
                    origin.runId(),
                    origin.producer(),
                    origin.at()));
        }
    }

    /**
     * The standard's facet has no counts of rows; ours beside it does.
     */
    private static Map<String, JsonNode> counts(JsonNode facet)
    {
        Map<String, JsonNode> counts = new HashMap<>();
        for (JsonNode counted : facet.path("assertions")) {
            counts.putIfAbsent(text(counted, "rule"), counted);
        }
        return counts;
    }

    private static void names(Dataset dataset, JsonNode symlinks, ToldFacts facts)
            throws InvalidEventException
    {
        ImmutableSet.Builder<Dataset> others = ImmutableSet.builder();
        for (JsonNode identifier : symlinks.path("identifiers")) {
            others.add(dataset(identifier));
        }
        facts.addNames(dataset, others.build());
    }

    private static String required(JsonNode node, String field, String what)
            throws InvalidEventException
    {
        String text = text(node, field);
        if (text.isEmpty()) {
            throw new InvalidEventException(what + " is missing");
        }
        return text;
    }

    private static Optional<String> optional(JsonNode node, String field)
    {
        return Optional.of(text(node, field)).filter(text -> !text.isEmpty());
    }

    static String text(JsonNode node, String field)
    {
        return node.path(field).isTextual() ? PrintableText.of(node.path(field).textValue()) : "";
    }

    private static OptionalLong number(JsonNode node, String field)
    {
        JsonNode number = node.path(field);
        return number.isIntegralNumber() && number.canConvertToLong() ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }
}
