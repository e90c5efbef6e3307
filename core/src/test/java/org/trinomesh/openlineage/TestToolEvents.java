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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openlineage.client.OpenLineage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events as tools write them, of the shape that their documentation shows, and some that the OpenLineage project's own client
 * writes.
 */
final class TestToolEvents
{
    // Configured as the client does before it sends
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .setSerializationInclusion(NON_NULL)
            .disable(WRITE_DATES_AS_TIMESTAMPS);

    @TempDir
    private Path results;

    @Test
    void testTrino()
            throws IOException
    {
        // Its job is called by the id of the query, unless configured otherwise; columns come without transformations
        Observations observations = read("trino.jsonl",
                """
                {"eventType":"START","eventTime":"2026-05-01T06:00:00.123Z","run":{"runId":"0196a1b2-0000-7000-8000-000000000001","facets":{"trino_metadata":{"_producer":"https://github.com/trinodb/trino/plugin/trino-openlineage","_schemaURL":"x","query_plan":"..."}}},"job":{"namespace":"trino://coordinator:8080","name":"20260501_060000_00001_abcde","facets":{"sql":{"query":"CREATE TABLE ..."}}},"inputs":[],"outputs":[],"producer":"https://github.com/trinodb/trino/plugin/trino-openlineage","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}
                {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:09.456Z","run":{"runId":"0196a1b2-0000-7000-8000-000000000001"},"job":{"namespace":"trino://coordinator:8080","name":"20260501_060000_00001_abcde"},"inputs":[{"namespace":"trino://coordinator:8080","name":"lake.sales.customer_360","facets":{"schema":{"fields":[{"name":"email"}]}}}],"outputs":[{"namespace":"trino://coordinator:8080","name":"lake.marketing.segments","facets":{"columnLineage":{"_producer":"p","_schemaURL":"u","fields":{"contact":{"inputFields":[{"namespace":"trino://coordinator:8080","name":"lake.sales.customer_360","field":"email"}]}}},"schema":{"fields":[{"name":"contact"}]}}}],"producer":"https://github.com/trinodb/trino/plugin/trino-openlineage","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}
                """);
        assertThat(TestEventLog.edges(observations)).containsExactly("lake.sales.customer_360 -> lake.marketing.segments");
        assertThat(columns(observations)).containsExactly("lake.sales.customer_360.email -> lake.marketing.segments.contact: ?");
        assertThat(observations.edges()).singleElement().satisfies(edge -> {
            assertThat(edge.job()).isEqualTo("trino://coordinator:8080/20260501_060000_00001_abcde");
            assertThat(edge.at()).isEqualTo("2026-05-01T06:00:09.456Z");
            assertThat(edge.from().namespace()).isEqualTo("trino://coordinator:8080");
        });
    }

    @Test
    void testNoTextOfAnEventSteersATerminal()
            throws IOException
    {
        String event = "{'eventType':'COMPLETE','eventTime':'2026-05-01T06:00:09.456Z','run':{'runId':'0196a1b2-0000-7000-8000-000000000001'},'job':{'namespace':'trino://coordinator:8080E','name':'jobE'},'inputs':[{'namespace':'trino://coordinator:8080','name':'lake.sales.customersE'}],'outputs':[{'namespace':'trino://coordinator:8080','name':'lake.sales.segmentsE','facets':{'columnLineage':{'fields':{'contactE':{'inputFields':[{'namespace':'trino://coordinator:8080','name':'lake.sales.customersE','field':'emailE','transformations':[{'type':'DIRECT','description':'E'}]}]}}}}}],'producer':'pE','schemaURL':'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'}\n";
        Observations observations = read("trino.jsonl", event.replace("E'", "\\u001b[31m\\u009b\\u202e\\u2028'").replace('\'', '"'));
        assertThat(observations.edges()).hasSize(1);
        assertThat(columns(observations)).hasSize(1);
        assertThat(observations.toString()).matches("[^\\p{Cntrl}\\p{Cf}\\x{80}-\\x{9f}\\x{2028}]*");
    }

