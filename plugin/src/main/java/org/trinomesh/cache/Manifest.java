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
package org.trinomesh.cache;

import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Types.StructType;

import java.util.Objects;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A manifest as one version of a table reads it, equal to that of another version where both read the same from it.
 *
 * @param partition the types of the partitions' values, which follow the table when the type of a column is promoted
 * @param entry what the list of manifests says of it. A table that is upgraded gives row ids to manifests that had none.
 */
record Manifest(StoredFile file, StructType partition, ManifestFile entry)
{
    Manifest
    {
        requireNonNull(file, "file is null");
        requireNonNull(partition, "partition is null");
        requireNonNull(entry, "entry is null");
    }

    /**
     * @param table a file of the table that the manifest belongs to
     */
    static Manifest of(StoredFile table, PartitionSpec spec, ManifestFile entry)
    {
        return new Manifest(table.sibling(entry.path()), spec.partitionType(), entry);
    }

    private Optional<Long> firstRowId()
    {
        return Optional.ofNullable(entry.firstRowId());
    }

    @Override
    public boolean equals(Object object)
    {
        return object instanceof Manifest other &&
                file.equals(other.file) &&
                partition.equals(other.partition) &&
                entry.partitionSpecId() == other.entry.partitionSpecId() &&
                entry.sequenceNumber() == other.entry.sequenceNumber() &&
                firstRowId().equals(other.firstRowId());
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(file, entry.sequenceNumber(), firstRowId());
    }
}
