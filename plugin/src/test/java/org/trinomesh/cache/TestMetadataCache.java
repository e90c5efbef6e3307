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
import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestMetadataCache
{
    private static final StoredFile FILE = file("lake", "s3://bucket/table/metadata/00001.metadata.json");

    private final AtomicInteger reads = new AtomicInteger();
    private final Supplier<TableMetadata> read = () -> {
        reads.incrementAndGet();
        return TableMetadata.newTableMetadata(
                new Schema(Types.NestedField.required(1, "id", Types.LongType.get())),
                PartitionSpec.unpartitioned(),
                "s3://bucket/table",
                ImmutableMap.of());
    };

    @Test
    void testAFileIsReadOnce()
    {
        MetadataCache cache = new MetadataCache(DataSize.of(1, MEGABYTE));
        assertThat(cache.get(FILE, read)).isSameAs(cache.get(FILE, read));
        assertThat(reads).hasValue(1);
    }

    @Test
    void testStoragesAndFoldersHaveTheirOwnAnswers()
    {
        MetadataCache cache = new MetadataCache(DataSize.of(1, MEGABYTE));
        cache.get(FILE, read);
        // The other storage may be another store, or the same one with other credentials
        cache.get(file("other", FILE.location()), read);
        cache.get(new StoredFile("lake", ImmutableList.of("s3://bucket/granted"), FILE.location()), read);
        assertThat(reads).hasValue(3);
    }

    @Test
    void testWithoutMemoryNothingIsKept()
    {
        MetadataCache cache = new MetadataCache(DataSize.ofBytes(0));
        cache.get(FILE, read);
        cache.get(FILE, read);
        assertThat(reads).hasValue(2);
    }

    @Test
    void testMemoryIsBounded()
    {
        MetadataCache cache = new MetadataCache(DataSize.of(1, MEGABYTE));
        for (int version = 0; version < 1_000; version++) {
            cache.get(file("lake", "s3://bucket/table/metadata/%05d.metadata.json".formatted(version)), read);
        }
        assertThat(cache.files().size()).isLessThan(100);
    }

    @Test
    void testFailuresAreNotKept()
    {
        MetadataCache cache = new MetadataCache(DataSize.of(1, MEGABYTE));
        assertThatThrownBy(() -> cache.get(FILE, () -> {
            throw new IllegalStateException("away");
        })).isExactlyInstanceOf(IllegalStateException.class).hasMessage("away");
        assertThat(cache.get(FILE, read)).isNotNull();
    }

    private static StoredFile file(String storage, String location)
    {
        return new StoredFile(storage, ImmutableList.of(), location);
    }
}
