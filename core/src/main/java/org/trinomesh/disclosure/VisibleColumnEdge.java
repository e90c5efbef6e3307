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
import org.trinomesh.lineage.ColumnEdge;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * An edge between columns that a requester sees.
 *
 * @param fromTable the table as SQL selects it, or a dataset outside of the mesh; empty when nobody selects from the table
 * @param transformation how the column is made, as far as the requester may know it
 * @param closeness what the requester is to the product that is written, or to the one that is read when none is written
 */
public record VisibleColumnEdge(ColumnEdge edge, Optional<String> fromTable, Optional<String> toTable, Optional<String> transformation, Set<Closeness> closeness)
        implements Fact
{
    public VisibleColumnEdge
    {
        requireNonNull(edge, "edge is null");
        requireNonNull(fromTable, "fromTable is null");
        requireNonNull(toTable, "toTable is null");
        requireNonNull(transformation, "transformation is null");
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
    }
}
