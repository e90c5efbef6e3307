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
package org.trinomesh.system;

import org.trinomesh.disclosure.VisibleColumnEdge;
import org.trinomesh.disclosure.VisibleLineage;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.product.DataProduct;

import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * The table {@code column_lineage}: which columns are derived from which.
 */
final class ColumnLineageTable
        implements SystemRows<VisibleColumnEdge>
{
    private static final SystemTableSchema<VisibleColumnEdge> SCHEMA = SystemTableSchema.<VisibleColumnEdge>table("column_lineage", "Which columns are derived from which, as far as you see both")
            .text("from_domain", DISCOVERER, "Schema of the domain; NULL outside of the mesh", row -> row.from().product().map(DataProduct::domain))
            .text("from_product", DISCOVERER, "Data product in SQL; NULL outside of the mesh", row -> row.from().product().map(DataProduct::sqlName))
            .text("from_version", DISCOVERER, "Version of the data product", row -> row.from().product().map(product -> product.version().toString()))
            .text("from_table", DISCOVERER, "Table of the product; for stewards also datasets outside of the mesh", row -> row.from().table())
            .text("from_column", DISCOVERER, "Column that the data comes from", row -> row.from().column())
            .text("to_domain", DISCOVERER, "Schema of the domain", row -> row.to().product().map(DataProduct::domain))
            .text("to_product", DISCOVERER, "Data product in SQL", row -> row.to().product().map(DataProduct::sqlName))
            .text("to_version", DISCOVERER, "Version of the data product", row -> row.to().product().map(product -> product.version().toString()))
            .text("to_table", DISCOVERER, "Table of the product", row -> row.to().table())
            .text("to_column", DISCOVERER, "Column that is derived from it; * when it decides which rows there are, as in a filter", row -> row.to().column())
            .text("kind", DISCOVERER, "Where the edge comes from: declared (a descriptor), derived (the mesh itself) or observed (a tool that ran)", row -> row.kind().toString())
            .text("transformation", DISCOVERER, "How the column is derived; texts of a tool are only for stewards of the product that it writes. NULL where the text may name something that is hidden from you", VisibleColumnEdge::transformation)
            .text("job", STEWARD, "Job that wrote it; only for stewards of the product that it writes", VisibleColumnEdge::job)
            .text("evidence", DISCOVERER, "How that is known", VisibleColumnEdge::evidence)
            .time("last_seen", DISCOVERER, "When a tool last wrote it", VisibleColumnEdge::lastSeen)
            .build();

    private final CurrentLineage lineage;

    ColumnLineageTable(CurrentLineage lineage)
    {
        this.lineage = requireNonNull(lineage, "lineage is null");
    }

    @Override
    public SystemTableSchema<VisibleColumnEdge> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleColumnEdge> rows(SystemRequest request)
    {
        return VisibleLineage.of(request.mesh(), lineage).columnEdges();
    }
}
