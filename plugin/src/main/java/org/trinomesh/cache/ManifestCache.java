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

import com.google.common.cache.Cache;
import io.airlift.units.DataSize;
import org.apache.iceberg.ManifestFile;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The data files that manifests list, kept decoded for all queries. Decoding takes most of the planning of a query over many files, and a
 * manifest never changes once it is written.
 */
public final class ManifestCache
{
    // Decoded entries beside the compressed file, with statistics of 16 and of 100 columns
    private static final int DECODED_TO_FILE = 10;

    private final KeptAnswers<Manifest, DecodedManifest> manifests;
    private final long bound;

    /**
     * @param bound how much is kept, about; with zero bytes nothing is
     */
    public ManifestCache(DataSize bound)
    {
        this.bound = bound.toBytes();
        this.manifests = new KeptAnswers<>(bound, (_, manifest) -> (int) Math.min(manifest.bytes(), Integer.MAX_VALUE));
    }

    /**
     * Whether a version is small enough to be kept. One that takes most of the memory would be decoded again by each query, since others need
     * the memory, too.
     */
    boolean holds(Collection<ManifestFile> version)
    {
        return version.stream().mapToLong(ManifestFile::length).sum() * DECODED_TO_FILE <= bound / 2;
    }

    boolean isKept(StoredFile table, ManifestFile manifest)
    {
        return manifests.cache().asMap().containsKey(Manifest.of(table, manifest));
    }

    /**
     * @param table a file of the table that the manifest belongs to
     */
    DecodedManifest get(StoredFile table, ManifestFile manifest, Supplier<DecodedManifest> decode)
    {
        return manifests.get(Manifest.of(table, manifest), decode);
    }

    /**
     * For metrics.
     */
    public Cache<?, ?> manifests()
    {
        return manifests.cache();
    }

    /**
     * A manifest with what its entries inherit from the list it is in: a table that is upgraded gives row ids to manifests that had none.
     */
    private record Manifest(StoredFile file, long sequenceNumber, Optional<Long> firstRowId)
    {
        private Manifest
        {
            requireNonNull(file, "file is null");
            requireNonNull(firstRowId, "firstRowId is null");
        }

        private static Manifest of(StoredFile table, ManifestFile manifest)
        {
            return new Manifest(table.sibling(manifest.path()), manifest.sequenceNumber(), Optional.ofNullable(manifest.firstRowId()));
        }
    }
}
