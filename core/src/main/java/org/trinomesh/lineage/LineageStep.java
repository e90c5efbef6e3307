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

import static java.util.Objects.requireNonNull;

/**
 * An edge as a walk meets it.
 *
 * @param depth how far its far end is from the start, from 1
 * @param cycle whether the edge leads back to where the walk came from
 */
public record LineageStep(int depth, Direction direction, LineageEdge edge, boolean cycle)
{
    public LineageStep
    {
        requireNonNull(direction, "direction is null");
        requireNonNull(edge, "edge is null");
    }
}
