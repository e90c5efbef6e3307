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
package org.trinomesh.storage;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Remembers how each table of the mesh was bound when it was first read. A binding lives as long as the promise (the
 * content of descriptor and contract) and the physical table (its UUID) stay the same; a new promise is bound anew.
 */
public final class ColumnBindings
{
    private final ColumnBinder binder;
    private final ConcurrentMap<TableKey, Bound> bindings = new ConcurrentHashMap<>();

    public ColumnBindings(TypeManager typeManager)
    {
        this.binder = new ColumnBinder(typeManager);
    }

    ColumnBinding bind(MeshTable table, TableMetadata metadata)
    {
        return bind(table, String.valueOf(metadata.uuid()), metadata.schema());
    }

    ColumnBinding bind(MeshTable table, String tableUuid, Schema schema)
    {
        Promise promise = new Promise(table.product().fingerprint(), tableUuid);
        return bindings.compute(TableKey.of(table), (_, before) -> {
            if (before == null || !before.promise().equals(promise)) {
                return Bound.first(promise, schema, binder.bind(table.table(), schema, Map.of()));
            }
            // The JSON of a schema that did not change has the same id and the same fields
            if (before.schema().sameSchema(schema)) {
                return before;
            }
            return before.next(schema, binder.bind(table.table(), schema, before.fieldIds()));
        }).binding();
    }

    List<TableDifference> differences(MeshTable table, TableMetadata metadata)
    {
        return binder.differences(table.table(), metadata.schema(), bind(table, metadata).fieldIds());
    }

    /**
     * Where tables were found to differ from what the products of this mesh promise, as of their last reading.
     */
    public List<Problem> problems(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> mesh.tables(domain.name()).stream())
                .filter(table -> table.name().equals(table.table().name()) || table.listed())
                .flatMap(table -> problems(table).stream())
                .distinct()
                .collect(toImmutableList());
    }

    private List<Problem> problems(MeshTable table)
    {
        Bound bound = bindings.get(TableKey.of(table));
        if (bound == null || !bound.promise().fingerprint().equals(table.product().fingerprint())) {
            return List.of();
        }
        return bound.binding().problems().stream()
                // They name physical columns, promised or not
                .map(problem -> problem.about(table.schema(), table.product().sqlName()).ownedBy(table.product().owner()).forStewards())
                .collect(toImmutableList());
    }

    private record TableKey(String domain, String product, int major, String table)
    {
        static TableKey of(MeshTable table)
        {
            return new TableKey(table.schema(), table.product().sqlName(), table.product().version().major(), table.table().name());
        }
    }

    private record Promise(String fingerprint, String tableUuid) {}

    /**
     * @param fieldIds every id a column was ever bound to under this promise. A column that was dropped keeps its id, so
     *         that another one that takes its name is not taken for it.
     */
    private record Bound(Promise promise, Schema schema, ColumnBinding binding, Map<String, Integer> fieldIds)
    {
        static Bound first(Promise promise, Schema schema, ColumnBinding binding)
        {
            return new Bound(promise, schema, binding, binding.fieldIds());
        }

        Bound next(Schema changed, ColumnBinding rebound)
        {
            return new Bound(promise, changed, rebound, ImmutableMap.<String, Integer>builder()
                    .putAll(rebound.fieldIds())
                    .putAll(fieldIds)
                    .buildKeepingLast());
        }

        Bound
        {
            requireNonNull(promise, "promise is null");
            requireNonNull(schema, "schema is null");
            requireNonNull(binding, "binding is null");
            fieldIds = ImmutableMap.copyOf(requireNonNull(fieldIds, "fieldIds is null"));
        }
    }
}
