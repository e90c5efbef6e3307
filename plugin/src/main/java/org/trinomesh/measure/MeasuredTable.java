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
package org.trinomesh.measure;

import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.storage.TableVersion;
import org.trinomesh.storage.TableVersions;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * One table of a data product while it is measured. Each part is read when it is first asked for.
 */
final class MeasuredTable
{
    private final MeshTable table;
    private final TableVersion version;
    private final TableVersions versions;
    private final EvidenceCache cache;
    private final Set<String> properties;

    /**
     * @param properties the properties of commits that objectives of the product are measured by
     */
    MeasuredTable(MeshTable table, TableVersion version, TableVersions versions, EvidenceCache cache, Set<String> properties)
    {
        this.table = requireNonNull(table, "table is null");
        this.version = requireNonNull(version, "version is null");
        this.versions = requireNonNull(versions, "versions is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.properties = Set.copyOf(properties);
    }

    ProductTable table()
    {
        return table.table();
    }

    TableHistory history()
    {
        return cache.history(version, properties);
    }

    RowCounts rows()
    {
        return history().current()
                .map(Commit::rows)
                // A table without a commit has no rows
                .orElseGet(() -> new RowCounts(OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0)));
    }

    OptionalLong snapshot()
    {
        return history().current().map(commit -> OptionalLong.of(commit.snapshotId())).orElseGet(OptionalLong::empty);
    }

    FilesSummary files()
    {
        return cache.files(version);
    }

    Optional<Column> column(String name)
    {
        return table.table().columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    /**
     * The first of some columns that is one of this table.
     */
    Optional<Column> first(Basis.Columns columns)
    {
        return columns.columns().stream()
                .filter(reference -> reference.isOf(table.table()))
                .flatMap(reference -> column(reference.column()).stream())
                .findFirst();
    }

    /**
     * The field ids of the dates and timestamps that the table is partitioned by.
     */
    Set<Integer> timePartitions()
    {
        return cache.shape(version).timePartitions();
    }

    /**
     * The columns as the table has them; a promised one that the table lacks is not among them.
     */
    Map<String, Integer> fieldIds()
    {
        TableShape shape = cache.shape(version);
        return versions.fieldIds(table, shape.uuid(), shape.schema());
    }
}
