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
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.FileIO;

import java.util.Collection;
import java.util.Map;

/**
 * The data files that manifests list, kept decoded for all queries. Decoding takes most of the planning of a query over many files, and a
 * manifest never changes once it is written.
 */
public final class ManifestCache
{
    // Measured: decoded entries take about ten times the size of the file, with 16 as well as with 100 columns
    private static final int DECODED_TO_FILE = 10;
    // The cache consists of four parts, and what does not fit into one of them is not kept
    private static final int SHARE_OF_A_MANIFEST = 8;

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

    boolean isKept(Manifest manifest)
    {
        return manifests.cache().asMap().containsKey(manifest);
    }

    /**
     * Where the file is much smaller than what is in it, decoding stops at the memory that one manifest may take.
     */
    DecodedManifest get(Manifest manifest, FileIO io, Map<Integer, PartitionSpec> specs)
    {
        return manifests.get(manifest, () -> DecodedManifest.read(manifest.entry(), io, specs, bound / SHARE_OF_A_MANIFEST));
    }

    /**
     * For metrics.
     */
    public Cache<?, ?> manifests()
    {
        return manifests.cache();
    }
}
