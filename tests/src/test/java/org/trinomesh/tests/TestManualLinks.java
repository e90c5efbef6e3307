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
package org.trinomesh.tests;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links between pages of the manual, and from there to files of the project, lead somewhere.
 */
final class TestManualLinks
{
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    @Test
    void testEveryLinkLeadsSomewhere()
    {
        for (ManualPage page : ManualPage.all()) {
            for (String link : links(page)) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
                assertThat(ProjectFiles.root().resolve(target)).as("%s links to %s", page.file(), link).exists();
                if (parts.length > 1) {
                    assertThat(anchors(page(target))).as("%s links to %s", page.file(), link).contains(parts[1]);
                }
            }
        }
    }

    @Test
    void testEveryPageIsInTheIndex()
    {
        Path docs = Path.of("docs");
        List<Path> linked = links(page(docs.resolve("README.md"))).stream()
                .map(link -> docs.resolve(link.split("#", 2)[0]).normalize())
                .collect(toImmutableList());
        assertThat(ManualPage.all().stream().map(ManualPage::file).filter(file -> file.startsWith(docs) && !file.equals(docs.resolve("README.md"))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(linked).contains(file));
    }

    @Test
    void testReadmeIsShort()
    {
        assertThat(page(Path.of("README.md")).text().lines()).hasSizeLessThan(200);
    }

    private static List<String> links(ManualPage page)
    {
        return LINK.matcher(page.prose()).results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .collect(toImmutableList());
    }

    private static ManualPage page(Path file)
    {
        return ManualPage.all().stream().filter(page -> page.file().equals(file)).findFirst().orElseThrow(() -> new AssertionError(file + " is no page"));
    }

    /**
     * As GitHub makes them of headings.
     */
    private static Set<String> anchors(ManualPage page)
    {
        Set<String> anchors = new HashSet<>();
        for (MatchResult heading : HEADING.matcher(page.prose()).results().toList()) {
            String anchor = heading.group(1).strip().toLowerCase(ENGLISH).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
            String next = anchor;
            for (int number = 1; !anchors.add(next); number++) {
                next = anchor + "-" + number;
            }
        }
        return anchors;
    }
}
