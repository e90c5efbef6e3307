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
package org.trinomesh.function;

import io.airlift.slice.Slice;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.UUID;

import static io.airlift.slice.Slices.utf8Slice;
import static io.airlift.slice.Slices.wrappedBuffer;
import static java.lang.Long.remainderUnsigned;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Computes pseudonyms: equal for equal values, even when one product has the value as a number and another as a text, and
 * impossible to reverse without the key. A whole number gets a number of up to 18 digits, a UUID a UUID, every other text 32
 * hexadecimal digits, and bytes get 32 bytes.
 *
 * <p>Among 18 digits two of a hundred million values are the same with a chance of one in two hundred.
 */
final class Pseudonyms
{
    private static final long NUMBERS = 1_000_000_000_000_000_000L;
    private static final int MAX_DIGITS = 38;
    private static final int UUID_LENGTH = 36;
    private static final int TEXT_BYTES = 16;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

    private Pseudonyms() {}

    static long number(SubKey key, long value)
    {
        return number(key.hmac(Long.toString(value).getBytes(ISO_8859_1)));
    }

    static Slice bytes(SubKey key, Slice value)
    {
        return wrappedBuffer(hmac(key, value));
    }

    static Slice text(SubKey key, Slice value)
    {
        byte[] hmac = hmac(key, value);
        if (isInteger(value)) {
            return utf8Slice(Long.toString(number(hmac)));
        }
        if (isUuid(value)) {
            return utf8Slice(new UUID((long) LONG.get(hmac, 0), (long) LONG.get(hmac, Long.BYTES)).toString());
        }
        byte[] text = new byte[2 * TEXT_BYTES];
        for (int index = 0; index < TEXT_BYTES; index++) {
            text[2 * index] = DIGITS[(hmac[index] >> 4) & 0xF];
            text[2 * index + 1] = DIGITS[hmac[index] & 0xF];
        }
        return wrappedBuffer(text);
    }

    private static byte[] hmac(SubKey key, Slice value)
    {
        return key.hmac(value.byteArray(), value.byteArrayOffset(), value.length());
    }

    private static long number(byte[] hmac)
    {
        return remainderUnsigned((long) LONG.get(hmac, 0), NUMBERS);
    }

    /**
     * Whether a text is how SQL writes a whole number of bigint or decimal(38,0).
     */
    private static boolean isInteger(Slice value)
    {
        int start = value.length() > 0 && value.getByte(0) == '-' ? 1 : 0;
        int digits = value.length() - start;
        if (digits < 1 || digits > MAX_DIGITS) {
            return false;
        }
        if (value.getByte(start) == '0') {
            return start == 0 && digits == 1;
        }
        for (int index = start; index < value.length(); index++) {
            if (!isDigit(value.getByte(index))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a text is how SQL writes a UUID.
     */
    private static boolean isUuid(Slice value)
    {
        if (value.length() != UUID_LENGTH) {
            return false;
        }
        for (int index = 0; index < UUID_LENGTH; index++) {
            byte character = value.getByte(index);
            boolean dash = index == 8 || index == 13 || index == 18 || index == 23;
            if (dash ? character != '-' : !isDigit(character) && (character < 'a' || character > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte character)
    {
        return character >= '0' && character <= '9';
    }
}
