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
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import org.trinomesh.diff.AccessChange.Effect;
import org.trinomesh.diff.AccessChange.Subject;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.Decisions;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.Visibility;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Compares what one viewer may do with one product.
 */
final class ProductComparison
{
    private static final Optional<String> EXEMPT = Optional.of("if another rule lets it read");

    private ProductComparison() {}

    /**
     * @param decision empty when the product is not there
     * @param tables what is seen, or would be if the product might be read
     * @param declassified by table and column, the rule that keeps a column of a query from inheriting
     * @param exempt whether a rule about columns or rows exempts the viewer
     */
    private record Seen(Optional<DataProduct> product, Optional<Decision> decision, Map<String, TableAccess> tables, Map<String, Map<String, Rule>> declassified, boolean exempt)
    {
        private Seen
        {
            requireNonNull(product, "product is null");
            requireNonNull(decision, "decision is null");
            tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
            declassified = ImmutableMap.copyOf(requireNonNull(declassified, "declassified is null"));
        }

        static Seen of(Governance governance, Optional<DataProduct> product, Viewer viewer, Instant now)
        {
            if (product.isEmpty()) {
                return new Seen(product, Optional.empty(), ImmutableMap.of(), ImmutableMap.of(), false);
            }
            ProductPolicy policy = governance.policy(product.get());
            Decisions decisions = governance.decisions(viewer.requester(), now);
            Decision decision = decisions.decide(policy);
            Map<String, TableAccess> tables = decision instanceof Decision.Readable readable ? readable.tables() : decisions.tables(policy);
            boolean exempt = viewer.principal().filter(principal -> policy.rules().anyMatch(rule -> rule.audience().except().contains(principal))).isPresent();
            // A viewer that stands for many people must not be given constants for one name and its groups
            return new Seen(
                    product,
                    Optional.of(decision),
                    viewer.person() ? Maps.transformValues(tables, table -> table.of(viewer.requester())) : tables,
                    policy.declassified(),
                    exempt);
        }

        int level()
        {
            return decision.map(present -> Visibility.of(present).ordinal()).orElse(0);
        }

        String text()
        {
            return decision.map(present -> Visibility.of(present).toString()).orElse(AccessChange.ABSENT);
        }

        boolean isReadable()
        {
            return decision.filter(Decision::isReadable).isPresent();
        }

        Optional<ProductTable> table(String name)
        {
            return product.stream().flatMap(present -> present.tables().stream()).filter(table -> table.name().equals(name)).findFirst();
        }

        boolean isSteward()
        {
            return decision.filter(present -> present instanceof Decision.Readable readable && readable.stewards()).isPresent();
        }

        boolean mayShare()
        {
            return decision.filter(present -> present instanceof Decision.Readable readable && readable.share()).isPresent();
        }
    }

    /**
     * @param known what the viewer saw of physical tables before
     * @param others the viewer whom no rule names: a viewer who is exempt from a rule may gain what others do not
     */
    static List<AccessChange> compare(Governance before, Optional<DataProduct> productBefore, Governance after, Optional<DataProduct> productAfter, Viewer viewer, SeenFields known, Viewer others, Instant now)
    {
        Seen seenBefore = Seen.of(before, productBefore, viewer, now);
        Seen seenAfter = Seen.of(after, productAfter, viewer, now);
        List<AccessChange> changes = compare(seenBefore, seenAfter, known);
        boolean stays = productBefore.isPresent() && productAfter.isPresent();
        if (stays && !seenBefore.isReadable() && !seenAfter.isReadable() && (seenBefore.exempt() || seenAfter.exempt())) {
            List<AccessChange> common = tables(Seen.of(before, productBefore, others, now), Seen.of(after, productAfter, others, now), known, EXEMPT);
            return Stream.concat(changes.stream(), tables(seenBefore, seenAfter, known, EXEMPT).stream().filter(change -> !common.contains(change)))
                    .collect(toImmutableList());
        }
        return changes;
    }

