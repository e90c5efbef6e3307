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
package org.trinomesh;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.ProductWords;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is known of fields outlives the process.
 */
final class TestKnowledgeFile
{
    private static final KnownTable PEOPLE = new KnownTable(
            ImmutableSet.of(
                    new ProductWords("sales", "sales.people", "sales.people_v1", Optional.of("gold"), Optional.empty(), ImmutableSet.of("hr")),
                    new ProductWords("sales", "sales.people", "sales.people_v2", Optional.empty(), Optional.of("aggregate"), ImmutableSet.of())),
            ImmutableSortedMap.of("nr", new ColumnWords(ImmutableSet.of("nr", "number"), ImmutableSet.of("restricted"), ImmutableSet.of("pii"), ImmutableSet.of("ssn"))));

    @TempDir
    private Path directory;

    @Test
    void testKnowledgeIsReadAsItWasWritten()
    {
        FieldKnowledge knowledge = new FieldKnowledge(ImmutableMap.of(
                new CatalogTable("lake", "sales", "people"), PEOPLE,
                new LocatedTable("files", "s3://bucket/sales/people"), KnownTable.NONE));
        new KnowledgeFile(Optional.of(directory.resolve("state"))).save(knowledge);
        assertThat(new KnowledgeFile(Optional.of(directory.resolve("state"))).load()).isEqualTo(knowledge);
    }

    @Test
    void testWithoutDirectoryOrFileNothingIsKnown()
    {
        assertThat(new KnowledgeFile(Optional.empty()).load()).isEqualTo(FieldKnowledge.NONE);
        assertThat(new KnowledgeFile(Optional.of(directory.resolve("never"))).load()).isEqualTo(FieldKnowledge.NONE);
    }

    @Test
    void testFileThatCannotBeUnderstoodIsNotForgotten()
            throws IOException
    {
        for (String content : new String[] {"", "{", "[]", "{\"tables\": [{\"storage\": \"lake\"}]}", "{\"tables\": [], \"more\": 1}"}) {
            Files.writeString(directory.resolve("known-fields.json"), content);
            assertThatThrownBy(() -> new KnowledgeFile(Optional.of(directory)).load())
                    .as(content)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("'%s' cannot be parsed, so that earlier statements about columns are unknown: restore it, or delete it to forget them".formatted(directory.resolve("known-fields.json")));
        }
    }
}
