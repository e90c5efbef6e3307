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
package org.trinomesh.materialized;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.TableId;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows that a refresh stored at noon.
 */
final class TestStoredRows
{
    private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
    private static final RefreshRecord RECORD = new RefreshRecord(NOON, "same", ImmutableMap.of(
            new TableId(new ProductId("sales", "customer_360", 2), "customer_360__orders"), 6_123_456_789_012_345_678L,
            new TableId(new ProductId("finance", "receivables", 1), "receivables"), 0L));
    private static final Supplier<Optional<String>> UNCHANGED = Optional::empty;
    private static final Supplier<Optional<String>> CHANGED = () -> Optional.of("a source has changed");
    private static final Supplier<Optional<String>> NOT_ASKED = () -> {
        throw new AssertionError("The sources were asked");
    };

    @Test
    void testRowsAreReadWhileNothingChanges()
    {
        assertThat(rows(RECORD, Duration.ZERO, NOON.plusSeconds(86_400), UNCHANGED)).isEqualTo(new StoredRows.Served(NOON, true));
        assertThat(rows(RECORD, Duration.ZERO, NOON, CHANGED)).isEqualTo(new StoredRows.Stale(Optional.of(NOON), "a source has changed since they were stored at 2026-06-15T12:00:00Z"));
    }

    @Test
    void testGracePeriod()
    {
        Duration hour = Duration.ofHours(1);
        // No storage is asked within it
        assertThat(rows(RECORD, hour, NOON.plusSeconds(3_599), NOT_ASKED)).isEqualTo(new StoredRows.Served(NOON, false));
        assertThat(rows(RECORD, hour, NOON.plusSeconds(3_600), CHANGED)).isInstanceOf(StoredRows.Stale.class);
        assertThat(rows(RECORD, hour, NOON.plusSeconds(3_600), UNCHANGED)).isEqualTo(new StoredRows.Served(NOON, true));
    }

    @Test
    void testRowsOfAnotherDefinitionAreNeverRead()
    {
        assertThat(StoredRows.of(Optional.of(RECORD), "other", Duration.ofDays(1), NOON, NOT_ASKED)).isEqualTo(new StoredRows.Stale(Optional.of(NOON), "the product, or what its domain may read, has changed since they were stored"));
        assertThat(StoredRows.of(Optional.empty(), "same", Duration.ofDays(1), NOON, NOT_ASKED)).isEqualTo(new StoredRows.Stale(Optional.empty(), "no refresh has stored them"));
    }

    @Test
    void testARecordIsReadAsItWasWritten()
    {
        assertThat(RefreshRecord.read(RECORD.summary())).contains(RECORD);
        RefreshRecord withoutSources = new RefreshRecord(NOON, "same", ImmutableMap.of());
        assertThat(RefreshRecord.read(withoutSources.summary())).contains(withoutSources);
    }

    @Test
    void testWhatNoRefreshWroteIsNoRecord()
    {
        assertThat(RefreshRecord.read(ImmutableMap.of("added-records", "3"))).isEmpty();
        RECORD.summary().keySet().forEach(key -> {
            Map<String, String> summary = new HashMap<>(RECORD.summary());
            summary.remove(key);
            assertThat(RefreshRecord.read(summary)).as("without " + key).isEmpty();
        });
        for (String forged : new String[] {"sales", "sales/a/1/a/x", "sales/a/b/a/1", "/a/1/a/1", "sales/a/-1/a/1", "sales/a/1//1", "sales/a/1/a/1,sales/a/1/a/2"}) {
            Map<String, String> summary = new HashMap<>(RECORD.summary());
            summary.put("trino-mesh.refresh.sources", forged);
            assertThat(RefreshRecord.read(summary)).as(forged).isEmpty();
        }
    }

    private static StoredRows rows(RefreshRecord record, Duration gracePeriod, Instant now, Supplier<Optional<String>> change)
    {
        return StoredRows.of(Optional.of(record), "same", gracePeriod, now, change);
    }
}
