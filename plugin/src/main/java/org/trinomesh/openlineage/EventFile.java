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

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One event file and how far it was read. Tools append whole lines: what has no line end yet is half a line and waits. Not
 * safe for use by several threads.
 */
final class EventFile
{
    static final int MAX_EVENT_BYTES = GrowingLines.MAX_LINE_BYTES;
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

    boolean isUnchanged(BasicFileAttributes attributes)
    {
        return attributes.size() == size && attributes.lastModifiedTime().equals(modified) && String.valueOf(attributes.fileKey()).equals(key);
    }

    /**
     * Whether what was read is still there, and only more came after it.
     */
    boolean isContinuedBy(BasicFileAttributes attributes)
            throws IOException
    {
        if (document || !String.valueOf(attributes.fileKey()).equals(key) || attributes.size() <= size) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return head.isAtStartOf(channel);
        }
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
        return rejected;
    }

    List<EventProblem> problems()
    {
        return problems;
    }

    /**
     * @param added where what is new goes, beside the file's own facts
     */
    void read(BasicFileAttributes attributes, EventReader reader, EventFacts added)
            throws IOException
    {
        size = attributes.size();
        modified = attributes.lastModifiedTime();
        try (FileChannel channel = FileChannel.open(path)) {
            head = FileHead.of(channel, size);
            Optional<byte[]> whole = lines.isAtStart() ? document(channel) : Optional.empty();
            document = whole.isPresent();
            if (document) {
                readDocument(whole.get(), reader, added);
            }
            else {
                readLines(channel, reader, added);
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
        try {
            JsonNode tree = EventReader.parse(content, 0, content.length);
            for (JsonNode event : tree.isArray() ? tree : List.of(tree)) {
                accept(event, reader, added);
            }
        }
        catch (InvalidEventException e) {
            reject(e.getMessage());
        }
    }

    private boolean isJson()
    {
        return name.endsWith(".json");
    }

    private void readLines(FileChannel channel, EventReader reader, EventFacts added)
            throws IOException
    {
        byte[] half = lines.read(channel, size, new GrowingLines.Listener()
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
        });
        if (half.length > 0 && isJson()) {
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
     * The one event of a {@code .json} file may have no line end: it is whole when it is JSON.
     */
    private void acceptHalf(byte[] half, EventReader reader, EventFacts added)
    {
        try {
            accept(EventReader.parse(half, 0, half.length), reader, added);
            lines.take(half);
        }
        catch (InvalidEventException _) {
            // Half a line: the rest comes
        }
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
