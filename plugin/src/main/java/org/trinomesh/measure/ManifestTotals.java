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

import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;

import java.util.List;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The manifests of a snapshot as its manifest list names them. No manifest is opened for it.
 *
 * @param dataManifests those of data files; the others are of delete files
 * @param partitionSpecs how many partition specs the live files were written with
 */
record ManifestTotals(int manifests, long bytes, int dataManifests, long dataManifestBytes, OptionalLong dataFiles, OptionalLong deleteFiles, int partitionSpecs)
{
    static final ManifestTotals NOTHING = new ManifestTotals(0, 0, 0, 0, OptionalLong.of(0), OptionalLong.of(0), 0);

    ManifestTotals
    {
        requireNonNull(dataFiles, "dataFiles is null");
        requireNonNull(deleteFiles, "deleteFiles is null");
    }

    static ManifestTotals of(List<ManifestFile> manifests)
    {
        List<ManifestFile> data = manifests.stream().filter(manifest -> manifest.content() == ManifestContent.DATA).collect(toImmutableList());
        List<ManifestFile> deletes = manifests.stream().filter(manifest -> manifest.content() == ManifestContent.DELETES).collect(toImmutableList());
        return new ManifestTotals(
                manifests.size(),
                bytes(manifests),
                data.size(),
                bytes(data),
                files(data),
                files(deletes),
                (int) manifests.stream()
                        .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
                        .mapToInt(ManifestFile::partitionSpecId)
                        .distinct()
                        .count());
    }

    private static long bytes(List<ManifestFile> manifests)
    {
        return manifests.stream().mapToLong(ManifestFile::length).sum();
    }

    /**
     * Empty when a manifest list of format version 1 does not count them.
     */
    private static OptionalLong files(List<ManifestFile> manifests)
    {
        if (manifests.stream().anyMatch(manifest -> manifest.addedFilesCount() == null || manifest.existingFilesCount() == null)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(manifests.stream().mapToLong(manifest -> (long) manifest.addedFilesCount() + manifest.existingFilesCount()).sum());
    }
}