    @Test
    void testSpark()
            throws IOException
    {
        // Datasets by location, the table's name in the symlinks; columns with transformations, and those that decide about all rows
        Observations observations = read("spark.jsonl",
                """
                {"eventTime":"2026-05-01T06:00:00Z","producer":"https://github.com/OpenLineage/OpenLineage/tree/1.30.0/integration/spark","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent","eventType":"COMPLETE","run":{"runId":"r","facets":{"parent":{"run":{"runId":"p"},"job":{"namespace":"n","name":"app"}},"spark.logicalPlan":{"plan":[]}}},"job":{"namespace":"spark","name":"etl.append_data.lake_marketing_segments","facets":{}},"inputs":[{"namespace":"s3://bucket","name":"warehouse/sales/customer_360","facets":{"symlinks":{"identifiers":[{"namespace":"s3://bucket/warehouse","name":"sales.customer_360","type":"TABLE"}]}},"inputFacets":{"inputStatistics":{"rowCount":5}}}],"outputs":[{"namespace":"s3://bucket","name":"warehouse/marketing/segments","facets":{"columnLineage":{"fields":{"total":{"inputFields":[{"namespace":"s3://bucket","name":"warehouse/sales/customer_360","field":"spend","transformations":[{"type":"DIRECT","subtype":"AGGREGATION","description":"sum(spend)","masking":false}]}]},"who":{"inputFields":[{"namespace":"s3://bucket","name":"warehouse/sales/customer_360","field":"email","transformations":[{"type":"DIRECT","subtype":"TRANSFORMATION","description":"sha2","masking":true},{"type":"INDIRECT","subtype":"SORT","description":"","masking":false}]}]}},"dataset":[{"namespace":"s3://bucket","name":"warehouse/sales/customer_360","field":"region","transformations":[{"type":"INDIRECT","subtype":"FILTER","description":"","masking":false}]}]}},"outputFacets":{"outputStatistics":{"rowCount":5}}}]}
                """);
        assertThat(TestEventLog.edges(observations)).containsExactly("warehouse/sales/customer_360 -> warehouse/marketing/segments");
        assertThat(columns(observations)).containsExactly(
                "warehouse/sales/customer_360.spend -> warehouse/marketing/segments.total: DIRECT/AGGREGATION: sum(spend)",
                "warehouse/sales/customer_360.email -> warehouse/marketing/segments.who: DIRECT/TRANSFORMATION, masking: sha2; INDIRECT/SORT",
                "warehouse/sales/customer_360.region -> warehouse/marketing/segments.*: INDIRECT/FILTER");
        assertThat(observations.otherNames()).containsEntry(
                new Dataset("s3://bucket", "warehouse/sales/customer_360"),
                Set.of(new Dataset("s3://bucket/warehouse", "sales.customer_360")));
    }

    @Test
    void testDbt()
            throws IOException
    {
        // A test that fails fails its run, and still tells of the data; models are runs of their own
        Observations observations = read("dbt.jsonl",
                """
                {"eventTime":"2026-05-01T08:00:00.5+02:00","eventType":"FAIL","producer":"https://github.com/OpenLineage/OpenLineage/tree/1.30.0/integration/dbt","schemaURL":"https://openlineage.io/spec/1-0-5/OpenLineage.json#/definitions/RunEvent","run":{"runId":"r1"},"job":{"namespace":"dbt","name":"lake.marketing.jaffle.segments.test"},"inputs":[{"namespace":"trino://coordinator:8080","name":"lake.marketing.segments","facets":{},"inputFacets":{"dataQualityAssertions":{"assertions":[{"assertion":"not_null","success":true,"column":"contact"},{"assertion":"unique","success":false,"column":"contact","severity":"error"},{"assertion":"recent","success":true}]},"mesh_dataQuality":{"assertions":[{"rule":"unique","passed":98,"failed":2}]}}}],"outputs":[]}
                {"eventTime":"2026-05-01T08:00:01","eventType":"COMPLETE","producer":"dbt","run":{"runId":"r2"},"job":{"namespace":"dbt","name":"model"},"inputs":[{"namespace":"lake","name":"a"}],"outputs":[{"namespace":"lake","name":"b","facets":{"columnLineage":{"fields":{"x":{"inputFields":[{"namespace":"lake","name":"a","field":"y"}],"transformationType":"IDENTITY","transformationDescription":"as it is"}}}}}]}
                """);
        assertThat(observations.assertions()).containsExactly(
                assertion("not_null", Optional.of("contact"), true, Optional.empty(), Optional.empty()),
                assertion("unique", Optional.of("contact"), false, Optional.of("error"), Optional.of(98L)),
                assertion("recent", Optional.empty(), true, Optional.empty(), Optional.empty()));
        assertThat(columns(observations)).containsExactly("a.y -> b.x: IDENTITY: as it is");
        // Without a zone it is UTC
        assertThat(observations.edges()).singleElement().extracting(ObservedEdge::at).hasToString("2026-05-01T08:00:01Z");
    }

