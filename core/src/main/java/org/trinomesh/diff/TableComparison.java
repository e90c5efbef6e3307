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
package org.trinomesh.diff;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.diff.AccessChange.Effect;
import org.trinomesh.diff.AccessChange.Subject;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Compares what one viewer sees of one table, column by column and in its rows.
 */
final class TableComparison
{
    private final String table;
    private final Optional<String> condition;
    private final BiPredicate<String, Optional<ColumnAccess>> isNew;
    private final Function<String, Optional<Reason>> declassified;
    private final ImmutableList.Builder<AccessChange> changes = ImmutableList.builder();

    private TableComparison(String table, Optional<String> condition, BiPredicate<String, Optional<ColumnAccess>> isNew, Function<String, Optional<Reason>> declassified)
    {
        this.declassified = requireNonNull(declassified, "declassified is null");
        this.isNew = requireNonNull(isNew, "isNew is null");
        this.table = requireNonNull(table, "table is null");
        this.condition = requireNonNull(condition, "condition is null");
    }

    /**
     * @param before empty for a table that was not there
     * @param after empty for a table that is no longer there
     * @param isNew whether a column that was not there shows no more of the data that there was
     * @param declassified why a column does not inherit what its sources say now
     * @param condition under which the viewer sees any of it, for people
     */
    static List<AccessChange> compare(String table, Optional<TableAccess> before, Optional<TableAccess> after, BiPredicate<String, Optional<ColumnAccess>> isNew, Function<String, Optional<Reason>> declassified, Optional<String> condition)
    {
        TableComparison comparison = new TableComparison(table, condition, isNew, declassified);
        for (String column : Sets.union(columns(before), columns(after))) {
            comparison.column(column, before.flatMap(access -> access.column(column)), after.flatMap(access -> access.column(column)));
        }
        // Which rows are seen of a table that comes or goes is no change of the filter
        if (before.isPresent() && after.isPresent()) {
            comparison.rows(before.get().rows(), after.get().rows());
        }
        return comparison.changes.build();
    }

    private static Set<String> columns(Optional<TableAccess> access)
    {
        return access.map(present -> present.columns().keySet()).orElse(ImmutableSet.of());
    }

    private void column(String column, Optional<ColumnAccess> before, Optional<ColumnAccess> after)
    {
        int shownBefore = strictness(before);
        int shownAfter = strictness(after);
        String textBefore = before.map(ColumnAccess::toString).orElse(AccessChange.ABSENT);
        String textAfter = after.map(ColumnAccess::toString).orElse(AccessChange.ABSENT);
        if (shownBefore != shownAfter) {
            add(Subject.COLUMN, Optional.of(column), textBefore, textAfter, effect(column, before, after, shownBefore, shownAfter), Optional.empty(), after.flatMap(TableComparison::reason).or(() -> declassified.apply(column)));
        }
        else if (before.isPresent() && after.isPresent() && !mask(before.get()).equals(mask(after.get()))) {
            // The same data masked in two ways tells more than either
            add(Subject.COLUMN, Optional.of(column), textBefore, textAfter, Effect.GAIN, Optional.of("another mask of the same strictness"), after.flatMap(TableComparison::reason));
        }
    }

    private Effect effect(String column, Optional<ColumnAccess> before, Optional<ColumnAccess> after, int shownBefore, int shownAfter)
    {
        if (shownAfter > shownBefore) {
            return Effect.LOSS;
        }
        return before.isEmpty() && isNew.test(column, after) ? Effect.ADDITION : Effect.GAIN;
    }

    private void rows(Optional<RowAccess> before, Optional<RowAccess> after)
    {
        Set<RowFilter.Comparison> comparisonsBefore = comparisons(before);
        Set<RowFilter.Comparison> comparisonsAfter = comparisons(after);
        if (comparisonsBefore.equals(comparisonsAfter)) {
            return;
        }
        Effect effect = Effect.BOTH;
        if (comparisonsAfter.containsAll(comparisonsBefore)) {
            effect = Effect.LOSS;
        }
        else if (comparisonsBefore.containsAll(comparisonsAfter)) {
            effect = Effect.GAIN;
        }
        add(Subject.ROWS, Optional.empty(), text(before), text(after), effect, Optional.empty(), after.map(TableComparison::reason));
    }

    private void add(Subject subject, Optional<String> column, String before, String after, Effect effect, Optional<String> remark, Optional<Reason> reason)
    {
        Optional<String> note = remark.isPresent() && condition.isPresent() ? Optional.of(remark.get() + ", " + condition.get()) : remark.or(() -> condition);
        changes.add(new AccessChange(subject, Optional.of(table), column, before, after, effect, note, reason, ImmutableMap.of()));
    }

    /**
     * A column that does not exist is seen as little as a hidden one.
     */
    static int strictness(Optional<ColumnAccess> access)
    {
        return access.map(present -> switch (present) {
            case ColumnAccess.Clear _ -> 0;
            case ColumnAccess.Masked(Mask mask, Reason _) -> mask.strictness();
            case ColumnAccess.Hidden _ -> Integer.MAX_VALUE;
        }).orElse(Integer.MAX_VALUE);
    }

    private static Optional<Mask> mask(ColumnAccess access)
    {
        return access instanceof ColumnAccess.Masked(Mask mask, Reason _) ? Optional.of(mask) : Optional.empty();
    }

    private static Optional<Reason> reason(ColumnAccess access)
    {
        return switch (access) {
            case ColumnAccess.Clear _ -> Optional.empty();
            case ColumnAccess.Masked(Mask _, Reason reason) -> Optional.of(reason);
            case ColumnAccess.Hidden(Reason reason) -> Optional.of(reason);
        };
    }

    private static Reason reason(RowAccess access)
    {
        return new Reason(access.reasons().stream().map(Reason::text).distinct().collect(joining(", ")), Optional.empty(), access.reasons().getFirst().rule());
    }

    private static Set<RowFilter.Comparison> comparisons(Optional<RowAccess> rows)
    {
        return rows.map(access -> ImmutableSet.copyOf(access.filter().comparisons())).orElse(ImmutableSet.of());
    }

    private static String text(Optional<RowAccess> rows)
    {
        return rows.map(access -> access.filter().toString()).orElse("all");
    }
}
