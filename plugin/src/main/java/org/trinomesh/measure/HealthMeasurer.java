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

import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import io.airlift.units.DataSize;
import org.trinomesh.cache.KeptAnswers;
import org.trinomesh.cache.StoredFile;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.storage.TableRefusedException;
import org.trinomesh.storage.TableVersion;
import org.trinomesh.storage.TableVersions;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.Objects.requireNonNull;

/**
 * Measures the health of tables, several at a time, each within a time limit. A version that was measured before is not read again: only
 * the catalog is asked which version is the current one.
 */
public final class HealthMeasurer
{
    private static final Logger log = Logger.get(HealthMeasurer.class);
    // That of ten thousand tables with a hundred snapshots each
    private static final DataSize KEPT = DataSize.of(16, MEGABYTE);
    private static final int BYTES_OF_A_TABLE = 800;

    private final TableVersions versions;
    private final StorageLanes lanes;
    private final Clock clock;
    private final KeptAnswers<StoredFile, TableHealth> kept = new KeptAnswers<>(KEPT, (_, health) -> BYTES_OF_A_TABLE + health.expirable().length() * Long.BYTES);

    public HealthMeasurer(TableVersions versions, StorageLanes lanes, Clock clock)
    {
        this.versions = requireNonNull(versions, "versions is null");
        this.lanes = requireNonNull(lanes, "lanes is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * @return by the very tables that were given
     */
    public Map<MeshTable, MeasuredHealth> measure(Collection<MeshTable> tables)
    {
        Instant now = clock.instant();
        TableVersions.Round round = versions.round(tables.stream().map(table -> table.table().physical().orElseThrow()).collect(toImmutableList()));
        return lanes.forEach(
                tables,
                table -> table.table().physical().orElseThrow().storage(),
                table -> measure(round, table, now),
                _ -> MeasuredHealth.failed(now, "it could not be measured within " + lanes.limit()));
    }

    private MeasuredHealth measure(TableVersions.Round round, MeshTable table, Instant now)
    {
        try {
            TableVersion version = round.open(table);
            TableHealth health = versions.read(table, () -> health(table, version));
            return new MeasuredHealth(now, Optional.of(health), HealthAdvice.of(table.table().physical().orElseThrow(), health, now), Optional.empty());
        }
        catch (TableRefusedException e) {
            return MeasuredHealth.failed(now, e.why());
        }
        catch (RuntimeException e) {
            log.warn(e, "The health of %s.%s could not be measured", table.schema(), table.name());
            // Messages that are not our own may contain locations and addresses
            return MeasuredHealth.failed(now, "it could not be measured; the log of the server says why");
        }
    }

    private TableHealth health(MeshTable table, TableVersion version)
    {
        // Files without a catalog may change under one name
        if (table.table().source() instanceof LocatedTable) {
            return TableHealth.of(version);
        }
        return kept.get(new StoredFile(version.storage(), ImmutableList.copyOf(table.table().folders()), version.metadataLocation()), () -> TableHealth.of(version));
    }
}