    @Test
    void testNewerAssertions()
            throws IOException
    {
        // Checks of one kind by their names; what they expected and found may be values of the data
        Observations observations = read("newer.jsonl",
                """
                {"eventTime":"2026-05-01T06:00:00Z","eventType":"COMPLETE","producer":"p","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent","run":{"runId":"r1"},"job":{"namespace":"n","name":"j"},"inputs":[{"namespace":"lake","name":"orders","inputFacets":{"dataQualityMetrics":{"rowCount":12,"columnMetrics":{"iban":{"nullCount":1,"min":"DE-lowest","max":"DE-highest","quantiles":{"0.5":4711}}}},"dataQualityAssertions":{"assertions":[{"assertion":"custom_sql","name":"sums","success":false,"severity":"warn","description":"of ada","expected":"17 for ada","actual":"18 for ada","content":"SELECT 'ada'","contentType":"sql","params":{"who":"ada"}},{"assertion":"custom_sql","name":"dates","success":true}]}}}]}
                """);
        assertThat(observations.assertions()).extracting(assertion -> assertion.assertion() + " " + assertion.name().orElse("-") + " " + assertion.success()).containsExactly("custom_sql sums false", "custom_sql dates true");
        assertThat(observations.toString()).doesNotContain("ada").doesNotContain("DE-").doesNotContain("4711");
        assertThat(observations.assertions().toString()).contains("sums").doesNotContain("ada").doesNotContain("DE-").doesNotContain("4711");
    }

    @Test
    void testStaticEvents()
            throws IOException
    {
        Observations observations = read("catalog.jsonl",
                """
                {"eventTime":"2026-05-01T06:00:00Z","producer":"p","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent","job":{"namespace":"n","name":"nightly"},"inputs":[{"namespace":"lake","name":"a"}],"outputs":[{"namespace":"lake","name":"b"}]}
                {"eventTime":"2026-05-01T06:00:00Z","producer":"p","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent","dataset":{"namespace":"lake","name":"c","facets":{"columnLineage":{"fields":{"x":{"inputFields":[{"namespace":"lake","name":"b","field":"y"}]}}}}}}
                """);
        assertThat(TestEventLog.edges(observations)).containsExactly("a -> b", "b -> c");
        assertThat(columns(observations)).containsExactly("b.y -> c.x: ?");
    }

    @Test
    void testExampleOverSeveralLines()
            throws IOException
    {
        String event =
                """
                {
                  "eventType": "COMPLETE",
                  "eventTime": "2020-12-28T20:52:00.001+10:00",
                  "run": {
                    "runId": "d46e465b-d358-4d32-83d4-df660ff614dd"
                  },
                  "job": {
                    "namespace": "my-namespace",
                    "name": "my-job"
                  },
                  "inputs": [{"namespace": "my-namespace", "name": "my-input"}],
                  "outputs": [{
                    "namespace": "my-namespace",
                    "name": "my-output",
                    "facets": {
                      "schema": {
                        "_producer": "https://github.com/OpenLineage/OpenLineage/blob/v1-0-0/client",
                        "_schemaURL": "https://github.com/OpenLineage/OpenLineage/blob/v1-0-0/spec/OpenLineage.json#/definitions/SchemaDatasetFacet",
                        "fields": [{"name": "a", "type": "VARCHAR"}]
                      }
                    }
                  }],
                  "producer": "https://github.com/OpenLineage/OpenLineage/blob/v1-0-0/client",
                  "schemaURL": "https://openlineage.io/spec/1-0-5/OpenLineage.json#/definitions/RunEvent"
                }
                """;
        Observations observations = read("example.json", event);
        assertThat(TestEventLog.edges(observations)).containsExactly("my-input -> my-output");
        assertThat(observations.edges()).singleElement().extracting(ObservedEdge::at).hasToString("2020-12-28T10:52:00.001Z");
        assertThat(TestEventLog.edges(read("example.json", "[" + event + "," + event.replace("my-", "your-").replace("d46e", "e57f") + "]"))).containsExactly("my-input -> my-output", "your-input -> your-output");
        // One event without a line end
        assertThat(TestEventLog.edges(read("example.json", event.replace("\n", " ")))).containsExactly("my-input -> my-output");
    }

