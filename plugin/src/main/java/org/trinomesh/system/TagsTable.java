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

import com.google.common.collect.Sets;
import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.ColumnAttributes;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class TagsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("tags", "The tags of the data products you may discover and of their columns, and where they come from")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("table_name", "Table of the product; NULL for a tag of the whole product")
            .text("column_name", "Column; NULL for a tag of the whole product")
            .text("tag", "Tag")
            .text("inherited_from", "The data product or the domain that says it, or policy; NULL where it is said here")
            .build();

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return Stream.concat(
                mesh.discoverable().stream().flatMap(product -> ofProduct(mesh, product)),
                mesh.tables().flatMap(table -> ofColumns(mesh, table)));
    }

    private static Stream<Object[]> ofProduct(GovernedMesh mesh, DataProduct product)
    {
        return Sets.union(product.tags(), domainTags(mesh, product)).stream()
                .map(tag -> row(product, null, null, tag, product.tags().contains(tag) ? null : product.domain()));
    }

    private static Stream<Object[]> ofColumns(GovernedMesh mesh, MeshTable table)
    {
        TableAccess access = mesh.columns(table);
        List<ColumnAttributes> attributes = mesh.attributes(table);
        List<Column> columns = table.table().columns();
        Set<String> ofDomain = domainTags(mesh, table.product());
        return IntStream.range(0, columns.size())
                .filter(index -> !access.isHidden(columns.get(index).name()))
                .boxed()
                .flatMap(index -> attributes.get(index).tags().stream()
                        .map(tag -> row(table.product(), table.name(), columns.get(index).name(), tag, origin(table.product(), columns.get(index), ofDomain, tag))));
    }

    /**
     * The nearest that says it.
     */
    private static String origin(DataProduct product, Column column, Set<String> ofDomain, String tag)
    {
        if (column.tags().contains(tag)) {
            return null;
        }
        if (product.tags().contains(tag)) {
            return product.qualifiedName();
        }
        return ofDomain.contains(tag) ? product.domain() : "policy";
    }

    private static Set<String> domainTags(GovernedMesh mesh, DataProduct product)
    {
        return mesh.mesh().domain(product.domain()).map(domain -> domain.rules().tags()).orElse(Set.of());
    }

    private static Object[] row(DataProduct product, String table, String column, String tag, String origin)
    {
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                table,
                column,
                tag,
                origin,
        };
    }
}
