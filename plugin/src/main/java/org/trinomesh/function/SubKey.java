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

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

import static com.google.common.base.Verify.verify;

/**
 * HMAC-SHA-256 with one key. The key is processed once: both digests contain it and are only copied afterwards, so that
 * threads can share them.
 */
final class SubKey
{
    static final int HMAC_LENGTH = 32;

    private static final int BLOCK_LENGTH = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5C;

    private final MessageDigest inner;
    private final MessageDigest outer;

    SubKey(byte[] key)
    {
        byte[] block = Arrays.copyOf(key.length > BLOCK_LENGTH ? sha256().digest(key) : key, BLOCK_LENGTH);
        inner = prepared(block, INNER_PAD);
        outer = prepared(block, OUTER_PAD);
    }

    private static MessageDigest prepared(byte[] block, byte pad)
    {
        byte[] padded = new byte[BLOCK_LENGTH];
        for (int index = 0; index < BLOCK_LENGTH; index++) {
            padded[index] = (byte) (block[index] ^ pad);
        }
        MessageDigest digest = sha256();
        digest.update(padded);
        return digest;
    }

    byte[] hmac(byte[] bytes)
    {
        return hmac(bytes, 0, bytes.length);
    }

    byte[] hmac(byte[] bytes, int offset, int length)
    {
        MessageDigest digest = copy(inner);
        digest.update(bytes, offset, length);
        byte[] hash = digest.digest();
        verify(hash.length == HMAC_LENGTH, "SHA-256 has %s bytes", hash.length);
        digest = copy(outer);
        digest.update(hash);
        return digest.digest();
    }

    private static MessageDigest copy(MessageDigest digest)
    {
        try {
            return (MessageDigest) digest.clone();
        }
        catch (CloneNotSupportedException e) {
            throw new IllegalStateException("This Java cannot copy a SHA-256 digest", e);
        }
    }

    private static MessageDigest sha256()
    {
        try {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString()
    {
        return "SubKey";
    }
}
