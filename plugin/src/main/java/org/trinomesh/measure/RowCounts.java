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
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * The rows of a snapshot as its summary counts them.
 *
 * @param total rows in data files, those that delete files take out among them
 * @param positionDeletes how many rows are taken out by position, at most
 * @param equalityDeletes how many conditions take out rows, each any number of them
 */
record RowCounts(OptionalLong total, OptionalLong deleteFiles, OptionalLong positionDeletes, OptionalLong equalityDeletes)
{
    RowCounts
    {
        requireNonNull(total, "total is null");
        requireNonNull(deleteFiles, "deleteFiles is null");
        requireNonNull(positionDeletes, "positionDeletes is null");
        requireNonNull(equalityDeletes, "equalityDeletes is null");
    }

    static RowCounts of(Map<String, String> summary)
    {
        return new RowCounts(
                number(summary, SnapshotSummary.TOTAL_RECORDS_PROP),
                number(summary, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
                number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP),
                number(summary, SnapshotSummary.TOTAL_EQ_DELETES_PROP));
    }

    /**
     * Also true if the summary does not say how many delete files there are.
     */
    boolean mayHaveDeletes()
    {
        return deleteFiles.isEmpty() || deleteFiles.getAsLong() > 0;
    }

    /**
     * How many rows delete files remove at most; empty when it may be any number.
     */
    OptionalLong deletedAtMost()
    {
        if (!mayHaveDeletes()) {
            return OptionalLong.of(0);
        }
        return equalityDeletes.orElse(1) == 0 ? positionDeletes : OptionalLong.empty();
    }

    static OptionalLong number(Map<String, String> summary, String name)
    {
        try {
            return Optional.ofNullable(summary.get(name)).map(text -> OptionalLong.of(Long.parseLong(text))).orElseGet(OptionalLong::empty);
        }
        catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
