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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.lineage.ColumnEdge;
import org.trinomesh.lineage.ColumnEnd;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.Mesh;

import java.util.stream.Stream;

import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

final class ColumnLineageTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("column_lineage", "Which columns are made of which, as far as you see both")
            .text("from_domain", "Schema of the domain; NULL outside of the mesh")
            .text("from_product", "Data product in SQL; NULL outside of the mesh")
            .text("from_version", "Version of the data product")
            .text("from_table", "Table of the product; for stewards also datasets outside of the mesh")
            .text("from_column", "Column it is made of")
            .text("to_domain", "Schema of the domain")
            .text("to_product", "Data product in SQL")
            .text("to_version", "Version of the data product")
            .text("to_table", "Table of the product")
            .text("to_column", "Column that is made of it; * when it decides about the rows, as in a filter")
            .text("kind", "Who says so: declared (a descriptor), derived (the mesh itself) or observed (a tool that ran)")
            .text("transformation", "How it is made; what a tool says in its own words is for stewards of the product it writes")
            .text("job", "Job that made it; for stewards of the product it writes")
            .text("evidence", "How that is known")
            .column("last_seen", TIMESTAMP_TZ_MILLIS, "When a tool last made it so")
            .build();

    private final CurrentLineage lineage;

    ColumnLineageTable(CurrentLineage lineage)
    {
        this.lineage = requireNonNull(lineage, "lineage is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        VisibleLineage visible = new VisibleLineage(mesh, lineage.of(mesh.mesh()));
        return visible.columnEdges().map(edge -> row(mesh.mesh(), visible, edge));
    }

    private static Object[] row(Mesh mesh, VisibleLineage visible, ColumnEdge edge)
    {
        return new Object[] {
                domain(edge.from()),
                product(edge.from()),
                version(edge.from()),
                table(mesh, edge.from()),
                edge.from().column(),
                domain(edge.to()),
                product(edge.to()),
                version(edge.to()),
                table(mesh, edge.to()),
                edge.to().column(),
                edge.kind().toString(),
                visible.transformation(edge).orElse(null),
                visible.job(edge).orElse(null),
                edge.evidence(),
                LineageTable.time(edge.lastSeen()),
        };
    }

    private static String domain(ColumnEnd end)
    {
        return end.product().map(DataProduct::domain).orElse(null);
    }

    private static String product(ColumnEnd end)
    {
        return end.product().map(DataProduct::sqlName).orElse(null);
    }

    private static String version(ColumnEnd end)
    {
        return end.product().map(product -> product.version().toString()).orElse(null);
    }

    /**
     * Of a product from which nobody selects, a table has no name.
     */
    private static String table(Mesh mesh, ColumnEnd end)
    {
        return end.product().isEmpty() ? end.table() : mesh.table(new TableId(end.product().get().id(), end.table())).map(MeshTable::name).orElse(null);
    }
}
