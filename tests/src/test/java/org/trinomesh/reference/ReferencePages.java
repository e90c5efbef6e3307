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

import com.google.common.collect.ImmutableList;
import org.trinomesh.tests.ProjectFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The reference pages of the manual, and the program that writes them: {@code ./mesh docs}.
 */
final class ReferencePages
{
    private ReferencePages() {}

    static List<ReferencePage> all()
    {
        ImmutableList.Builder<ReferencePage> pages = ImmutableList.builder();
        EmptyCatalog.use(catalog -> pages.add(new SystemTablesPage(catalog.getSystemTables()), new FunctionsPage(catalog.getTableFunctions())));
        DescriptorPage.KINDS.forEach(kind -> pages.add(new DescriptorPage(kind)));
        return pages.add(new CatalogPropertiesPage(), new MasksPage(), new CommandLinePage()).build();
    }

    static Path file(ReferencePage page)
    {
        return ProjectFiles.root().resolve("docs/reference").resolve(page.file());
    }

    public static void main(String[] arguments)
            throws IOException
    {
        // Libraries tell of themselves
        Logger.getLogger("").setLevel(Level.SEVERE);
        for (ReferencePage page : all()) {
            Files.createDirectories(file(page).getParent());
            Files.writeString(file(page), page.text());
        }
        // The catalog's libraries leave threads behind
        System.exit(0);
    }
}
