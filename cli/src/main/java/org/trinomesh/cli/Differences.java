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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.diff.AccessDiff;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.Requester;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.EndedProduct;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshComparison;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/**
 * Everything that is different between two mesh directories.
 *
 * @param day the day for which was compared, in UTC
 * @param now what is different on that day
 * @param later what else differs on later days, when rules begin and end
 * @param moreDays whether there are more such days than were compared
 * @param contracts what contracts promise otherwise
 * @param ended promises that end without a newer major version
 */
record Differences(LoadedMesh before, LoadedMesh after, LocalDate day, AccessDiff now, Map<LocalDate, AccessDiff> later, boolean moreDays, List<ProductChange> contracts, List<EndedProduct> ended)
{
    // Each costs a whole comparison
    private static final int MAX_DAYS = 60;

    Differences
    {
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        requireNonNull(day, "day is null");
        requireNonNull(now, "now is null");
        later = ImmutableMap.copyOf(requireNonNull(later, "later is null"));
        contracts = ImmutableList.copyOf(requireNonNull(contracts, "contracts is null"));
        ended = ImmutableList.copyOf(requireNonNull(ended, "ended is null"));
    }

    /**
     * @param people requesters to compare for, beside everybody whom rules name
     * @param alsoLater whether later days are compared, too
     */
    static Differences of(LoadedMesh before, LoadedMesh after, List<Requester> people, Instant now, boolean alsoLater)
    {
        LocalDate day = LocalDate.ofInstant(now, UTC);
        AccessDiff diff = AccessDiff.of(before.governance(), after.governance(), people, now);
        List<Instant> moments = alsoLater
                ? Stream.of(before, after).flatMap(mesh -> mesh.governance().changesAfter(now).stream()).distinct().sorted().collect(toImmutableList())
                : ImmutableList.of();
        Map<LocalDate, AccessDiff> later = new LinkedHashMap<>();
        AccessDiff last = diff;
        for (Instant moment : moments.stream().limit(MAX_DAYS).toList()) {
            AccessDiff then = AccessDiff.of(before.governance(), after.governance(), people, moment);
            AccessDiff more = then.since(last);
            if (!more.isEmpty()) {
                later.put(LocalDate.ofInstant(moment, UTC), more);
            }
            last = then;
        }
        Mesh old = before.governance().mesh();
        Mesh changed = after.governance().mesh();
        return new Differences(before, after, day, diff, later, moments.size() > MAX_DAYS, MeshComparison.compare(old, changed), MeshComparison.ended(old, changed, day));
    }

    /**
     * Whether somebody sees more of the existing data, now or later, or may see more.
     */
    boolean widens()
    {
        return count(AccessDiff::gains) > 0 || moreDays;
    }

    boolean breaks()
    {
        return !ended.isEmpty() || contracts.stream().anyMatch(ProductChange::isBreach);
    }

    long count(ToLongFunction<AccessDiff> counted)
    {
        return Stream.concat(Stream.of(now), later.values().stream()).mapToLong(counted).sum();
    }

    /**
     * The name with which a table can be selected afterwards, or else could be before.
     */
    String tableName(TableId id)
    {
        return after.governance().mesh().table(id)
                .or(() -> before.governance().mesh().table(id))
                .map(MeshTable::name)
                .orElse(id.name());
    }

    boolean isEmpty()
    {
        return now.isEmpty() && later.isEmpty() && !moreDays && contracts.isEmpty() && ended.isEmpty();
    }
}
