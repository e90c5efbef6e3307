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

import org.apache.iceberg.SnapshotSummary;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

import static java.util.Objects.requireNonNull;

/**
 * The files of a snapshot as its summary counts them.
 *
 * @param bytes of data files and delete files together, so at least those of the data files
 */
record FileTotals(OptionalLong dataFiles, OptionalLong deleteFiles, OptionalLong bytes)
{
    static final FileTotals NOTHING = new FileTotals(OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0));

    FileTotals
    {
        requireNonNull(dataFiles, "dataFiles is null");
        requireNonNull(deleteFiles, "deleteFiles is null");
        requireNonNull(bytes, "bytes is null");
    }

    static FileTotals of(Map<String, String> summary)
    {
        return new FileTotals(
                count(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                count(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
                count(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP));
    }

    /**
     * The average size of a data file; where there are delete files, the true average is at most this.
     */
    OptionalLong averageBytes()
    {
        return known(dataFiles, files -> files > 0) && bytes.isPresent()
                ? OptionalLong.of(bytes.getAsLong() / dataFiles.getAsLong())
                : OptionalLong.empty();
    }

    /**
     * How many data files are smaller than that at least: no more can be as large than fit into all bytes.
     */
    OptionalLong smallerThan(long size)
    {
        if (dataFiles.isEmpty() || bytes.isEmpty() || size <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, dataFiles.getAsLong() - bytes.getAsLong() / size));
    }

    /**
     * @return whether there are so many data files, and so small ones on average
     */
    boolean areManyBelow(long files, long size)
    {
        return known(dataFiles, count -> count > files) && known(averageBytes(), average -> average < size);
    }

    private static boolean known(OptionalLong number, LongPredicate condition)
    {
        return number.isPresent() && condition.test(number.getAsLong());
    }

    private static OptionalLong count(Map<String, String> summary, String name)
    {
        OptionalLong number = RowCounts.number(summary, name);
        // A summary may say anything
        return known(number, count -> count >= 0) ? number : OptionalLong.empty();
    }
}
