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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The lines of a file that grows, each read once. What has no line end yet is half a line and waits; a line that is too long to
 * be held is told once and passed over. Not safe for use by several threads.
 */
final class GrowingLines
{
    static final int MAX_LINE_BYTES = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private long offset;
    private long number = 1;
    private boolean skipping;
    private boolean cut;

    /**
     * Whom the lines are told, one after the other.
     */
    interface Listener
    {
        /**
         * A whole line, without its end. The buffer is used again.
         */
        void line(byte[] buffer, int start, int end);

        /**
         * A line that is passed over.
         */
        void tooLong();
    }

    /**
     * Of the line that is told, or waited for; the first is 1.
     */
    long number()
    {
        return number;
    }

    /**
     * Up to where the file was understood.
     */
    long offset()
    {
        return offset;
    }

    boolean isAtStart()
    {
        return offset == 0;
    }

    /**
     * Whether the file ended before the size up to which it was last read, since it was truncated meanwhile.
     */
    boolean isCut()
    {
        return cut;
    }

    /**
     * Tells the lines that came since the last time.
     *
     * @param size up to where the file is read
     * @return the half line that waits, empty when there is none or it is passed over
     */
    byte[] read(FileChannel channel, long size, Listener listener)
            throws IOException
    {
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        long position = offset;
        cut = false;
        while (position < size) {
            if (filled == buffer.length) {
                if (buffer.length >= MAX_LINE_BYTES) {
                    skip(filled, listener);
                    filled = 0;
                }
                else {
                    buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 4, MAX_LINE_BYTES));
                }
            }
            int length = channel.read(ByteBuffer.wrap(buffer, filled, (int) Math.min(buffer.length - filled, size - position)), position);
            if (length <= 0) {
                cut = true;
                break;
            }
            position += length;
            filled = consume(buffer, filled, filled + length, listener);
        }
        return Arrays.copyOf(buffer, skipping ? 0 : filled);
    }

    /**
     * The half line that waited was understood as it is.
     */
    void take(byte[] half)
    {
        offset += half.length;
    }

    /**
     * @param scanned up to where there is surely no line end
     * @return how many bytes of a line that goes on are left, moved to the start of the buffer
     */
    private int consume(byte[] buffer, int scanned, int filled, Listener listener)
    {
        int start = 0;
        for (int index = scanned; index < filled; index++) {
            if (buffer[index] != '\n') {
                continue;
            }
            if (!skipping) {
                listener.line(buffer, start, index);
            }
            skipping = false;
            offset += index + 1 - start;
            number++;
            start = index + 1;
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        return filled - start;
    }

    /**
     * The rest of the line is passed over, also when it only comes later.
     */
    private void skip(int length, Listener listener)
    {
        if (!skipping) {
            listener.tooLong();
        }
        skipping = true;
        offset += length;
    }
}
