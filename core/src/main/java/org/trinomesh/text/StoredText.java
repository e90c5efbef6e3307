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
package org.trinomesh.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import static com.google.common.base.Verify.verify;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A long text that is seldom read, kept compressed: whole documents would take more memory than all that is made of them.
 */
public final class StoredText
{
    private final byte[] compressed;
    private final int length;

    private StoredText(byte[] compressed, int length)
    {
        this.compressed = requireNonNull(compressed, "compressed is null");
        this.length = length;
    }

    public static StoredText of(String text)
    {
        byte[] bytes = text.getBytes(UTF_8);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream output = new ByteArrayOutputStream(bytes.length / 2 + 16);
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                output.write(buffer, 0, deflater.deflate(buffer));
            }
            return new StoredText(output.toByteArray(), bytes.length);
        }
        finally {
            deflater.end();
        }
    }

    public String text()
    {
        Inflater inflater = new Inflater(true);
        try {
            byte[] bytes = new byte[length];
            inflater.setInput(compressed);
            int read = 0;
            while (read < length) {
                int more = inflater.inflate(bytes, read, length - read);
                verify(more > 0, "the text ends too early");
                read += more;
            }
            return new String(bytes, UTF_8);
        }
        catch (DataFormatException e) {
            throw new IllegalStateException("not written by this class", e);
        }
        finally {
            inflater.end();
        }
    }

    @Override
    public boolean equals(Object other)
    {
        return other instanceof StoredText that && Arrays.equals(compressed, that.compressed);
    }

    @Override
    public int hashCode()
    {
        return Arrays.hashCode(compressed);
    }

    @Override
    public String toString()
    {
        return text();
    }
}
