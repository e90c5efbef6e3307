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
package org.trinomesh.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * Splits a file into its documents and parses each on its own, so that a syntax error in one does not lose the others.
 */
public final class YamlParser
{
    private YamlParser() {}

    /**
     * @param nodes none when the document is empty or cannot be parsed
     * @param fingerprint identifies the text of the document
     */
    public record YamlDocument(List<DescriptorNode> nodes, String text, String fingerprint, List<Problem> problems)
    {
        public YamlDocument
        {
            nodes = ImmutableList.copyOf(requireNonNull(nodes, "nodes is null"));
            requireNonNull(text, "text is null");
            requireNonNull(fingerprint, "fingerprint is null");
            problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        }
    }

    private record Part(String text, int linesBefore) {}

    public static List<YamlDocument> parse(String file, String text)
    {
        return split(text).stream()
                .map(part -> parse(file, part))
                .collect(toImmutableList());
    }

    private static YamlDocument parse(String file, Part part)
    {
        Problems problems = new Problems();
        String fingerprint = Hashing.sha256().hashString(part.text(), UTF_8).toString();
        Function<Mark, Position> positions = mark -> new Position(file, part.linesBefore() + mark.getLine() + 1, mark.getColumn() + 1);
        try {
            List<DescriptorNode> nodes = new NodeComposer(new Parse(settings(part.text())).parseString(part.text()).iterator(), positions, problems).compose();
            return new YamlDocument(nodes, part.text(), fingerprint, problems.toList());
        }
        catch (NodeComposer.RefusedDocumentException e) {
            problems.add(e.problem());
        }
        catch (MarkedYamlEngineException e) {
            Position position = e.getProblemMark().map(positions).orElseGet(() -> Position.startOf(file));
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            problems.error(position, "this is not YAML: " + context + e.getProblem(), "correct the syntax; most often it is the indentation, a missing quote or a missing space after ':'");
        }
        catch (ReaderException e) {
            problems.error(positionAt(file, part, e.getPosition()), "the text has a character that YAML does not allow, code point " + e.getCodePoint(), "remove the character");
        }
        catch (YamlEngineException e) {
            problems.error(new Position(file, part.linesBefore() + 1, 1), "this is not YAML: " + e.getMessage(), "correct the syntax");
        }
        return new YamlDocument(ImmutableList.of(), part.text(), fingerprint, problems.toList());
    }

    /**
     * The library reads beyond its buffer when that ends between the two halves of a character above U+FFFF. One that takes
     * the whole text never does.
     */
    private static LoadSettings settings(String text)
    {
        return LoadSettings.builder().setBufferSize(text.length() + 1).build();
    }

    /**
     * @param offset in characters, of which one above U+FFFF is one as in all other positions
     */
    private static Position positionAt(String file, Part part, int offset)
    {
        String text = part.text();
        String before = text.substring(0, text.offsetByCodePoints(0, Math.min(offset, text.codePointCount(0, text.length()))));
        int line = (int) before.chars().filter(character -> character == '\n').count();
        int lineStart = before.lastIndexOf('\n') + 1;
        return new Position(file, part.linesBefore() + line + 1, before.codePointCount(lineStart, before.length()) + 1);
    }

    /**
     * A line that starts with three dashes begins a document wherever it stands, also inside a block of text.
     */
    private static List<Part> split(String text)
    {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        int startLine = 0;
        boolean content = false;
        int line = 0;
        for (int position = 0; position < text.length(); line++) {
            int newline = text.indexOf('\n', position);
            int end = newline < 0 ? text.length() : newline;
            String current = text.substring(position, end).stripTrailing();
            boolean marker = current.equals("---") || current.startsWith("--- ") || current.startsWith("---\t");
            if (marker && content) {
                parts.add(new Part(text.substring(start, position), startLine));
                start = position;
                startLine = line;
            }
            // Comments and directives above the first marker belong to the document below it
            content |= marker || !(current.isBlank() || current.startsWith("#") || current.startsWith("%"));
            position = end + 1;
        }
        if (content) {
            parts.add(new Part(text.substring(start), startLine));
        }
        return parts;
    }
}
