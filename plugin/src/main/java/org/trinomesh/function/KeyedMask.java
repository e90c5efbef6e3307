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

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One call of a keyed function in a plan. It caches the key of the previous value, which is usually that of the next one,
 * too. Safe for use by several threads: the cached value is replaced as a whole.
 */
public final class KeyedMask
{
    private final MaskKeys keys;
    private Remembered remembered;

    KeyedMask(MaskKeys keys)
    {
        this.keys = requireNonNull(keys, "keys is null");
    }

    public Slice tokenizeText(Slice value, Slice scope, Slice key)
    {
        return Pseudonyms.text(forScope(scope, key), value);
    }

    public long tokenizeNumber(long value, Slice scope, Slice key)
    {
        return Pseudonyms.number(forScope(scope, key), value);
    }

    public Slice tokenizeBytes(Slice value, Slice scope, Slice key)
    {
        return Pseudonyms.bytes(forScope(scope, key), value);
    }

    public Slice hashText(ConnectorSession session, Slice value, Slice scope, Slice key)
    {
        return Pseudonyms.text(forQuery(session, scope, key), value);
    }

    public long hashNumber(ConnectorSession session, long value, Slice scope, Slice key)
    {
        return Pseudonyms.number(forQuery(session, scope, key), value);
    }

    public Slice hashBytes(ConnectorSession session, Slice value, Slice scope, Slice key)
    {
        return Pseudonyms.bytes(forQuery(session, scope, key), value);
    }

    private SubKey forScope(Slice scope, Slice reference)
    {
        Remembered last = remembered;
        if (last == null || !last.isOf(Optional.empty(), scope, reference)) {
            last = new Remembered(Optional.empty(), scope.copy(), reference.copy(), keys.forScope(reference.toStringUtf8(), scope.toStringUtf8()));
            remembered = last;
        }
        return last.key();
    }

    private SubKey forQuery(ConnectorSession session, Slice scope, Slice reference)
    {
        Remembered last = remembered;
        Optional<String> queryId = Optional.of(session.getQueryId());
        if (last == null || !last.isOf(queryId, scope, reference)) {
            last = new Remembered(queryId, scope.copy(), reference.copy(), keys.forQuery(reference.toStringUtf8(), queryId.get(), scope.toStringUtf8()));
            remembered = last;
        }
        return last.key();
    }

    private record Remembered(Optional<String> queryId, Slice scope, Slice reference, SubKey key)
    {
        boolean isOf(Optional<String> queryId, Slice scope, Slice reference)
        {
            return this.scope.equals(scope) && this.reference.equals(reference) && this.queryId.equals(queryId);
        }
    }
}
