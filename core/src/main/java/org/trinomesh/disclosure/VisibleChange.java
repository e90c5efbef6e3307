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
import org.trinomesh.problem.Position;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.SemanticVersion;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A change of a contract that a requester may know of.
 *
 * @param product as it is served now
 * @param version of the document with the change
 * @param refused whether that document is not served
 * @param table the table as SQL selects it; empty when the change is about the whole product, or about a table that nobody can select from
 * @param position where it is written, for those who answer for the product
 * @param closeness what the requester is to the product
 */
public record VisibleChange(DataProduct product, SemanticVersion version, SchemaChange change, boolean refused, Optional<String> table, Optional<Position> position, Set<Closeness> closeness)
        implements Fact
{
    public VisibleChange
    {
        requireNonNull(product, "product is null");
        requireNonNull(version, "version is null");
        requireNonNull(change, "change is null");
        requireNonNull(table, "table is null");
        requireNonNull(position, "position is null");
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
    }
}
