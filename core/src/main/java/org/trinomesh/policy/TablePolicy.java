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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.Principal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The rules about one table, for all audiences.
 */
public record TablePolicy(String table, List<ColumnPolicy> columns, List<AppliedRule> rowFilters)
{
    public TablePolicy
    {
        requireNonNull(table, "table is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        rowFilters = ImmutableList.copyOf(requireNonNull(rowFilters, "rowFilters is null"));
    }

    /**
     * The columns that rules are about, wholly or a field inside.
     */
    public Stream<String> governed()
    {
        return Stream.concat(
                columns.stream()
                        .filter(column -> !column.rules().isEmpty())
                        .map(column -> column.column().path().replaceFirst("\\..*", "")),
                rowFilters.stream()
                        .map(AppliedRule::effect)
                        .flatMap(effect -> effect instanceof Effect.FilterRows(RowFilter filter) ? filter.comparisons().stream() : Stream.empty())
                        .map(RowFilter.Comparison::column));
    }

    /**
     * By column of a query, the rule that keeps it from inheriting what its sources say.
     */
    Map<String, Rule> declassified()
    {
        ImmutableMap.Builder<String, Rule> rules = ImmutableMap.builder();
        columns.forEach(column -> column.declassified().ifPresent(rule -> rules.put(column.column().path(), rule)));
        return rules.buildOrThrow();
    }

    /**
     * The columns that row filters of the whole mesh compare.
     */
    public Stream<String> filtered()
    {
        return rowFilters.stream()
                .filter(rule -> rule.rule().level() == Level.GLOBAL)
                .flatMap(rule -> ((Effect.FilterRows) rule.effect()).filter().comparisons().stream())
                .map(RowFilter.Comparison::column);
    }

    public TableAccess decide(Set<Principal> matched, boolean steward, Instant now)
    {
        ImmutableMap.Builder<String, ColumnAccess> access = ImmutableMap.builder();
        columns.forEach(column -> access.put(column.column().path(), column.decide(matched, steward, now)));
        return new TableAccess(access.buildOrThrow(), rows(matched, steward, now));
    }

    private Optional<RowAccess> rows(Set<Principal> matched, boolean steward, Instant now)
    {
        ImmutableList.Builder<RowFilter.Comparison> comparisons = ImmutableList.builder();
        ImmutableList.Builder<Reason> reasons = ImmutableList.builder();
        boolean filtered = false;
        for (AppliedRule rule : rowFilters) {
            if (rule.appliesTo(matched, steward, now) && rule.effect() instanceof Effect.FilterRows(RowFilter filter)) {
                filtered = true;
                comparisons.addAll(filter.comparisons());
                reasons.add(rule.reason());
            }
        }
        return filtered ? Optional.of(new RowAccess(new RowFilter(comparisons.build()), reasons.build())) : Optional.empty();
    }
}
