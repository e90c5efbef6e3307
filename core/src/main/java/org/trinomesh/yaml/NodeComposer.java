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
import com.google.common.collect.ImmutableSet;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.text.PrintableText;
import org.trinomesh.text.RepeatedText;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Builds the nodes of one document from the parser's events, and refuses what a descriptor never needs and an attacker
 * might: deep nesting, many references, tags.
 */
final class NodeComposer
{
    static final int MAX_DEPTH = 20;
    static final int MAX_REFERENCES = 20;

    /**
     * How YAML 1.2's core schema writes that there is nothing.
     */
    private static final Set<String> NULLS = ImmutableSet.of("", "~", "null", "Null", "NULL");

    private final Iterator<Event> events;
    private final Function<Mark, Position> positions;
    private final Problems problems;
    private final Map<Anchor, DescriptorNode> anchors = new HashMap<>();
    private int references;

    NodeComposer(Iterator<Event> events, Function<Mark, Position> positions, Problems problems)
    {
        this.events = requireNonNull(events, "events is null");
        this.positions = requireNonNull(positions, "positions is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    List<DescriptorNode> compose()
    {
        ImmutableList.Builder<DescriptorNode> documents = ImmutableList.builder();
        while (events.hasNext()) {
            if (events.next() instanceof DocumentStartEvent) {
                documents.add(node(events.next(), 1));
            }
        }
        return documents.build();
    }

    private DescriptorNode node(Event event, int depth)
    {
        Position position = position(event);
        if (depth > MAX_DEPTH && !(event instanceof ScalarEvent)) {
            throw new RefusedDocumentException(position, "the document nests deeper than " + MAX_DEPTH + " levels", "reduce the nesting");
        }
        if (event instanceof AliasEvent alias) {
            return resolve(alias, position);
        }
        DescriptorNode node = switch (event) {
            case ScalarEvent scalar -> text(scalar, position);
            case SequenceStartEvent _ -> items(position, depth);
            case MappingStartEvent _ -> fields(position, depth);
            default -> throw new IllegalStateException("Unexpected event: " + event);
        };
        if (event instanceof NodeEvent named) {
            named.getAnchor().ifPresent(anchor -> {
                countReference(position);
                anchors.put(anchor, node);
            });
        }
        return node;
    }

    private DescriptorNode resolve(AliasEvent alias, Position position)
    {
        countReference(position);
        DescriptorNode target = anchors.get(alias.getAlias());
        if (target == null) {
            throw new RefusedDocumentException(position, "*" + alias.getAlias() + " refers to nothing that is written completely above it", "write the value itself");
        }
        return target;
    }

    private void countReference(Position position)
    {
        references++;
        if (references > MAX_REFERENCES) {
            throw new RefusedDocumentException(position, "the document has more than " + MAX_REFERENCES + " anchors and aliases", "write the values themselves");
        }
    }

    private DescriptorNode text(ScalarEvent scalar, Position position)
    {
        refuseTag(scalar.getTag().isPresent(), position);
        String value = PrintableText.of(scalar.getValue());
        if (!value.equals(scalar.getValue())) {
            problems.warning(position, "a text has characters that cannot be shown; each is replaced by '\uFFFD'", "remove control characters, marks of direction and characters without width");
        }
        String shared = RepeatedText.of(value);
        boolean absent = scalar.isPlain() && NULLS.contains(value);
        return new DescriptorNode.Text(shared, absent, scalar.getScalarStyle() == ScalarStyle.LITERAL ? Optional.of(blockStart(scalar, position)) : lineStart(scalar, position), position);
    }

    /**
     * A text on one line is written as it is when it is as long there as what it means: an escape is longer than its character.
     */
    private static Optional<Position> lineStart(ScalarEvent scalar, Position position)
    {
        Mark start = scalar.getStartMark().orElseThrow();
        Mark end = scalar.getEndMark().orElseThrow();
        int quote = scalar.isPlain() ? 0 : 1;
        return start.getLine() == end.getLine() && end.getColumn() - start.getColumn() - 2 * quote == scalar.getValue().codePointCount(0, scalar.getValue().length())
                ? Optional.of(new Position(position.file(), position.line(), position.column() + quote))
                : Optional.empty();
    }

    /**
     * The block begins on the line below its indicator, and its first line that is not blank says how far it is indented. A number at the
     * indicator leaves some of these blanks to the text.
     */
    private static Position blockStart(ScalarEvent scalar, Position indicator)
    {
        Mark mark = scalar.getStartMark().orElseThrow();
        int[] text = mark.getBuffer();
        int at = mark.getPointer();
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        int blanks = 0;
        for (at++; at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r'); at++) {
            blanks = text[at] == ' ' ? blanks + 1 : 0;
        }
        String value = scalar.getValue().replaceFirst("^\\n+", "");
        int kept = value.length() - value.stripLeading().length();
        return new Position(indicator.file(), indicator.line() + 1, blanks - Math.min(kept, blanks) + 1);
    }

    private DescriptorNode items(Position position, int depth)
    {
        ImmutableList.Builder<DescriptorNode> items = ImmutableList.builder();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new DescriptorNode.Items(items.build(), position);
    }

    private DescriptorNode fields(Position position, int depth)
    {
        Map<String, DescriptorNode.Field> fields = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            DescriptorNode key = node(event, depth + 1);
            Position keyPosition = position(event);
            DescriptorNode value = node(events.next(), depth + 1);
            if (!(key instanceof DescriptorNode.Text(String name, boolean _, Optional<Position> _, Position _))) {
                problems.error(keyPosition, "a key is " + key.form(), "write a single word as the key");
                continue;
            }
            DescriptorNode.Field first = fields.putIfAbsent(name, new DescriptorNode.Field(keyPosition, value));
            if (first != null) {
                problems.error(keyPosition, "key '%s' is written twice, first in line %s".formatted(name, first.keyPosition().line()), "keep one of the two");
            }
        }
        return new DescriptorNode.Fields(fields, position);
    }

    private void refuseTag(boolean tagged, Position position)
    {
        if (tagged) {
            problems.error(position, "YAML tags are not supported", "write the value without the word that starts with '!'");
        }
    }

    private Position position(Event event)
    {
        return positions.apply(event.getStartMark().orElseThrow());
    }

    /**
     * Stops the reading of one document. The documents beside it are still read.
     */
    static final class RefusedDocumentException
            extends RuntimeException
    {
        private final transient Problem problem;

        private RefusedDocumentException(Position position, String message, String remedy)
        {
            super(message);
            this.problem = Problem.error(position, message, remedy);
        }

        Problem problem()
        {
            return problem;
        }
    }
}
