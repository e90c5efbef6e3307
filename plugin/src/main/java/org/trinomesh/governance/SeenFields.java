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
package org.trinomesh.governance;

import org.trinomesh.descriptor.Words;
import org.trinomesh.registry.Column;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Domain;
import org.trinomesh.registry.PhysicalTable;
import org.trinomesh.registry.ProductTable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one viewer sees of the fields of physical tables in one mesh, through whatever product: by it new data is told from more of the
 * data that there was.
 */
final class SeenFields
{
    private record Field(PhysicalTable table, String name) {}

    private final Map<Field, Integer> strictness = new HashMap<>();
    private final Map<PhysicalTable, Boolean> allRows = new HashMap<>();

    static SeenFields of(Governance governance, Viewer viewer, Instant now)
    {
        SeenFields seen = new SeenFields();
        Decisions decisions = governance.decisions(viewer.requester(), now);
        for (Domain domain : governance.mesh().domains()) {
            for (DataProduct product : domain.products()) {
                Decision decision = decisions.decide(governance.policy(product));
                for (ProductTable table : product.tables()) {
                    seen.add(table, decision instanceof Decision.Readable readable ? readable.tables().get(table.name()) : new TableAccess(Map.of(), Optional.empty()));
                }
            }
        }
        return seen;
    }

    private void add(ProductTable table, TableAccess access)
    {
        for (Column column : table.columns()) {
            strictness.merge(field(table, column), TableComparison.strictness(access.column(column.name())), Math::min);
        }
        allRows.merge(table.source(), !access.columns().isEmpty() && access.rows().isEmpty(), Boolean::logicalOr);
    }

    /**
     * How strictly a field is masked, where some product publishes it; as strictly as possible when the viewer reads none of them.
     */
    OptionalInt strictness(ProductTable table, Column column)
    {
        Integer found = strictness.get(field(table, column));
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /**
     * Whether some product publishes the table, and the viewer sees not all of its rows.
     */
    boolean lacksRows(ProductTable table)
    {
        return !allRows.getOrDefault(table.source(), true);
    }

    private static Field field(ProductTable table, Column column)
    {
        return new Field(table.source(), column.fieldId().isPresent() ? "#" + column.fieldId().getAsInt() : Words.key(FieldKnowledge.physicalName(column)));
    }
}
