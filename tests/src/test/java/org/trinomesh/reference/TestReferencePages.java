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
package org.trinomesh.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.ProjectFiles.root;

/**
 * The reference pages of the manual say what the code says. When this test fails, run {@code ./mesh docs} and read the change
 * of the pages before you commit it.
 */
final class TestReferencePages
{
    private static final List<ReferencePage> PAGES = ReferencePages.all();

    @TestFactory
    Stream<DynamicTest> testPagesAreMadeFromTheCode()
    {
        return PAGES.stream().map(page -> DynamicTest.dynamicTest(page.file(), () ->
                assertThat(ReferencePages.file(page))
                        .as("docs/reference/%s differs from the code: ./mesh docs writes it anew", page.file())
                        .hasContent(page.text())));
    }

    @Test
    void testNoPageIsLeftOver()
            throws IOException
    {
        try (Stream<Path> files = Files.list(root().resolve("docs/reference"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(PAGES.stream().map(ReferencePage::file).toList());
        }
    }

    @Test
    void testEverythingHasAText()
            throws IOException
    {
        EmptyCatalog.use(catalog -> {
            assertThat(new SystemTablesPage(catalog.getSystemTables()).tables()).isNotEmpty().allSatisfy(table -> {
                assertThat(table.getComment()).as("comment of %s", table.getTable()).isPresent();
                assertThat(table.getColumns()).as("columns of %s", table.getTable()).allSatisfy(column -> assertThat(column.getComment()).as(column.getName()).isPresent());
            });
            assertThat(new FunctionsPage(catalog.getTableFunctions()).functions()).isNotEmpty().allSatisfy(function -> {
                assertThat(function.getDescription()).as(function.getName()).isNotEmpty();
                assertThat(function.describedColumns()).as("columns of %s", function.getName()).allSatisfy(column -> assertThat(column.getComment()).as(column.getName()).isPresent());
            });
        });
        assertThat(CatalogPropertiesPage.properties()).isNotEmpty().allSatisfy(setter -> assertThat(CatalogPropertiesPage.description(setter)).as(CatalogPropertiesPage.name(setter)).isPresent());
        for (String kind : DescriptorPage.KINDS) {
            assertThat(DescriptorPage.fieldsWithoutText(new ObjectMapper().readTree(DescriptorPage.schema(kind).toFile()), "")).as(kind).isEmpty();
        }
    }
}
