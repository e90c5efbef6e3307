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
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductId;
import org.trinomesh.storage.LoadObserver;
import org.trinomesh.storage.TableRefusedException;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import static java.util.Objects.requireNonNull;

/**
 * Records how often queries of the last 24 hours, and the mesh itself, could open a data product, of all times that they tried.
 * It is kept in memory: a new process knows nothing.
 */
public final class ObservedAvailability
        implements LoadObserver
{
    static final Duration WINDOW = Duration.ofHours(24);
    private static final Duration SLOT = Duration.ofMinutes(5);
    private static final int SLOTS = (int) WINDOW.dividedBy(SLOT);

    private final Clock clock;
    private final ConcurrentMap<ProductId, Slots> observed = new ConcurrentHashMap<>();

    public ObservedAvailability(Clock clock)
    {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Counts a query.
     */
    @Override
    public void observed(MeshTable table, Optional<TableRefusedException> refusal)
    {
        slots(table).add(slot(), refusal.isEmpty());
    }

    /**
     * Counts an attempt of the mesh itself. A table that has not existed since this process started waits for its first load,
     * and is not counted.
     *
     * @param closed whether nobody may read the product, whatever the state of its tables
     */
    void checked(MeshTable table, Optional<TableRefusedException> refusal, boolean closed)
    {
        Slots slots = slots(table);
        if (slots.everServed() || refusal.filter(TableRefusedException::isMissing).isEmpty()) {
            slots.add(slot(), refusal.isEmpty() && !closed);
        }
    }

    private Slots slots(MeshTable table)
    {
        return observed.computeIfAbsent(table.product().id(), _ -> new Slots());
    }

    Optional<Count> count(DataProduct product)
    {
        return Optional.ofNullable(observed.get(product.id()))
                .map(slots -> slots.count(slot()))
                .filter(count -> count.opened() > 0);
    }

    private long slot()
    {
        return clock.millis() / SLOT.toMillis();
    }

    record Count(long served, long opened) {}

    private static final class Slots
    {
        private final int[] served = new int[SLOTS];
        private final int[] opened = new int[SLOTS];
        private long newest;
        private boolean everServed;

        synchronized void add(long slot, boolean wasServed)
        {
            forget(slot);
            int index = (int) (slot % SLOTS);
            opened[index]++;
            if (wasServed) {
                everServed = true;
                served[index]++;
            }
        }

        synchronized boolean everServed()
        {
            return everServed;
        }

        synchronized Count count(long slot)
        {
            forget(slot);
            long servedTimes = 0;
            long openedTimes = 0;
            for (int index = 0; index < SLOTS; index++) {
                servedTimes += served[index];
                openedTimes += opened[index];
            }
            return new Count(servedTimes, openedTimes);
        }

        private void forget(long slot)
        {
            for (long passed = Math.max(newest + 1, slot - SLOTS + 1); passed <= slot; passed++) {
                served[(int) (passed % SLOTS)] = 0;
                opened[(int) (passed % SLOTS)] = 0;
            }
            newest = Math.max(newest, slot);
        }
    }
}
