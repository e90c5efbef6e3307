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
package org.trinomesh.disclosure;

import com.google.common.collect.Sets;
import org.trinomesh.lineage.LineageEdge;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * An edge between products, ports and what is outside of the mesh, of which a requester may know.
 *
 * @param closeness what the requester is to the product that is written, or to the one that is read when none is written
 */
public record VisibleEdge(LineageEdge edge, Optional<VisibleProduct> from, Optional<VisibleProduct> to, Set<Closeness> closeness)
        implements Fact
{
    public VisibleEdge
    {
        requireNonNull(edge, "edge is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
    }
}
