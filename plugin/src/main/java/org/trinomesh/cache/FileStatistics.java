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

import org.apache.iceberg.DataFile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The statistics of the columns of a data file in a few arrays; as Iceberg's own maps they take several times the memory. The sizes of columns
 * are not among them, since no query is planned by them.
 */
final class FileStatistics
{
    private static final int BYTES_OF_THE_OBJECTS = 250;
    private static final long ABSENT = -1;

    private final int[] ids;
    private final long[] values;
    private final long[] nulls;
    private final long[] nans;
    private final Bounds lower;
    private final Bounds upper;

    /**
     * @param ids of the fields that the file has statistics of, in ascending order
     */
    FileStatistics(DataFile file, int[] ids)
    {
        this(ids, file.valueCounts(), file.nullValueCounts(), file.nanValueCounts(), file.lowerBounds(), file.upperBounds());
    }

    private FileStatistics(int[] ids, Map<Integer, Long> values, Map<Integer, Long> nulls, Map<Integer, Long> nans, Map<Integer, ByteBuffer> lower, Map<Integer, ByteBuffer> upper)
    {
        this.ids = requireNonNull(ids, "ids is null");
        this.values = counts(values, ids);
        this.nulls = counts(nulls, ids);
        this.nans = counts(nans, ids);
        this.lower = new Bounds(lower, ids);
        this.upper = new Bounds(upper, ids);
    }

    /**
     * Those of some fields only.
     */
    FileStatistics of(Set<Integer> fieldIds)
    {
        int[] some = Arrays.stream(ids).filter(fieldIds::contains).toArray();
        return new FileStatistics(some, valueCounts(), nullValueCounts(), nanValueCounts(), lowerBounds(), upperBounds());
    }

    long bytes()
    {
        return BYTES_OF_THE_OBJECTS + (long) Long.BYTES * (values.length + nulls.length + nans.length) + lower.size() + upper.size();
    }

    Map<Integer, Long> valueCounts()
    {
        return counts(values);
    }

    Map<Integer, Long> nullValueCounts()
    {
        return counts(nulls);
    }

    Map<Integer, Long> nanValueCounts()
    {
        return counts(nans);
    }

    Map<Integer, ByteBuffer> lowerBounds()
    {
        return new ValuesByField<>(ids, lower::get);
    }

    Map<Integer, ByteBuffer> upperBounds()
    {
        return new ValuesByField<>(ids, upper::get);
    }

    private Map<Integer, Long> counts(long[] counts)
    {
        return new ValuesByField<>(ids, index -> index >= counts.length || counts[index] == ABSENT ? null : (Long) counts[index]);
    }

    private static long[] counts(Map<Integer, Long> counts, int[] ids)
    {
        // Many files have no field that could be NaN
        if (counts == null || counts.isEmpty()) {
            return new long[0];
        }
        long[] result = new long[ids.length];
        for (int index = 0; index < ids.length; index++) {
            Long count = counts.get(ids[index]);
            result[index] = count == null ? ABSENT : count;
        }
        return result;
    }

    /**
     * Bounds one after another.
     */
    private static final class Bounds
    {
        private final byte[] bytes;
        // The complement where there is no bound, which is not the same as an empty one
        private final int[] ends;

        private Bounds(Map<Integer, ByteBuffer> bounds, int[] ids)
        {
            this.ends = new int[ids.length];
            int end = 0;
            for (int index = 0; index < ids.length; index++) {
                ByteBuffer bound = bounds == null ? null : bounds.get(ids[index]);
                end += bound == null ? 0 : bound.remaining();
                ends[index] = bound == null ? ~end : end;
            }
            this.bytes = new byte[end];
            for (int index = 0; index < ids.length; index++) {
                if (ends[index] >= 0) {
                    bounds.get(ids[index]).duplicate().get(bytes, start(index), ends[index] - start(index));
                }
            }
        }

        private ByteBuffer get(int index)
        {
            // A copy: the engine takes the array of a buffer for its own, and reads no buffer without one
            return ends[index] < 0 ? null : ByteBuffer.wrap(Arrays.copyOfRange(bytes, start(index), ends[index]));
        }

        private int start(int index)
        {
            if (index == 0) {
                return 0;
            }
            int end = ends[index - 1];
            return end < 0 ? ~end : end;
        }

        private long size()
        {
            return bytes.length + (long) Integer.BYTES * ends.length;
        }
    }
}
