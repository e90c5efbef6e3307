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

import java.util.List;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * Writes a page in Markdown.
 */
final class Markdown
{
    private static final String GENERATED = "<!-- Made from the code by ./mesh docs; a test compares them. Change the code, not this page. -->";

    private final StringBuilder text = new StringBuilder();

    static Markdown page(String title)
    {
        Markdown page = new Markdown();
        page.text.append(GENERATED).append("\n# ").append(title).append("\n");
        return page;
    }

    Markdown heading(int level, String title)
    {
        text.append("\n").append("#".repeat(level)).append(" ").append(title).append("\n");
        return this;
    }

    Markdown paragraph(String paragraph)
    {
        text.append("\n").append(paragraph).append("\n");
        return this;
    }

    Markdown block(String language, String content)
    {
        text.append("\n```").append(language).append("\n").append(content.stripTrailing()).append("\n```\n");
        return this;
    }

    Markdown table(List<String> header, Stream<List<String>> rows)
    {
        text.append("\n").append(row(header)).append(row(header.stream().map(_ -> "---").toList()));
        rows.map(Markdown::row).forEach(text::append);
        return this;
    }

    /**
     * A name as it is typed, or nothing.
     */
    static String code(String name)
    {
        return name.isEmpty() ? "" : "`" + name + "`";
    }

    static String codes(Iterable<String> names)
    {
        return ImmutableList.copyOf(names).stream().map(Markdown::code).collect(joining(", "));
    }

    private static String row(List<String> cells)
    {
        return cells.stream().map(Markdown::cell).collect(joining(" | ", "| ", " |\n"));
    }

    private static String cell(String cell)
    {
        return cell.replace("|", "\\|").replace("\n", "<br>");
    }

    @Override
    public String toString()
    {
        return text.toString();
    }
}
