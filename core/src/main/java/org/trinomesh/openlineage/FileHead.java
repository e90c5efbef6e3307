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

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The first bytes of a file, which tell it from another one that took its place. What is appended does not change them.
 *
 * @param length how many bytes the hash is of
 */
record FileHead(HashCode hash, int length)
{
    /**
     * The head of a file of which nothing was read, and which cannot be recognized again.
     */
    static final FileHead UNREAD = new FileHead(Hashing.farmHashFingerprint64().hashInt(0), 0);

    private static final int MAX_LENGTH = 1 << 10;

    FileHead
    {
        requireNonNull(hash, "hash is null");
        checkArgument(length >= 0, "length is negative");
    }

    static FileHead of(FileChannel channel, long size)
            throws IOException
    {
        int length = (int) Math.min(MAX_LENGTH, size);
        return new FileHead(hash(channel, length), length);
    }

    boolean isAtStartOf(FileChannel channel)
            throws IOException
    {
        return hash(channel, length).equals(hash);
    }

    private static HashCode hash(FileChannel channel, int length)
            throws IOException
    {
        return Hashing.farmHashFingerprint64().hashBytes(read(channel, length));
    }

    /**
     * Bytes from the start of the file, fewer if it is shorter.
     */
    static byte[] read(FileChannel channel, int length)
            throws IOException
    {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) > 0) {
            // Until all bytes have arrived
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
