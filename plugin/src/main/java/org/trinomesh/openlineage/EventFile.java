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
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One event file and how far it was read. Tools append whole lines: what has no line end yet is half a line and waits. Not
 * safe for use by several threads.
 */
final class EventFile
{
    static final int MAX_EVENT_BYTES = 1 << 20;
    private static final int MAX_PROBLEMS = 20;
    private static final int BUFFER = 1 << 16;
    /**
     * So many bytes from the start tell one file from another that took its place.
     */
    private static final int HEAD = 1 << 10;

    private final String name;
    private final Path path;
    private final Object key;
    private final EventFacts facts;
    private final List<EventProblem> problems = new ArrayList<>();
    private long size;
    private FileTime modified = FileTime.fromMillis(0);
    private HashCode head = Hashing.farmHashFingerprint64().hashInt(0);
    private int headLength;
    private long offset;
    private long line = 1;
    private long events;
    private long rejected;
    private boolean skipping;
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
            return head(channel, headLength).equals(head);
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
            headLength = (int) Math.min(HEAD, size);
            head = head(channel, headLength);
            Optional<byte[]> whole = offset == 0 ? document(channel) : Optional.empty();
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
        byte[] content = read(channel, 0, (int) size);
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
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        long position = offset;
        while (position < size) {
            if (filled == buffer.length) {
                if (buffer.length >= MAX_EVENT_BYTES) {
                    skip(filled);
                    filled = 0;
                }
                else {
                    buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 4, MAX_EVENT_BYTES));
                }
            }
            int length = channel.read(ByteBuffer.wrap(buffer, filled, (int) Math.min(buffer.length - filled, size - position)), position);
            if (length <= 0) {
                break;
            }
            position += length;
            filled = consume(buffer, filled, filled + length, reader, added);
        }
        if (filled > 0 && isJson() && !skipping) {
            acceptLast(buffer, filled, reader, added);
        }
    }

    /**
     * @param scanned up to where there is surely no line end
     * @return how many bytes of a line that goes on are left, moved to the start of the buffer
     */
    private int consume(byte[] buffer, int scanned, int filled, EventReader reader, EventFacts added)
    {
        int start = 0;
        for (int index = scanned; index < filled; index++) {
            if (buffer[index] != '\n') {
                continue;
            }
            if (!skipping) {
                accept(buffer, start, index, reader, added);
            }
            skipping = false;
            offset += index + 1 - start;
            line++;
            start = index + 1;
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        return filled - start;
    }

    /**
     * The line is too long to be held: the rest of it is passed over, also when it only comes later.
     */
    private void skip(int length)
    {
        if (!skipping) {
            reject("it is longer than %s bytes".formatted(MAX_EVENT_BYTES));
        }
        skipping = true;
        offset += length;
    }

    private void accept(byte[] buffer, int start, int end, EventReader reader, EventFacts added)
    {
        int from = line == 1 && startsWithMark(buffer, start, end) ? start + 3 : start;
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
    private void acceptLast(byte[] buffer, int length, EventReader reader, EventFacts added)
    {
        try {
            accept(EventReader.parse(buffer, 0, length), reader, added);
            offset += length;
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
            problems.add(new EventProblem(name, line, message));
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

    private static HashCode head(FileChannel channel, int length)
            throws IOException
    {
        return Hashing.farmHashFingerprint64().hashBytes(read(channel, 0, length));
    }

    private static byte[] read(FileChannel channel, long position, int length)
            throws IOException
    {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // Until all of it is there
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
