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
package org.trinomesh.lineage;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An edge of the lineage between two columns: one is derived from the other.
 *
 * @param transformation how, as far as somebody says
 * @param job which job did, as {@code namespace/name}; for stewards alone
 * @param evidence how that is known
 */
public record ColumnEdge(ColumnEnd from, ColumnEnd to, EdgeKind kind, Optional<String> transformation, Optional<String> job, String evidence, Optional<Instant> lastSeen)
{
    public ColumnEdge
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(transformation, "transformation is null");
        requireNonNull(job, "job is null");
        requireNonNull(evidence, "evidence is null");
        requireNonNull(lastSeen, "lastSeen is null");
    }
}
