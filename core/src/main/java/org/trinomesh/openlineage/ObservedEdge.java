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

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * An edge that a run reported: the run read one dataset and wrote the other.
 *
 * @param job which job, as {@code namespace/name}
 * @param at when it last did
 */
public record ObservedEdge(Dataset from, Dataset to, String job, Instant at)
{
    public ObservedEdge
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(job, "job is null");
        requireNonNull(at, "at is null");
    }
}
