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
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.StructLike;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A data file that is kept for all queries. Nobody can change it, so no query needs a copy.
 */
final class DecodedFile
        implements DataFile
{
    // The object, its partition and its numbers
    private static final int BYTES_OF_THE_REST = 350;

    private final DataFile file;
    private final FileStatistics statistics;

    private DecodedFile(DataFile file, FileStatistics statistics)
    {
        this.file = requireNonNull(file, "file is null");
        this.statistics = requireNonNull(statistics, "statistics is null");
    }

    static DecodedFile of(DataFile file, FieldIds ids)
    {
        return new DecodedFile(file.copyWithoutStats(), new FileStatistics(file, ids.of(file)));
    }

    long bytes()
    {
        // Of a text partition, the type tells nothing of the length
        int offsets = file.splitOffsets() == null ? 0 : file.splitOffsets().size();
        int key = file.keyMetadata() == null ? 0 : file.keyMetadata().remaining();
        return BYTES_OF_THE_REST + file.location().length() + 2L * file.partition().toString().length() + (long) Long.BYTES * offsets + key + statistics.bytes();
    }

    @Override
    public String manifestLocation()
    {
        return file.manifestLocation();
    }

    @Override
    public Long pos()
    {
        return file.pos();
    }

    @Override
    public int specId()
    {
        return file.specId();
    }

    @Deprecated
    @Override
    public CharSequence path()
    {
        return file.location();
    }

    @Override
    public String location()
    {
        return file.location();
    }

    @Override
    public FileFormat format()
    {
        return file.format();
    }

    @Override
    public StructLike partition()
    {
        return file.partition();
    }

    @Override
    public long recordCount()
    {
        return file.recordCount();
    }

    @Override
    public long fileSizeInBytes()
    {
        return file.fileSizeInBytes();
    }

    @Override
    public Map<Integer, Long> columnSizes()
    {
        return file.columnSizes();
    }

    @Override
    public Map<Integer, Long> valueCounts()
    {
        return statistics.valueCounts();
    }

    @Override
    public Map<Integer, Long> nullValueCounts()
    {
        return statistics.nullValueCounts();
    }

    @Override
    public Map<Integer, Long> nanValueCounts()
    {
        return statistics.nanValueCounts();
    }

    @Override
    public Map<Integer, ByteBuffer> lowerBounds()
    {
        return statistics.lowerBounds();
    }

    @Override
    public Map<Integer, ByteBuffer> upperBounds()
    {
        return statistics.upperBounds();
    }

    @Override
    public ByteBuffer keyMetadata()
    {
        return file.keyMetadata();
    }

    @Override
    public List<Long> splitOffsets()
    {
        return file.splitOffsets();
    }

    @Override
    public Integer sortOrderId()
    {
        return file.sortOrderId();
    }

    @Override
    public Long dataSequenceNumber()
    {
        return file.dataSequenceNumber();
    }

    @Override
    public Long fileSequenceNumber()
    {
        return file.fileSequenceNumber();
    }

    @Override
    public Long firstRowId()
    {
        return file.firstRowId();
    }

    @Override
    public DataFile copy()
    {
        return this;
    }

    @Override
    public DataFile copyWithStats(Set<Integer> requestedColumnIds)
    {
        return new DecodedFile(file, statistics.of(requestedColumnIds));
    }

    @Override
    public DataFile copyWithoutStats()
    {
        return file;
    }
}