    @Test
    void testClientOfTheStandard()
            throws IOException
    {
        OpenLineage client = new OpenLineage(URI.create("https://example.com/producer"));
        OpenLineage.ColumnLineageDatasetFacet columns = client.newColumnLineageDatasetFacetBuilder()
                .fields(client.newColumnLineageDatasetFacetFieldsBuilder()
                        .put("contact", client.newColumnLineageDatasetFacetFieldsAdditionalBuilder()
                                .inputFields(List.of(client.newInputFieldBuilder().namespace("lake").name("sales.customer_360").field("email").build()))
                                .build())
                        .build())
                .build();
        OpenLineage.RunEvent event = client.newRunEventBuilder()
                .eventType(OpenLineage.RunEvent.EventType.COMPLETE)
                .eventTime(ZonedDateTime.parse("2026-05-01T06:00:00Z"))
                .run(client.newRunBuilder().runId(UUID.fromString("0196a1b2-0000-7000-8000-000000000001")).build())
                .job(client.newJobBuilder().namespace("jobs").name("nightly").build())
                .inputs(List.of(client.newInputDatasetBuilder()
                        .namespace("lake")
                        .name("sales.customer_360")
                        .inputFacets(client.newInputDatasetInputFacetsBuilder()
                                .dataQualityAssertions(client.newDataQualityAssertionsDatasetFacetBuilder()
                                        .assertions(List.of(client.newDataQualityAssertionsDatasetFacetAssertionsBuilder().assertion("unique").column("email").success(false).severity("warn").build()))
                                        .build())
                                .build())
                        .build()))
                .outputs(List.of(client.newOutputDatasetBuilder()
                        .namespace("lake")
                        .name("marketing.segments")
                        .facets(client.newDatasetFacetsBuilder().columnLineage(columns).build())
                        .build()))
                .build();
        Observations observations = read("client.jsonl", JSON.writeValueAsString(event) + "\n");
        assertThat(TestEventLog.edges(observations)).containsExactly("sales.customer_360 -> marketing.segments");
        assertThat(columns(observations)).containsExactly("sales.customer_360.email -> marketing.segments.contact: ?");
        assertThat(observations.assertions()).singleElement().satisfies(assertion -> {
            assertThat(assertion.assertion()).isEqualTo("unique");
            assertThat(assertion.success()).isFalse();
            assertThat(assertion.severity()).contains("warn");
            assertThat(assertion.producer()).isEqualTo("https://example.com/producer");
        });
    }

    private Observations read(String file, String events)
            throws IOException
    {
        Files.writeString(results.resolve(file), events);
        EventLog log = new EventLog(Optional.of(results), Clock.systemUTC());
        Observations observations = log.current();
        assertThat(log.snapshot().problems()).isEmpty();
        return observations;
    }

    private static List<String> columns(Observations observations)
    {
        return observations.columnEdges().stream()
                .map(edge -> "%s.%s -> %s.%s: %s".formatted(edge.from().name(), edge.fromColumn(), edge.to().name(), edge.toColumn(), edge.transformation().orElse("?")))
                .toList();
    }

    private static ObservedAssertion assertion(String name, Optional<String> column, boolean success, Optional<String> severity, Optional<Long> passed)
    {
        return new ObservedAssertion(
                new Dataset("trino://coordinator:8080", "lake.marketing.segments"),
                name,
                Optional.empty(),
                column,
                success,
                passed.map(OptionalLong::of).orElse(OptionalLong.empty()),
                passed.map(count -> OptionalLong.of(100 - count)).orElse(OptionalLong.empty()),
                severity,
                "dbt/lake.marketing.jaffle.segments.test",
                "r1",
                "https://github.com/OpenLineage/OpenLineage/tree/1.30.0/integration/dbt",
                Instant.parse("2026-05-01T06:00:00.5Z"));
    }
}
