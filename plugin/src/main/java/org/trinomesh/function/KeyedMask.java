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
import io.trino.spi.connector.ConnectorSession;

import static java.util.Objects.requireNonNull;

/**
 * One place in a plan where a keyed function is called. Remembers the key of the value before, which is that of the next one
 * as well. Several threads may call it: what is remembered is replaced as a whole.
 */
public final class KeyedMask
{
    private final MaskKeys keys;
    private Remembered remembered;

    KeyedMask(MaskKeys keys)
    {
        this.keys = requireNonNull(keys, "keys is null");
    }

    public Slice tokenizeText(Slice value, Slice identifier, Slice key)
    {
        return Pseudonyms.text(forIdentifier(identifier, key), value);
    }

    public long tokenizeNumber(long value, Slice identifier, Slice key)
    {
        return Pseudonyms.number(forIdentifier(identifier, key), value);
    }

    public Slice tokenizeBytes(Slice value, Slice identifier, Slice key)
    {
        return Pseudonyms.bytes(forIdentifier(identifier, key), value);
    }

    public Slice hashText(ConnectorSession session, Slice value, Slice key)
    {
        return Pseudonyms.text(forQuery(session, key), value);
    }

    public long hashNumber(ConnectorSession session, long value, Slice key)
    {
        return Pseudonyms.number(forQuery(session, key), value);
    }

    public Slice hashBytes(ConnectorSession session, Slice value, Slice key)
    {
        return Pseudonyms.bytes(forQuery(session, key), value);
    }

    private SubKey forIdentifier(Slice identifier, Slice reference)
    {
        Remembered last = remembered;
        if (last == null || !last.purpose().equals(identifier) || !last.reference().equals(reference)) {
            last = new Remembered(identifier.copy(), reference.copy(), keys.forIdentifier(reference.toStringUtf8(), identifier.toStringUtf8()));
            remembered = last;
        }
        return last.key();
    }

    private SubKey forQuery(ConnectorSession session, Slice reference)
    {
        Remembered last = remembered;
        String queryId = session.getQueryId();
        if (last == null || !last.purpose().equals(queryId) || !last.reference().equals(reference)) {
            last = new Remembered(queryId, reference.copy(), keys.forQuery(reference.toStringUtf8(), queryId));
            remembered = last;
        }
        return last.key();
    }

    private record Remembered(Object purpose, Slice reference, SubKey key) {}
}