    private static List<AccessChange> compare(Seen before, Seen after, SeenFields known)
    {
        ImmutableList.Builder<AccessChange> changes = ImmutableList.builder();
        // For a product that appears or disappears only reading counts: to know that it exists reveals none of its data
        boolean stays = before.decision().isPresent() && after.decision().isPresent();
        if (before.level() != after.level() && (stays || before.isReadable() || after.isReadable())) {
            Map<String, TableAccess> read = before.isReadable() ? before.tables() : after.isReadable() ? after.tables() : ImmutableMap.of();
            changes.add(AccessChange.ofAccess(before.text(), after.text(), effect(before, after, known), after.decision().map(Decision::reason), read));
        }
        if (after.decision().isPresent() && before.isSteward() != after.isSteward()) {
            changes.add(AccessChange.ofRight(Subject.STEWARD, after.isSteward()));
        }
        if (after.decision().isPresent() && before.mayShare() != after.mayShare()) {
            changes.add(AccessChange.ofRight(Subject.SHARE, after.mayShare()));
        }
        if (before.isReadable() && after.isReadable()) {
            changes.addAll(sources(before, after));
            changes.addAll(tables(before, after, known, Optional.empty()));
        }
        return changes.build();
    }

    /**
     * What appears is an addition, unless it shows more of data that was published before.
     */
    private static Effect effect(Seen before, Seen after, SeenFields known)
    {
        if (after.level() < before.level()) {
            return Effect.LOSS;
        }
        return before.decision().isPresent() || showsMore(after, known) ? Effect.GAIN : Effect.ADDITION;
    }

    private static boolean showsMore(Seen after, SeenFields known)
    {
        return after.product().stream().flatMap(product -> product.tables().stream()).anyMatch(table -> {
            TableAccess access = after.tables().get(table.name());
            return !known.showsRows(table, access) || table.columns().stream().anyMatch(column -> !known.shows(table, column, access.column(column.name())));
        });
    }

    /**
     * Reports other data under the same names to those who read it.
     */
    private static List<AccessChange> sources(Seen before, Seen after)
    {
        ImmutableList.Builder<AccessChange> changes = ImmutableList.builder();
        after.tables().forEach((name, access) -> before.table(name).ifPresent(was -> after.table(name).ifPresent(is -> {
            if (!was.source().equals(is.source())) {
                changes.add(AccessChange.ofSource(name, Optional.empty(), was.source().toString(), is.source().toString()));
            }
            for (Column column : is.columns()) {
                boolean shown = access.column(column.name()).filter(found -> !(found instanceof ColumnAccess.Hidden)).isPresent();
                was.columns().stream()
                        .filter(other -> shown && other.name().equals(column.name()) && !field(other).equals(field(column)))
                        .forEach(other -> changes.add(AccessChange.ofSource(name, Optional.of(column.name()), field(other), field(column))));
            }
        })));
        return changes.build();
    }

    private static String field(Column column)
    {
        return column.fieldId().isPresent() ? "field " + column.fieldId().getAsInt() : FieldKnowledge.physicalName(column).toLowerCase(ENGLISH);
    }

    private static List<AccessChange> tables(Seen before, Seen after, SeenFields known, Optional<String> condition)
    {
        return Sets.union(before.tables().keySet(), after.tables().keySet()).stream()
                .flatMap(table -> TableComparison.compare(
                        table,
                        Optional.ofNullable(before.tables().get(table)),
                        Optional.ofNullable(after.tables().get(table)),
                        (column, access) -> after.table(table).stream()
                                .flatMap(found -> found.columns().stream().filter(promised -> promised.name().equals(column)).map(promised -> known.shows(found, promised, access)))
                                .allMatch(shown -> shown),
                        column -> Optional.ofNullable(after.declassified().getOrDefault(table, ImmutableMap.of()).get(column)).map(Reason::ofDeclassification),
                        condition).stream())
                .collect(toImmutableList());
    }
}
