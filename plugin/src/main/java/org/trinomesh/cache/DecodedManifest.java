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

import com.google.common.collect.ImmutableList;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.FileIO;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The live data files of a manifest, with the statistics that tell whether a query needs them.
 *
 * @param files empty where they would take more memory than one manifest may
 * @param bytes about how much memory they take
 */
record DecodedManifest(Optional<List<DataFile>> files, long bytes)
{
    // The manifest that it is kept by among them, with what its list says of its partitions
    private static final int BYTES_OF_A_MANIFEST = 2_000;

    DecodedManifest
    {
        files = requireNonNull(files, "files is null").map(ImmutableList::copyOf);
    }

    /**
     * @param limit how much memory the files may take
     * @throws UncheckedIOException when the manifest cannot be read
     */
    static DecodedManifest read(ManifestFile manifest, FileIO io, Map<Integer, PartitionSpec> specs, long limit)
    {
        ImmutableList.Builder<DataFile> files = ImmutableList.builder();
        long bytes = BYTES_OF_A_MANIFEST;
        FieldIds ids = new FieldIds();
        // Its iterator leaves out what was deleted, and copies each entry
        try (ManifestReader<DataFile> reader = ManifestFiles.read(manifest, io, specs)) {
            for (DataFile file : reader) {
                DecodedFile decoded = DecodedFile.of(file, ids);
                files.add(decoded);
                bytes += decoded.bytes();
                if (bytes > limit) {
                    return new DecodedManifest(Optional.empty(), BYTES_OF_A_MANIFEST);
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DecodedManifest(Optional.of(files.build()), bytes);
    }
}
