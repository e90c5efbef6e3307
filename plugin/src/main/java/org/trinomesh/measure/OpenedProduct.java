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

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Materialization;
import org.trinomesh.product.Materialization.WhenStale;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.storage.LoadObserver;
import org.trinomesh.storage.TableRefusedException;
import org.trinomesh.storage.TableVersion;
import org.trinomesh.storage.TableVersions;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The tables of a data product while it is measured, each opened when it is first asked for. One thread opens them; the thread
 * that waits for it may call {@link #stop}.
 */
final class OpenedProduct
{
    private final DataProduct product;
    private final TableVersions.Round round;
    private final TableVersions versions;
    private final EvidenceCache cache;
    private final LoadObserver observer;
    private final boolean thorough;
    private final Map<String, Opened> opened = new HashMap<>();
    private volatile Optional<MeshTable> opening = Optional.empty();
    private volatile boolean late;

    /**
     * @param thorough whether to read the metadata of a table also when its location is known
     */
    OpenedProduct(DataProduct product, TableVersions.Round round, TableVersions versions, EvidenceCache cache, LoadObserver observer, boolean thorough)
    {
        this.product = requireNonNull(product, "product is null");
        this.round = requireNonNull(round, "round is null");
        this.versions = requireNonNull(versions, "versions is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.observer = requireNonNull(observer, "observer is null");
        this.thorough = thorough;
    }

    DataProduct product()
    {
        return product;
    }

    /**
     * @throws TableRefusedException when the table cannot be opened. One that does not have what is promised can be.
     */
    MeasuredTable table(ProductTable table)
    {
        Opened answer = open(table);
        return answer.table().orElseThrow(() -> answer.refusal().orElseThrow());
    }

    /**
     * Whether readers get the table.
     */
    boolean isServed(ProductTable table)
    {
        return open(table).refusal().isEmpty();
    }

    private Opened open(ProductTable table)
    {
        return opened.computeIfAbsent(table.name(), _ -> {
            MeshTable served = served(table);
            opening = Optional.of(served);
            Opened answer = open(served);
            opening = Optional.empty();
            // After a timeout the table is reported already, and the interrupt may be what failed here
            if ((answer.refusal().isEmpty() || isNeeded(table)) && !late && !Thread.currentThread().isInterrupted()) {
                observer.observed(served, answer.refusal());
            }
            return answer;
        });
    }

    /**
     * Reports the table that is being opened as late, after a timeout.
     *
     * @param limit how long it was waited for
     */
    void stop(String limit)
    {
        late = true;
        opening.filter(table -> isNeeded(table.table())).ifPresent(table -> observer.observed(table, Optional.of(TableRefusedException.late(table, limit))));
    }

    /**
     * The storage answered nothing, so that no table was opened: reports all of them as late.
     */
    void giveUp(String limit)
    {
        late = true;
        product.tables().stream()
                .filter(OpenedProduct::isNeeded)
                .map(this::served)
                .forEach(table -> observer.observed(table, Optional.of(TableRefusedException.late(table, limit))));
    }

    /**
     * Whether readers get no rows without the table: those of a query may be computed.
     */
    private static boolean isNeeded(ProductTable table)
    {
        return table.query().flatMap(SqlQuery::materialized).map(Materialization::whenStale).filter(WhenStale.INLINE::equals).isEmpty();
    }

    private MeshTable served(ProductTable table)
    {
        // Queries find it under names of several versions; what is measured is the same
        return new MeshTable(product.domain(), table.name(), product, table, false);
    }

    private Opened open(MeshTable table)
    {
        Optional<MeasuredTable> measured = Optional.empty();
        try {
            TableVersion version = round.open(table);
            measured = Optional.of(new MeasuredTable(table, version, versions, cache, heartbeats()));
            versions.bind(table, version, thorough);
            return new Opened(measured, Optional.empty());
        }
        catch (TableRefusedException e) {
            // Cached values of earlier versions must not be used for a table that may not be read
            return new Opened(measured.filter(_ -> e.isDrift()), Optional.of(e));
        }
    }

    private Set<String> heartbeats()
    {
        return product.objectives().stream()
                .map(ServiceLevelObjective::basis)
                .filter(Basis.Heartbeat.class::isInstance)
                .map(basis -> ((Basis.Heartbeat) basis).property())
                .collect(toImmutableSet());
    }

    private record Opened(Optional<MeasuredTable> table, Optional<TableRefusedException> refusal)
    {
        private Opened
        {
            requireNonNull(table, "table is null");
            requireNonNull(refusal, "refusal is null");
        }
    }
}
