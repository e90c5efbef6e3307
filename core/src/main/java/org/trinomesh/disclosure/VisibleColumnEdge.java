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
import org.trinomesh.lineage.EdgeKind;
import org.trinomesh.product.DataProduct;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * An edge between columns that a requester sees.
 *
 * @param transformation how the column is made, as far as the requester may know it
 * @param job which job made it, as {@code namespace/name}
 * @param evidence how that is known
 * @param lastSeen when a tool last made it so
 * @param closeness what the requester is to the product that is written, or to the one that is read when none is written
 */
public record VisibleColumnEdge(
        End from,
        End to,
        EdgeKind kind,
        Optional<String> transformation,
        Optional<String> job,
        String evidence,
        Optional<Instant> lastSeen,
        Set<Closeness> closeness)
        implements Fact
{
    public VisibleColumnEdge
    {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(transformation, "transformation is null");
        requireNonNull(job, "job is null");
        requireNonNull(evidence, "evidence is null");
        requireNonNull(lastSeen, "lastSeen is null");
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
    }

    /**
     * A column at one end of the edge.
     *
     * @param product empty outside of the mesh
     * @param table the table as SQL selects it, or a dataset outside of the mesh; empty when nobody selects from the table
     */
    public record End(Optional<DataProduct> product, Optional<String> table, String column)
    {
        public End
        {
            requireNonNull(product, "product is null");
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }
    }
}
