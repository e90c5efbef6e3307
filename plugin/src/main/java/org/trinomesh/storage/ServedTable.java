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
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.cache.KeptScan;
import org.trinomesh.cache.ManifestCache;
import org.trinomesh.cache.StoredFile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.plugin.iceberg.TrinoMetricsReporter.TRINO_METRICS_REPORTER;
import static java.util.Objects.requireNonNull;

/**
 * The Iceberg table behind a table of a data product, pinned to one version, with the promised columns bound to its
 * field ids.
 */
public final class ServedTable
        extends BaseTable
{
    private final Optional<StoredFile> file;
    private final ManifestCache manifests;
    private final Map<String, Integer> fieldIds;
    private final Map<Integer, String> names;
    private final Set<Integer> unreadable;
    private final Set<String> open;

    /**
     * @param file the file that the version was read from; empty where files may change
     * @param unreadable columns that are not in the schema because the engine cannot read them
     * @param open columns whose type the table decides, in parts or as a whole
     */
    ServedTable(TableOperations operations, String name, Optional<StoredFile> file, ManifestCache manifests, Map<String, Integer> fieldIds, Set<Integer> unreadable, Set<String> open)
    {
        super(operations, name, TRINO_METRICS_REPORTER);
        this.file = requireNonNull(file, "file is null");
        this.manifests = requireNonNull(manifests, "manifests is null");
        this.fieldIds = ImmutableMap.copyOf(requireNonNull(fieldIds, "fieldIds is null"));
        this.names = this.fieldIds.entrySet().stream().collect(toImmutableMap(Map.Entry::getValue, Map.Entry::getKey));
        this.unreadable = ImmutableSet.copyOf(requireNonNull(unreadable, "unreadable is null"));
        this.open = ImmutableSet.copyOf(requireNonNull(open, "open is null"));
    }

    /**
     * The columns whose type the table decides, in parts or as a whole.
     */
    public Set<String> open()
    {
        return open;
    }

    /**
     * The file that this version was read from, by which what is found out about the version can be kept; empty where files may change.
     */
    public Optional<StoredFile> file()
    {
        return file;
    }

    /**
     * SQL column name to Iceberg field id, in the order of the contract. Other columns of the table are not served.
     */
    public Map<String, Integer> fieldIds()
    {
        return fieldIds;
    }

    /**
     * The promised column that is bound to a field of the table. Asked for each column of a plan, so it does not search.
     */
    public Optional<String> columnName(int fieldId)
    {
        return Optional.ofNullable(names.get(fieldId));
    }

    /**
     * Whether every column that partitions are made of, today or before, is promised.
     */
    public boolean promisesPartitions()
    {
        return specs().values().stream()
                .flatMap(spec -> spec.fields().stream())
                .filter(field -> !field.transform().isVoid())
                .allMatch(field -> names.containsKey(field.sourceId()));
    }

    /**
     * Every version is read with the schema of today. A scan of Iceberg binds its filter to the schema that the version was
     * written with: its names may be others, and its types narrower than those that are served.
     */
    @Override
    public Map<Integer, Schema> schemas()
    {
        return Maps.transformValues(super.schemas(), _ -> schema());
    }

    /**
     * Finds its files in manifests that were decoded before, where files cannot change. Those of an encrypted table are not kept in clear.
     */
    @Override
    public TableScan newScan()
    {
        TableScan scan = super.newScan();
        return file.filter(_ -> operations().current().encryptionKeys().isEmpty())
                .<TableScan>map(kept -> new KeptScan(scan, manifests, kept))
                .orElse(scan);
    }

    /**
     * The columns that a version was written with, less those that the engine cannot read.
     */
    public List<NestedField> columnsOf(long snapshotId)
    {
        return Optional.ofNullable(snapshot(snapshotId).schemaId())
                .map(super.schemas()::get)
                .orElseGet(this::schema)
                .columns().stream()
                .filter(field -> !unreadable.contains(field.fieldId()))
                .collect(toImmutableList());
    }
}
