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
package org.trinomesh.openlineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One event file and how far it was read. The last line counts without a line end as soon as it is whole; what is not whole yet waits
 * for the rest, since a tool may be writing it, and is a problem when nothing came for a while. Not safe for use by several threads.
 */
final class EventFile
{
    static final int MAX_EVENT_BYTES = GrowingLines.MAX_LINE_BYTES;
    // Of a large file, what was read until then counts after each part
    private static final long PART_BYTES = 8 << 20;
    // A tool that writes a line in two steps takes less
    static final Duration STANDING_STILL = Duration.ofMinutes(1);
    private static final int MAX_PROBLEMS = 20;

    private final String name;
    private final Path path;
    private final Object key;
    private final EventFacts facts;
    private final List<EventProblem> problems = new ArrayList<>();
    private final GrowingLines lines = new GrowingLines();
    private long size;
    private FileTime modified = FileTime.fromMillis(0);
    private FileHead head = FileHead.UNREAD;
    private long events;
    private long rejected;
    private boolean document;
    // Truncated while it was read: what is there now is not what was read
    private boolean cut;
    // Why what waits is not whole
    private Optional<EventProblem> waiting = Optional.empty();
    private Instant waitingSince = Instant.MAX;
    private boolean abandoned;

    /**
     * @param name below the results directory
     */
    EventFile(String name, Path path, BasicFileAttributes attributes, int limit)
    {
        this.name = requireNonNull(name, "name is null");
        this.path = requireNonNull(path, "path is null");
        this.key = String.valueOf(attributes.fileKey());
        this.facts = new EventFacts(limit);
    }

    Path path()
    {
        return path;
    }

    boolean isUnchanged(BasicFileAttributes attributes)
    {
        return !cut && attributes.size() == size && attributes.lastModifiedTime().equals(modified) && String.valueOf(attributes.fileKey()).equals(key);
    }

