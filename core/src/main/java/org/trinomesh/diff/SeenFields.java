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
package org.trinomesh.diff;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.Decisions;
import org.trinomesh.governance.Governance;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.TableSource;
import org.trinomesh.text.Words;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one viewer sees of the fields of physical tables in one mesh, through any product. Tells new data from more of the existing data.
 */
final class SeenFields
{
    private record Field(TableSource table, String name) {}

    private final Set<TableSource> tables = new HashSet<>();
    // Empty for a field that is published and not seen
    private final SetMultimap<Field, Optional<ColumnAccess>> seen = HashMultimap.create();
    private final SetMultimap<TableSource, Set<RowFilter.Comparison>> filters = HashMultimap.create();

    static SeenFields of(Governance governance, Viewer viewer, Instant now)
    {
        SeenFields seen = new SeenFields();
        Decisions decisions = governance.decisions(viewer.requester(), now);
        for (Domain domain : governance.mesh().domains()) {
            for (DataProduct product : domain.products()) {
                Decision decision = decisions.decide(governance.policy(product));
                product.tables().forEach(table -> seen.add(table, decision instanceof Decision.Readable readable ? Optional.of(readable.tables().get(table.name())) : Optional.empty()));
            }
        }
        return seen;
    }

    private void add(ProductTable table, Optional<TableAccess> access)
    {
        tables.add(table.source());
        table.columns().forEach(column -> seen.put(field(table, column), access.flatMap(found -> found.column(column.name()))));
        access.ifPresent(found -> filters.put(table.source(), comparisons(found)));
    }

    /**
     * Whether a column shows nothing of a published field that the viewer did not see in the same way.
     */
    boolean shows(ProductTable table, Column column, Optional<ColumnAccess> access)
    {
        if (!tables.contains(table.source()) || access.isEmpty() || access.get() instanceof ColumnAccess.Hidden) {
            return true;
        }
        // A field id alone does not say which field it is
        if (column.fieldId().isPresent()) {
            return false;
        }
        Set<Optional<ColumnAccess>> ways = seen.get(field(table, column));
        return ways.isEmpty() || ways.stream().flatMap(Optional::stream).anyMatch(way -> way instanceof ColumnAccess.Clear || mask(way).equals(mask(access.get())));
    }

    /**
     * Whether all rows that are seen of a table were seen before, as far as conditions tell.
     */
    boolean showsRows(ProductTable table, TableAccess access)
    {
        return !tables.contains(table.source()) || filters.get(table.source()).stream().anyMatch(before -> comparisons(access).containsAll(before));
    }

    private static Set<RowFilter.Comparison> comparisons(TableAccess access)
    {
        return access.rows().<Set<RowFilter.Comparison>>map(rows -> ImmutableSet.copyOf(rows.filter().comparisons())).orElse(ImmutableSet.of());
    }

    private static Optional<Mask> mask(ColumnAccess access)
    {
        return access instanceof ColumnAccess.Masked(Mask mask, Reason _) ? Optional.of(mask) : Optional.empty();
    }

    private static Field field(ProductTable table, Column column)
    {
        return new Field(table.source(), Words.key(FieldKnowledge.physicalName(column)));
    }
}
