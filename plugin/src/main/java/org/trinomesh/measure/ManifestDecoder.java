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

import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

import static java.util.concurrent.TimeUnit.DAYS;

/**
 * Reads a manifest and sums up the metrics of its live files.
 */
final class ManifestDecoder
{
    private ManifestDecoder() {}

    static FilesSummary decode(ManifestFile manifest, TableMetadata metadata, FileIO io)
    {
        long rows = 0;
        int files = 0;
        Map<Integer, ColumnSummary> columns = new HashMap<>();
        try (ManifestReader<DataFile> reader = ManifestFiles.read(manifest, io, metadata.specsById())) {
            for (DataFile file : reader) {
                rows += file.recordCount();
                files++;
                for (NestedField field : metadata.schema().columns()) {
                    columns.merge(field.fieldId(), column(file, field), ColumnSummary::plus);
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("A manifest could not be closed", e);
        }
        return new FilesSummary(rows, files, ImmutableMap.copyOf(columns));
    }

    private static ColumnSummary column(DataFile file, NestedField field)
    {
        Long nulls = count(file.nullValueCounts(), field);
        boolean counted = nulls != null && nulls >= 0;
        // A file without values of the column has no bounds of it, and that is all there is to say
        if (counted && nulls == file.recordCount() || file.recordCount() == 0) {
            return new ColumnSummary(file.recordCount(), 0, OptionalLong.empty(), OptionalLong.empty(), 0);
        }
        OptionalLong lowest = micros(field.type(), bound(file.lowerBounds(), field));
        OptionalLong highest = micros(field.type(), bound(file.upperBounds(), field));
        boolean bounded = lowest.isPresent() && highest.isPresent();
        return new ColumnSummary(
                counted ? nulls : 0,
                counted ? 0 : file.recordCount(),
                bounded ? lowest : OptionalLong.empty(),
                bounded ? highest : OptionalLong.empty(),
                bounded ? 0 : 1);
    }

    private static Long count(Map<Integer, Long> counts, NestedField field)
    {
        return counts == null ? null : counts.get(field.fieldId());
    }

    private static ByteBuffer bound(Map<Integer, ByteBuffer> bounds, NestedField field)
    {
        return bounds == null ? null : bounds.get(field.fieldId());
    }

    /**
     * Only of dates and timestamps, whose bounds Iceberg never shortens.
     */
    private static OptionalLong micros(Type type, ByteBuffer bound)
    {
        if (bound == null) {
            return OptionalLong.empty();
        }
        return switch (type.typeId()) {
            case DATE -> OptionalLong.of(DAYS.toMicros(Conversions.<Integer>fromByteBuffer(type, bound)));
            case TIMESTAMP -> OptionalLong.of(Conversions.<Long>fromByteBuffer(type, bound));
            case TIMESTAMP_NANO -> OptionalLong.of(Math.floorDiv(Conversions.<Long>fromByteBuffer(type, bound), 1000L));
            default -> OptionalLong.empty();
        };
    }
}
