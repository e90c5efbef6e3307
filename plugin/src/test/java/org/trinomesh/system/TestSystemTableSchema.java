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

import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.Closeness;
import org.trinomesh.disclosure.Fact;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.MESH_STEWARD;
import static org.trinomesh.disclosure.Closeness.READER;
import static org.trinomesh.disclosure.Closeness.READER_OF_EVERYTHING;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * A row about orders for people who stand differently close to it.
 */
final class TestSystemTableSchema
{
    private static final SystemTableSchema<Row> SCHEMA = SystemTableSchema.<Row>table("orders", "What is told of orders")
            .text("name", DISCOVERER, "Its name", _ -> "orders")
            .number("rows", READER_OF_EVERYTHING, "How many rows it has", _ -> 7)
            .text("file", RESPONSIBLE, "Where it is written", _ -> Optional.of("orders.yaml"))
            .date("since", STEWARD, "Since when", _ -> LocalDate.ofEpochDay(3))
            .time("loaded", MESH_STEWARD, "When it was loaded", _ -> Instant.EPOCH)
            .flag("known", DISCOVERER, "Whether it is known", _ -> Optional.empty())
            .build();

    private record Row(Set<Closeness> closeness)
            implements Fact {}

    @Test
    void testValuesAreForTheirAudience()
    {
        assertThat(SCHEMA.row(row(DISCOVERER))).containsExactly("orders", null, null, null, null, null);
        assertThat(SCHEMA.row(row(DISCOVERER, READER))).containsExactly("orders", null, null, null, null, null);
        assertThat(SCHEMA.row(row(DISCOVERER, READER, READER_OF_EVERYTHING))).containsExactly("orders", 7L, null, null, null, null);
        assertThat(SCHEMA.row(row(DISCOVERER, RESPONSIBLE))).containsExactly("orders", null, "orders.yaml", null, null, null);
        assertThat(SCHEMA.row(row(DISCOVERER, RESPONSIBLE, STEWARD))).containsExactly("orders", null, "orders.yaml", 3L, null, null);
        assertThat(SCHEMA.row(row(DISCOVERER, RESPONSIBLE, MESH_STEWARD))).containsExactly("orders", null, "orders.yaml", null, 0L, null);
    }

    @Test
    void testWhatNobodyAsksForIsNotMade()
    {
        SystemTableSchema<Row> schema = SystemTableSchema.<Row>table("orders", "What is told of orders")
                .text("name", DISCOVERER, "Its name", _ -> "orders")
                .text("costly", DISCOVERER, "What takes long", _ -> {
                    throw new AssertionError("nobody asks for it");
                })
                .text("secret", STEWARD, "What is not for everybody", _ -> {
                    throw new AssertionError("not even made for those who may not know it");
                })
                .build();
        assertThat(schema.row(row(DISCOVERER), column -> column != 1)).containsExactly("orders", null, null);
    }

    @Test
    void testAudiencesCanBeRead()
    {
        assertThat(SCHEMA.columns()).extracting(column -> column.name() + " " + column.audience()).containsExactly(
                "name DISCOVERER",
                "rows READER_OF_EVERYTHING",
                "file RESPONSIBLE",
                "since STEWARD",
                "loaded MESH_STEWARD",
                "known DISCOVERER");
    }

    private static Row row(Closeness... closeness)
    {
        return new Row(Set.of(closeness));
    }
}
