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

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.yaml.DescriptorNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class TestAvroColumns
{
    @Test
    void testTypes()
    {
        Map<String, String> types = ImmutableMap.<String, String>builder()
                .put("\"string\"", "varchar")
                .put("{\"type\": \"string\", \"logicalType\": \"uuid\"}", "uuid")
                .put("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}", "varchar")
                .put("\"int\"", "integer")
                .put("\"long\"", "bigint")
                .put("\"float\"", "real")
                .put("\"double\"", "double")
                .put("\"boolean\"", "boolean")
                .put("\"bytes\"", "varbinary")
                .put("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 4}", "varbinary")
                .put("{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 10, \"scale\": 2}", "decimal(10,2)")
                .put("{\"type\": \"fixed\", \"name\": \"D\", \"size\": 8, \"logicalType\": \"decimal\", \"precision\": 9}", "decimal(9,0)")
                .put("\"bytes\", \"logicalType\": \"decimal\", \"precision\": 5, \"scale\": 1", "decimal(5,1)")
                .put("{\"type\": \"int\", \"logicalType\": \"date\"}", "date")
                .put("{\"type\": \"int\", \"logicalType\": \"time-millis\"}", "time(6)")
                .put("{\"type\": \"long\", \"logicalType\": \"time-micros\"}", "time(6)")
                .put("{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}", "timestamp(6) with time zone")
                .put("\"long\", \"logicalType\": \"timestamp-micros\"", "timestamp(6) with time zone")
                .put("{\"type\": \"long\", \"logicalType\": \"local-timestamp-micros\"}", "timestamp(6)")
                .put("{\"type\": \"long\", \"logicalType\": \"timestamp-nanos\"}", "timestamp(9) with time zone")
                .put("{\"type\": \"long\", \"logicalType\": \"local-timestamp-nanos\"}", "timestamp(9)")
                .put("[\"null\", \"long\"], \"logicalType\": \"timestamp-millis\"", "timestamp(6) with time zone")
                .put("{\"type\": \"array\", \"items\": \"string\"}", "array(varchar)")
                .put("{\"type\": \"map\", \"values\": [\"null\", \"int\"]}", "map(varchar, integer)")
                .put("{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": \"int\"}, {\"name\": \"b\", \"type\": \"string\"}]}", "row(\"a\" integer, \"b\" varchar)")
                .buildOrThrow();
        types.forEach((avro, sql) -> {
            Problems problems = new Problems();
            List<ColumnDescriptor> columns = read(record("{\"name\": \"c\", \"type\": " + avro + "}"), problems);
            assertThat(problems.toList()).as(avro).isEmpty();
            assertThat(columns.getFirst().type().orElseThrow().value()).as(avro).isEqualTo(sql);
        });
    }

    @Test
    void testFieldProperties()
    {
        Problems problems = new Problems();
        ColumnDescriptor column = read(record("{\"name\": \"email\", \"type\": [\"null\", \"string\"], \"doc\": \"Where to write\", \"classification\": \"restricted\", \"tags\": [\"pii\"], \"identifier\": \"email\"}"), problems).getFirst();
        assertThat(problems.toList()).isEmpty();
        assertThat(column.nullable()).contains(true);
        assertThat(column.description()).contains("Where to write");
        assertThat(column.classification()).contains("restricted");
        assertThat(column.tags()).containsExactly("pii");
        assertThat(column.identifier()).contains("email");
        assertThat(column.position()).isEqualTo(new Position("c.yaml", 13, 1));
    }

    @Test
    void testPropertiesOfFieldsInRecords()
    {
        String geo = "{\"type\": \"record\", \"name\": \"G\", \"fields\": [\n{\"name\": \"lat\", \"type\": \"double\", \"identifier\": \"place\"}]}";
        String address = "{\"type\": \"record\", \"name\": \"A\", \"fields\": [\n{\"name\": \"city\", \"type\": \"string\", \"classification\": \"restricted\", \"tags\": [\"pii\"]},\n{\"name\": \"geo\", \"type\": [\"null\", %s]}]}".formatted(geo);
        for (String type : List.of(address, "[\"null\", " + address + "]", "{\"type\": \"array\", \"items\": " + address + "}", "{\"type\": \"map\", \"values\": {\"type\": \"array\", \"items\": " + address + "}}")) {
            Problems problems = new Problems();
            List<ColumnDescriptor> columns = read(record("{\"name\": \"c\", \"type\": " + type + "}, {\"name\": \"city\", \"type\": \"string\"}"), problems);
            assertThat(problems.toList()).as(type).isEmpty();
            FieldDescriptor city = columns.getFirst().fields().getFirst();
            assertThat(city.name()).contains(new Located<>("city", new Position("c.yaml", 14, 1)));
            assertThat(city.classification()).contains("restricted");
            assertThat(city.tags()).containsExactly("pii");
            FieldDescriptor nested = columns.getFirst().fields().getLast();
            assertThat(nested.name()).contains(new Located<>("geo", new Position("c.yaml", 15, 1)));
            assertThat(nested.fields()).extracting(FieldDescriptor::position).containsExactly(new Position("c.yaml", 16, 1));
            assertThat(nested.fields().getFirst().identifier()).contains("place");
            // A column with the name of a field is not the field
            assertThat(columns.getLast().fields()).isEmpty();
            assertThat(columns.getLast().tags()).isEmpty();
            assertThat(columns.getLast().position()).isEqualTo(new Position("c.yaml", 16, 1));
        }
        assertThat(problem(record("{\"name\": \"c\", \"type\": {\"type\": \"record\", \"name\": \"A\", \"fields\": [\n{\"name\": \"city\", \"type\": \"string\", \"tags\": \"pii\"}]}}")))
                .isEqualTo("c.yaml:14:1: error: 'tags' of field 'city' is not a list of texts; write [\"pii\", \"email\"]");
    }

    @Test
    void testWhatCannotBeAColumn()
    {
        assertThat(problem(record("{\"name\": \"c\", \"type\": [\"int\", \"string\"]}")))
                .isEqualTo("c.yaml:13:1: error: field 'c' of the Avro schema cannot be a column: it is a union of several types; a column has one type: write a union of null and that type");
        assertThat(problem(record("{\"name\": \"c\", \"type\": \"null\"}")))
                .isEqualTo("c.yaml:13:1: error: field 'c' of the Avro schema cannot be a column: its only type is null; write [\"null\", \"string\"] or another type");
        assertThat(problem(record("{\"name\": \"c\", \"type\": {\"type\": \"bytes\", \"logicalType\": \"decimal\"}}")))
                .isEqualTo("c.yaml:13:1: error: field 'c' of the Avro schema cannot be a column: its decimal has no precision; add \"precision\" and \"scale\"");
        assertThat(problem(record("{\"name\": \"c\", \"type\": [\"null\", \"R0\"]}")))
                .isEqualTo("c.yaml:13:1: error: field 'c' of the Avro schema cannot be a column: record R0 contains itself; write a record of fixed depth");
        assertThat(problem(record("{\"name\": \"c\", \"type\": \"int\", \"tags\": \"pii\"}")))
                .isEqualTo("c.yaml:13:1: error: 'tags' of field 'c' is not a list of texts; write [\"pii\", \"email\"]");
    }

    @Test
    void testWhatIsNoSchema()
    {
        assertThat(problem("\"string\"")).isEqualTo("c.yaml:10:18: error: the specification is an Avro string; write an Avro record: its fields are the columns");
        assertThat(problem("{\"type\": \"record\",\n  \"name\" 1}"))
                .startsWith("c.yaml:12:1: error: the specification is not an Avro schema: ")
                .endsWith("; correct the Avro schema; it is checked with Avro's own parser");
        assertThat(problem(record("{\"name\": \"c\", \"type\": \"strng\"}"))).startsWith("c.yaml:10:18: error: the specification is not an Avro schema: ");
        for (String bad : List.of("{}", "[]", "[1]", "7", "{\"type\": 1}", "{\"type\": {}}", record("{\"name\": 1, \"type\": \"int\"}"), record("7"), record("{\"name\": \"c\", \"type\": [1]}"), record("{\"name\": \"c\", \"type\": \"strng\"}"), record("{\"name\": \"c d\", \"type\": \"int\"}"), "{\"type\": \"record\",\n  \"name\" 1}", "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": 3}", "{\"type\": \"record\", \"name\": \"R\", \"fields\": {}}", "", "}", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": \"x\"}")) {
            assertThat(problem(bad)).as(bad).doesNotContain("Exception", "org.apache", "com.fasterxml", "java.", " class ", "Node", "@");
        }
        assertThat(problem("{}")).startsWith("c.yaml:10:18: error: the specification is not an Avro schema: ");
    }

    private static String record(String field)
    {
        return "{\"type\": \"record\", \"name\": \"R0\",\n  \"fields\": [\n    " + field + "\n]}";
    }

    private static String problem(String specification)
    {
        Problems problems = new Problems();
        read(specification, problems);
        assertThat(problems.toList()).hasSize(1);
        return problems.toList().getFirst().toString();
    }

    private static List<ColumnDescriptor> read(String specification, Problems problems)
    {
        return new AvroColumns(new DescriptorNode.Text(specification, false, Optional.of(new Position("c.yaml", 11, 5)), new Position("c.yaml", 10, 18)), problems).read();
    }
}
