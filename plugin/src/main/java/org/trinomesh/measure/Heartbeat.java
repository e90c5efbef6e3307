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
package org.trinomesh.measure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The moment that a pipeline writes into the properties of a commit: milliseconds since 1970, or ISO 8601 with an offset.
 */
final class Heartbeat
{
    private Heartbeat() {}

    static Optional<Instant> parse(String text)
    {
        String stripped = text.strip();
        try {
            return Optional.of(stripped.matches("[0-9]{1,15}") ? Instant.ofEpochMilli(Long.parseLong(stripped)) : OffsetDateTime.parse(stripped).toInstant());
        }
        catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
