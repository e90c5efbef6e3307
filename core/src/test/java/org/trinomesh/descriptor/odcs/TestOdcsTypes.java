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

import org.junit.jupiter.api.Test;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problem.Severity;
import org.trinomesh.registry.DescriptorReader;

import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is promised by the types of a contract, in the words of the standard and of databases.
 */
final class TestOdcsTypes
{
    @Test
    void testPhysicalTypeAlone()
    {
        assertPromises("varchar", "VARCHAR2(100)", "character varying(20)", "CHARACTER  VARYING", "NVARCHAR(MAX)", "varchar2(30 char)", "CLOB", "JSON", "jsonb", "STRING", "text", "bpchar", "ntext");
        assertPromises("varbinary", "varbinary", "VARBINARY(16)", "BYTES", "bytea", "BINARY(8)", "RAW(2000)", "LONG RAW", "image", "varbyte(64)");
        assertPromises("timestamp(6) with time zone", "TIMESTAMP_LTZ", "TIMESTAMP_TZ(9)", "timestamptz", "timestamp(3) with time zone", "TIMESTAMP (6) WITH LOCAL TIME ZONE", "timestamp with local time zone", "datetimeoffset(7)");
        assertPromises("timestamp(6)", "TIMESTAMP_NTZ(9)", "timestamp without time zone", "timestamp(6) without time zone", "DATETIME2(7)", "datetime");
        assertPromises("timestamp(9)", "timestamp_ns", "TIMESTAMP_NS");
        assertPromises("timestamp(9) with time zone", "timestamptz_ns");
        assertPromises("time(6)", "TIME(3)", "time without time zone");
        assertPromises("decimal(10,2)", "NUMBER(10,2)", "numeric(10, 2)", "DEC(10,2)");
        assertPromises("decimal(38,0)", "NUMBER(38)", "hugeint");
        assertPromises("double or decimal", "NUMBER", "numeric", "BIGNUMERIC", "decimal");
        assertPromises("integer", "INT", "smallint", "tinyint(1)", "INT2", "serial", "byte");
        assertPromises("bigint", "BIGINT", "INT64", "long", "int(11) unsigned", "bigserial");
        assertPromises("real", "float4", "BINARY_FLOAT", "float(24)");
        assertPromises("double", "DOUBLE PRECISION", "FLOAT64", "binary_double", "float(53)");
        assertPromises("uuid", "UUID", "UNIQUEIDENTIFIER");
        assertPromises("boolean", "BOOL");
        assertPromises("array(varchar)", "array(varchar)", "ARRAY<STRING>", "text[]", "varchar(20)[]");
        assertPromises("map(varchar, array(bigint))", "map<string, array<bigint>>", "MAP(VARCHAR(3), ARRAY(BIGINT))");
        assertPromises("row(\"Street\" varchar, \"geo\" row(\"lat\" double))", "STRUCT<Street: STRING, geo: STRUCT<lat: DOUBLE>>", "row(\"Street\" varchar(20), geo row(lat double))", "STRUCT<Street STRING, geo STRUCT<lat FLOAT64>>");
    }

    @Test
    void testUnreadableTypeCostsItsColumnOnly()
    {
        for (String type : List.of("GEOGRAPHY", "VARIANT", "SUPER", "interval", "timetz", "bit", "money", "decimal(76,38)", "NUMBER(10,-2)", "array<", "struct<a>", "array<varchar", "row(a varchar) x", "'", "array<".repeat(200))) {
            ContractDescriptor contract = contract("{name: odd, physicalType: \"%s\"}".formatted(type));
            assertThat(contract.problems()).as(type).singleElement().satisfies(problem -> {
                assertThat(problem.severity()).isEqualTo(Severity.WARNING);
                assertThat(problem.message()).isEqualTo("physicalType '%s' does not clearly mean one type of Iceberg tables, so the column is not served".formatted(type));
            });
            assertThat(contract.tables().getFirst().columns()).extracting(column -> column.type().map(Located::value)).as(type).containsExactly(Optional.of("bigint"), Optional.empty());
        }
        assertThat(contract("{name: odd}").problems()).extracting(Problem::message).containsExactly("the property has no type that can be read, so the column is not served");
        assertThat(contract("{name: odd, logicalType: geometry}").problems()).extracting(Problem::message).containsExactly("logicalType 'geometry' is not known, so the column is not served");
        assertThat(contract("{name: odd, logicalType: map}").problems()).extracting(Problem::severity).containsOnly(Severity.WARNING);
        assertThat(contract("{name: odd, logicalType: object, properties: [{name: a, physicalType: geometry}]}").tables().getFirst().columns().getLast().type()).isEmpty();
        // What the other word says is enough
        assertThat(type("logicalType: text, physicalType: VARCHAR2(10)")).contains("varchar");
    }

    @Test
    void testLogicalTypeWithAPhysicalOne()
    {
        assertThat(type("logicalType: timestamp, physicalType: TIMESTAMP_LTZ")).contains("timestamp(6) with time zone");
        assertThat(type("logicalType: timestamp, physicalType: timestamp with local time zone")).contains("timestamp(6) with time zone");
        assertThat(type("logicalType: timestamp, physicalType: TIMESTAMP_NTZ")).contains("timestamp(6)");
        assertThat(type("logicalType: timestamp, physicalType: timestamp_ns")).contains("timestamp(9)");
        assertThat(type("logicalType: timestamp, physicalType: timestamp_ns, logicalTypeOptions: {timezone: true}")).contains("timestamp(9) with time zone");
        assertThat(type("logicalType: date, physicalType: TIMESTAMPTZ")).contains("timestamp(6) with time zone");
        assertThat(type("logicalType: number")).contains("double or decimal");
        assertThat(type("logicalType: number, physicalType: DECIMAL")).contains("double or decimal");
        assertThat(type("logicalType: number, physicalType: 'DECIMAL(3,2)'")).contains("decimal(3,2)");
        assertThat(type("logicalType: number, physicalType: double")).contains("double");
        assertThat(type("logicalType: number, logicalTypeOptions: {format: f64}")).contains("double");
        assertThat(type("logicalType: string, logicalTypeOptions: {format: uuid}")).contains("uuid or varchar");
        assertThat(type("logicalType: string, physicalType: varchar(36), logicalTypeOptions: {format: uuid}")).contains("varchar");
        assertThat(type("logicalType: string, physicalType: UNIQUEIDENTIFIER")).contains("uuid");
        assertThat(type("logicalType: array, physicalType: 'array<int>'")).contains("array(integer)");
        assertThat(type("logicalType: object, physicalType: 'struct<a:int>'")).contains("row(\"a\" integer)");
    }

    private static void assertPromises(String sql, String... physicalTypes)
    {
        for (String physical : physicalTypes) {
            assertThat(type("physicalType: '%s'".formatted(physical))).as(physical).contains(sql);
        }
    }

    private static Optional<String> type(String property)
    {
        ContractDescriptor contract = contract("{name: odd, %s}".formatted(property));
        assertThat(contract.problems()).as(property).noneMatch(Problem::isError);
        return contract.tables().getFirst().columns().getLast().type().map(Located::value);
    }

    private static ContractDescriptor contract(String property)
    {
        String text =
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: orders
                version: 1.0.0
                schema:
                  - name: orders
                    properties:
                      - {name: order_id, logicalType: integer, physicalType: bigint}
                      - %s
                """.formatted(property);
        DescriptorFile file = DescriptorReader.read("c.yaml", text.getBytes(UTF_8));
        assertThat(file.problems()).isEmpty();
        return (ContractDescriptor) file.descriptors().getFirst();
    }
}
