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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.type.DataType;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The columns that the queries of a domain find in products, with their types.
 *
 * @param types as SQL writes them
 * @param others the same with another possible type for each column whose type is decided by a stored table that could not be asked
 */
record SourceColumns(Map<String, String> types, Map<String, String> others)
{
    SourceColumns
    {
        types = ImmutableMap.copyOf(requireNonNull(types, "types is null"));
        others = ImmutableMap.copyOf(requireNonNull(others, "others is null"));
    }

    /**
     * @param domain the mesh as the publishing domain sees it
     * @param catalog of the mesh on the server
     */
    static SourceColumns of(MeshTable table, GovernedMesh domain, ValidatingEngine engine, String catalog)
            throws SQLException
    {
        TableAccess access = domain.columns(table);
        Map<String, String> served = table.table().openColumns().isEmpty() ? ImmutableMap.of() : served(table, engine, catalog);
        ImmutableMap.Builder<String, String> types = ImmutableMap.builder();
        ImmutableMap.Builder<String, String> others = ImmutableMap.builder();
        for (Column column : table.table().columns()) {
            if (!access.isHidden(column.name())) {
                Optional<String> known = column.type().isOpen() ? Optional.ofNullable(served.get(column.name())) : Optional.empty();
                types.put(column.name(), known.orElseGet(column.type()::sql));
                others.put(column.name(), known.orElseGet(other(column.type())::sql));
            }
        }
        return new SourceColumns(types.buildOrThrow(), others.buildOrThrow());
    }

    /**
     * The columns of which it is not known which type they have.
     */
    Set<String> unsure()
    {
        return Maps.difference(types, others).entriesDiffering().keySet();
    }

    private static DataType other(DataType type)
    {
        return switch (type) {
            case DataType.Scalar scalar -> !scalar.open() ? scalar : new DataType.Scalar(scalar.admits("varchar") ? "varchar" : "decimal(38,9)");
            case DataType.Array(DataType element) -> new DataType.Array(other(element));
            case DataType.Map(DataType key, DataType value) -> new DataType.Map(other(key), other(value));
            case DataType.Row(List<DataType.Row.Field> fields) -> new DataType.Row(fields.stream()
                    .map(field -> new DataType.Row.Field(field.name(), other(field.type())))
                    .collect(toImmutableList()));
        };
    }

    private static Map<String, String> served(MeshTable table, ValidatingEngine engine, String catalog)
            throws SQLException
    {
        try {
            return engine.columns(catalog, table.schema(), table.name());
        }
        // It need not be served yet, and who asks need not be allowed to read it
        catch (EngineRefusedException _) {
            return ImmutableMap.of();
        }
    }
}
