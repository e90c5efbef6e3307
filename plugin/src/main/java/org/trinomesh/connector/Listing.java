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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableColumnsMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.MeshTable;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * The tables that a listing shows a requester, with everything a listing asks about them. It opens no table, so that a slow
 * or broken product cannot slow down or empty the list.
 */
record Listing(GovernedMesh mesh, Map<SchemaTableName, MeshTable> tables)
{
    Listing
    {
        requireNonNull(mesh, "mesh is null");
        tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
    }

    static Listing of(GovernedMesh mesh, Optional<String> schema)
    {
        Collection<String> schemas = schema.map(List::of).orElseGet(mesh::schemas);
        ImmutableMap.Builder<SchemaTableName, MeshTable> tables = ImmutableMap.builder();
        for (String name : schemas) {
            mesh.listed(name).forEach(table -> tables.put(new SchemaTableName(name, table.name()), table));
        }
        return new Listing(mesh, tables.buildOrThrow());
    }

    Listing only(SchemaTableName name)
    {
        return filter(_ -> Set.of(name));
    }

    Listing filter(UnaryOperator<Set<SchemaTableName>> filter)
    {
        Set<SchemaTableName> kept = filter.apply(tables.keySet());
        return kept.equals(tables.keySet()) ? this : new Listing(mesh, Maps.filterKeys(tables, kept::contains));
    }

    Map<SchemaTableName, RelationType> relationTypes()
    {
        return Maps.transformValues(tables, _ -> RelationType.TABLE);
    }

    Map<SchemaTableName, List<ColumnMetadata>> columns(ProductColumns columns)
    {
        return Maps.transformValues(tables, table -> listed(columns, table));
    }

    Iterator<RelationColumnsMetadata> relationColumns(ProductColumns columns)
    {
        return tables.entrySet().stream()
                .map(entry -> RelationColumnsMetadata.forTable(entry.getKey(), listed(columns, entry.getValue())))
                .iterator();
    }

    Iterator<RelationCommentMetadata> relationComments(ProductColumns columns)
    {
        return tables.entrySet().stream()
                .map(entry -> RelationCommentMetadata.forRelation(entry.getKey(), Optional.of(columns.comment(mesh, entry.getValue()))))
                .iterator();
    }

    Iterator<TableColumnsMetadata> tableColumns(ProductColumns columns)
    {
        return tables.entrySet().stream()
                .map(entry -> TableColumnsMetadata.forTable(entry.getKey(), listed(columns, entry.getValue())))
                .iterator();
    }

    private List<ColumnMetadata> listed(ProductColumns columns, MeshTable table)
    {
        return columns.listed(mesh, table);
    }
}
