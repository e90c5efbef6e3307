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

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.FieldNames;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.KeptPromises;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.storage.ColumnBinder.physicalName;

/**
 * Remembers how each table of the mesh was bound when it was first read. The meaning of a name in a table, at any depth, stays
 * the same as long as the physical table (its UUID) is the same, for all products that publish it, until a descriptor gives
 * another name or the field id. For a table that the server has not read before, the metadata of the table shows what names
 * meant.
 */
public final class ColumnBindings
        implements KeptPromises
{
    private final ColumnBinder binder;
    private final GovernedColumns governed;
    private final ConcurrentMap<TableId, Bound> bindings = new ConcurrentHashMap<>();
    private final ConcurrentMap<PhysicalTable, KnownFields> known = new ConcurrentHashMap<>();

    public ColumnBindings(TypeManager typeManager, GovernedColumns governed)
    {
        this.binder = new ColumnBinder(typeManager);
        this.governed = requireNonNull(governed, "governed is null");
    }

    ColumnBinding bind(MeshTable table, TableMetadata metadata)
    {
        Promise promise = promise(table, String.valueOf(metadata.uuid()));
        Bound bound = bindings.compute(table.id(), (_, before) -> {
            // The JSON of a schema that did not change has the same id and the same fields
            if (before != null && before.promise().equals(promise) && before.schema().sameSchema(metadata.schema())) {
                return before.at(location(metadata));
            }
            ColumnBinding binding = bind(table, promise, metadata);
            boolean kept = binding.isServable() || (before != null && before.kept() && before.promise().fingerprint().equals(promise.fingerprint()));
            return new Bound(promise, location(metadata), metadata.schema(), otherNames(table, metadata, binding), binding, kept);
        });
        return withMissedRules(table, bound);
    }

    /**
     * Binds a version of a table, and reads its metadata only if that version was not bound yet.
     */
    ColumnBinding bind(MeshTable table, TableVersion version)
    {
        Bound bound = bindings.get(table.id());
        if (bound != null && bound.location().equals(version.metadataLocation()) && bound.promise().equals(promise(table, bound.promise().tableUuid()))) {
            return withMissedRules(table, bound);
        }
        return bind(table, version.metadata());
    }

    private static String location(TableMetadata metadata)
    {
        return Strings.nullToEmpty(metadata.metadataFileLocation());
    }

    private Promise promise(MeshTable table, String tableUuid)
    {
        return new Promise(table.product().fingerprint(), tableUuid, governed.governedColumns(table), governed.filteredColumns(table));
    }

    private ColumnBinding withMissedRules(MeshTable table, Bound bound)
    {
        // Checked each time, because rules change while the table stays the same
        List<Problem> missed = governed.missedRules(table, bound.otherNames());
        return missed.isEmpty() ? bound.binding() : bound.binding().with(missed);
    }

    /**
     * The top-level columns that the engine cannot read. Unless they are promised, they are left out of the table.
     */
    Set<Integer> unreadable(TableMetadata metadata)
    {
        return binder.unreadable(metadata);
    }

    /**
     * The fields that have, or had, other names in the table than in their descriptor.
     */
    private Map<String, FieldNames> otherNames(MeshTable table, TableMetadata metadata, ColumnBinding binding)
    {
        SchemaHistory history = new SchemaHistory(metadata.schemas());
        KnownFields known = known(table, String.valueOf(metadata.uuid()));
        ImmutableMap.Builder<String, FieldNames> names = ImmutableMap.builder();
        for (Column column : table.table().columns()) {
            Integer fieldId = binding.fieldIds().get(column.name());
            if (fieldId != null) {
                String now = metadata.schema().findColumnName(fieldId);
                Set<String> before = Stream.concat(history.names(fieldId).stream(), known.names(fieldId)).filter(name -> !name.equalsIgnoreCase(now)).collect(toImmutableSet());
                Map<String, Set<String>> inside = history.paths(metadata.schema().findField(fieldId));
                if (!before.isEmpty() || !inside.isEmpty() || !now.equalsIgnoreCase(physicalName(column))) {
                    names.put(column.name(), new FieldNames(fieldId, now, before, inside));
                }
            }
        }
        return names.buildOrThrow();
    }

    /**
     * The types that a table had for its open columns when it was last read; none before.
     */
    public Map<String, Type> openTypes(MeshTable table)
    {
        Bound bound = bindings.get(table.id());
        if (bound == null || !bound.promise().fingerprint().equals(table.product().fingerprint()) || !bound.binding().isServable()) {
            return ImmutableMap.of();
        }
        return bound.binding().fieldIds().entrySet().stream()
                .filter(column -> table.table().openColumns().contains(column.getKey()))
                .collect(toImmutableMap(Map.Entry::getKey, column -> binder.servedType(bound.schema().findField(column.getValue()), bound.binding())));
    }

    private ColumnBinding bind(MeshTable table, Promise promise, TableMetadata metadata)
    {
        // What the names mean of the table of a query is what the refresh wrote, which may give it other columns
        boolean computed = table.table().query().isPresent();
        KnownFields known = computed ? KnownFields.nothing(promise.tableUuid()) : known(table, promise.tableUuid());
        SchemaHistory history = computed ? SchemaHistory.unknown() : new SchemaHistory(metadata.schemas());
        ColumnBinding binding = binder.bind(table.table(), metadata.schema(), known, history, promise.governed(), promise.filtered());
        // Tables that are not served were not bound
        if (binding.moved().isEmpty()) {
            remember(table, promise.tableUuid(), metadata.schema(), binding);
        }
        return binding;
    }

    private KnownFields known(MeshTable table, String tableUuid)
    {
        KnownFields fields = known.get(table.table().physical().orElseThrow());
        return fields == null || !fields.tableUuid().equals(tableUuid) ? KnownFields.nothing(tableUuid) : fields;
    }

    private void remember(MeshTable table, String tableUuid, Schema schema, ColumnBinding binding)
    {
        ImmutableMap.Builder<String, Integer> columns = ImmutableMap.builder();
        ImmutableMap.Builder<Integer, Map<String, Integer>> fields = ImmutableMap.builder();
        for (Column column : table.table().columns()) {
            Integer fieldId = binding.fieldIds().get(column.name());
            if (fieldId == null) {
                continue;
            }
            if (column.fieldId().isEmpty()) {
                columns.put(physicalName(column).toLowerCase(ENGLISH), fieldId);
            }
            fields.put(fieldId, FieldPaths.of(schema.findField(fieldId)));
        }
        known.compute(table.table().physical().orElseThrow(), (_, before) -> (before == null || !before.tableUuid().equals(tableUuid) ? KnownFields.nothing(tableUuid) : before)
                .with(columns.buildKeepingLast(), fields.buildKeepingLast()));
    }

    /**
     * The fields of columns by name, for measuring: this does not decide what names mean.
     */
    Map<String, Integer> fieldIds(MeshTable table, String tableUuid, Schema schema)
    {
        Bound bound = bindings.get(table.id());
        if (bound != null && bound.promise().isOf(table.product().fingerprint(), tableUuid) && bound.schema().sameSchema(schema)) {
            return bound.binding().fieldIds();
        }
        return binder.bind(table.table(), schema, known(table, tableUuid), SchemaHistory.unknown(), ImmutableSet.of(), ImmutableSet.of()).fieldIds();
    }

    List<TableDifference> differences(MeshTable table, TableMetadata metadata)
    {
        return binder.differences(table.table(), metadata.schema(), bind(table, metadata));
    }

    /**
     * Where tables were found to differ from what the products of this mesh promise, as of their last reading.
     */
    public List<Problem> problems(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> mesh.eachTable(domain.name()))
                .flatMap(table -> problems(table).stream())
                .distinct()
                .collect(toImmutableList());
    }

    private List<Problem> problems(MeshTable table)
    {
        Bound bound = bindings.get(table.id());
        if (bound == null || !bound.promise().fingerprint().equals(table.product().fingerprint())) {
            return List.of();
        }
        return Stream.concat(bound.binding().problems().stream(), governed.missedRules(table, bound.otherNames()).stream())
                .map(problem -> problem.about(table.schema(), table.product().sqlName()).ownedBy(table.product().owner()))
                .collect(toImmutableList());
    }

    @Override
    public boolean neverKept(DataProduct product, ProductTable table)
    {
        Bound bound = bindings.get(TableId.of(product, table));
        return bound != null && bound.promise().fingerprint().equals(product.fingerprint()) && !bound.kept();
    }

    /**
     * @param governed the columns that rules depend on
     * @param filtered those that row filters of the whole mesh compare
     */
    private record Promise(String fingerprint, String tableUuid, Set<String> governed, Set<String> filtered)
    {
        private Promise
        {
            requireNonNull(fingerprint, "fingerprint is null");
            requireNonNull(tableUuid, "tableUuid is null");
            governed = ImmutableSet.copyOf(requireNonNull(governed, "governed is null"));
            filtered = ImmutableSet.copyOf(requireNonNull(filtered, "filtered is null"));
        }

        boolean isOf(String otherFingerprint, String otherUuid)
        {
            return fingerprint.equals(otherFingerprint) && tableUuid.equals(otherUuid);
        }
    }

    /**
     * @param location of the metadata file that was bound last; empty when the catalog keeps none
     * @param otherNames by the promised names of columns
     * @param kept whether the table had once what this version of the product promises
     */
    private record Bound(Promise promise, String location, Schema schema, Map<String, FieldNames> otherNames, ColumnBinding binding, boolean kept)
    {
        private Bound
        {
            requireNonNull(promise, "promise is null");
            requireNonNull(location, "location is null");
            requireNonNull(schema, "schema is null");
            otherNames = ImmutableMap.copyOf(requireNonNull(otherNames, "otherNames is null"));
            requireNonNull(binding, "binding is null");
        }

        Bound at(String location)
        {
            return this.location.equals(location) ? this : new Bound(promise, location, schema, otherNames, binding, kept);
        }
    }
}