    /**
     * Whether what was read is still there, and only more came after it.
     */
    boolean isContinuedBy(BasicFileAttributes attributes)
            throws IOException
    {
        if (document || cut || !String.valueOf(attributes.fileKey()).equals(key) || attributes.size() <= size) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return head.isAtStartOf(channel);
        }
    }

    /**
     * Looks at a file that did not change since the last look.
     *
     * @return whether what waits has become a problem
     */
    boolean abandon(Instant now)
    {
        if (abandoned || waiting.isEmpty() || now.isBefore(waitingSince.plus(STANDING_STILL))) {
            return false;
        }
        abandoned = true;
        return true;
    }

    EventFacts facts()
    {
        return facts;
    }

    long events()
    {
        return events;
    }

    /**
     * How many lines told nothing; the first of them are in the problems.
     */
    long rejected()
    {
        return rejected + (abandoned ? 1 : 0);
    }

    List<EventProblem> problems()
    {
        return abandoned ? ImmutableList.<EventProblem>builder().addAll(problems).add(waiting.orElseThrow()).build() : problems;
    }

    /**
     * @param added where what is new goes, beside the file's own facts
     * @param part told after each part of a large file
     */
    void read(BasicFileAttributes attributes, EventReader reader, EventFacts added, Instant now, Runnable part)
            throws IOException
    {
        size = attributes.size();
        modified = attributes.lastModifiedTime();
        waiting = Optional.empty();
        abandoned = false;
        // A file of yesterday need not be watched first, unless the clock of its store is ahead
        waitingSince = modified.toInstant().isBefore(now) ? modified.toInstant() : now;
        try (FileChannel channel = FileChannel.open(path)) {
            head = FileHead.of(channel, size);
            Optional<byte[]> whole = lines.isAtStart() ? document(channel) : Optional.empty();
            document = whole.isPresent();
            if (document) {
                readDocument(whole.get(), reader, added);
            }
            else {
                readLines(channel, reader, added, part);
            }
        }
    }

    /**
     * The content of a {@code .json} file that is one event, or an array of them, over several lines. Many tools write lines
     * into files of that name too: then the first line is an event by itself.
     */
    private Optional<byte[]> document(FileChannel channel)
            throws IOException
    {
        if (!isJson() || size > MAX_EVENT_BYTES) {
            return Optional.empty();
        }
        byte[] content = FileHead.read(channel, (int) size);
        cut = content.length < size;
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        try {
            return EventReader.parse(content, 0, end).isObject() ? Optional.empty() : Optional.of(content);
        }
        catch (InvalidEventException _) {
            return Optional.of(content);
        }
    }

    private void readDocument(byte[] content, EventReader reader, EventFacts added)
    {
        if (isBlank(content, 0, content.length)) {
            return;
        }
        JsonNode tree;
        try {
            tree = EventReader.parse(content, 0, content.length);
        }
        catch (InvalidEventException e) {
            if (e.isCut()) {
                // The tool may still be writing it
                waiting = Optional.of(new EventProblem(name, 1, e.getMessage()));
            }
            else {
                reject(e.getMessage());
            }
            return;
        }
        for (JsonNode event : tree.isArray() ? tree : List.of(tree)) {
            accept(event, reader, added);
        }
    }

    private boolean isJson()
    {
        return name.endsWith(".json");
    }

    private void readLines(FileChannel channel, EventReader reader, EventFacts added, Runnable part)
            throws IOException
    {
        GrowingLines.Listener listener = new GrowingLines.Listener()
        {
            @Override
            public void line(byte[] buffer, int start, int end)
            {
                accept(buffer, start, end, reader, added);
            }

            @Override
            public void tooLong()
            {
                reject("it is longer than %s bytes".formatted(MAX_EVENT_BYTES));
            }
        };
        // A file that was truncated meanwhile has no further parts
        while (size - lines.offset() > PART_BYTES && !lines.isCut()) {
            lines.read(channel, lines.offset() + PART_BYTES, listener);
            part.run();
        }
        byte[] half = lines.read(channel, size, listener);
        cut |= lines.isCut();
        if (!isBlank(half, 0, half.length)) {
            acceptHalf(half, reader, added);
        }
    }

    private void accept(byte[] buffer, int start, int end, EventReader reader, EventFacts added)
    {
        int from = lines.number() == 1 && startsWithMark(buffer, start, end) ? start + 3 : start;
        if (isBlank(buffer, from, end)) {
            return;
        }
        try {
            accept(EventReader.parse(buffer, from, end - from), reader, added);
        }
        catch (InvalidEventException e) {
            reject(e.getMessage());
        }
    }

    /**
     * A last line without a line end is whole when it is a JSON object: no beginning of one is.
     */
    private void acceptHalf(byte[] half, EventReader reader, EventFacts added)
    {
        int start = lines.number() == 1 && startsWithMark(half, 0, half.length) ? 3 : 0;
        try {
            JsonNode event = EventReader.parse(half, start, half.length - start);
            if (event.isObject()) {
                accept(event, reader, added);
                lines.take(half);
                return;
            }
            waiting = Optional.of(new EventProblem(name, lines.number(), "the last line is JSON but not an event; write each event as one object on its own line"));
            return;
        }
        catch (InvalidEventException _) {
            // Half a line: the rest comes
        }
        waiting = Optional.of(new EventProblem(name, lines.number(), "the last line is incomplete and has no line end; complete it, or remove it if the tool ended while it wrote"));
    }

    private void accept(JsonNode event, EventReader reader, EventFacts added)
    {
        try {
            ToldFacts told = new ToldFacts();
            reader.read(event, told);
            told.giveTo(facts);
            told.giveTo(added);
            events++;
        }
        catch (InvalidEventException e) {
            reject(e.getMessage());
        }
    }

    private void reject(String message)
    {
        rejected++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new EventProblem(name, lines.number(), message));
        }
    }

    private static boolean isBlank(byte[] buffer, int start, int end)
    {
        for (int index = start; index < end; index++) {
            if (buffer[index] > ' ' || buffer[index] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWithMark(byte[] buffer, int start, int end)
    {
        return end - start >= 3 && buffer[start] == (byte) 0xEF && buffer[start + 1] == (byte) 0xBB && buffer[start + 2] == (byte) 0xBF;
    }
}
