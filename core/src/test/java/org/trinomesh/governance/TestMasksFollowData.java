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
package org.trinomesh.governance;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.query.generated.GeneratedColumn;
import org.trinomesh.query.generated.GeneratedProduct;
import org.trinomesh.query.generated.MaskedSources;
import org.trinomesh.query.generated.QueryGenerator;
import org.trinomesh.query.generated.Secret;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Masks follow the data: no column that shows a masked column as it is, whatever the query does with it on the way, is clear to
 * somebody who sees that column masked where it is published. Tried with random queries, of which the generator knows what they show.
 */
final class TestMasksFollowData
{
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Requester ANALYST = new Requester("ana", ImmutableSet.of("sales-analysts"), ImmutableSet.of());
    private static final int PRODUCTS = 40;
    private static final AtomicInteger WARNED = new AtomicInteger();
    // Values may be only counted, and a column of a product that a query computes may have been told of there
    private static final Pattern COUNTED_OR_TOLD_BEFORE = Pattern.compile("count\\(|approx_distinct\\(|NULL|\\bp[0-9]");
    private static final String UNFOLLOWED = " is computed, so its readers may see it although ";

    @AfterContainer
    static void checkWarned()
    {
        assertThat(WARNED).as("columns that show what nobody decided").hasPositiveValue();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void testUnchangedColumnsAreAsStrictAsTheirSources(@ForAll long seed)
    {
        // Long queries for some, and short ones for most
        int depth = seed % 3 == 0 ? 2 : 1;
        List<GeneratedProduct> products = new QueryGenerator(seed, depth).products(PRODUCTS);
        Governance governance = governance(products);
        GovernedMesh analyst = new GovernedMesh(governance, ANALYST, NOW);
        List<String> leaks = new ArrayList<>();
        int columns = 0;
        int known = 0;
        int clear = 0;
        for (GeneratedProduct product : products) {
            for (GeneratedColumn column : product.columns()) {
                SeenColumn seen = SeenColumn.of(governance, analyst, product.domain(), product.name(), column.name());
                leaks(governance, analyst, product, column, seen).forEach(leak -> leaks.add("%s: %s".formatted(leak, product.sql())));
                columns++;
                known += seen.hasKnownOrigin(governance) ? 1 : 0;
                WARNED.addAndGet(seen.isWarned(governance) ? 1 : 0);
                clear += seen.access() instanceof ColumnAccess.Clear ? 1 : 0;
            }
        }
        leaks.sort(comparingInt(String::length));
        assertThat(leaks).as("leaks with seed %s, the shortest query first", seed).isEmpty();
        // What is not known is masked, which shows nothing about the rest
        assertThat(known).as("columns of which it is known where they come from").isGreaterThan(columns / 2);
        assertThat(clear).as("columns that show nothing").isPositive();
    }

    private static List<String> leaks(Governance governance, GovernedMesh reader, GeneratedProduct product, GeneratedColumn column, SeenColumn seen)
    {
        return Stream.of(
                        column.origin().unchanged().stream()
                                .filter(secret -> !seen.isAsStrictAs(source(governance, reader, secret)))
                                .map(secret -> "%s is %s, and shows %s".formatted(column.name(), seen, secret)),
                        // A tag follows what is computed, too, and no part of that is kept
                        column.origin().computed().stream()
                                .filter(_ -> !COUNTED_OR_TOLD_BEFORE.matcher(product.sql()).find())
                                .filter(secret -> secret.tagged() && seen.dependsOnValue())
                                .map(secret -> "%s is %s, and is computed from %s".formatted(column.name(), seen, secret)),
                        // Of what does not follow, the domain is told
                        column.origin().computed().stream()
                                .filter(_ -> !COUNTED_OR_TOLD_BEFORE.matcher(product.sql()).find())
                                .filter(_ -> seen.access() instanceof ColumnAccess.Clear && !seen.isWarned(governance))
                                .map(secret -> "%s is clear without a warning, and is computed from %s".formatted(column.name(), secret)))
                .flatMap(leaks -> leaks)
                .collect(toImmutableList());
    }

    /**
     * How somebody sees a column.
     */
    private record SeenColumn(MeshTable table, Column column, ColumnAccess access)
    {
        static SeenColumn of(Governance governance, GovernedMesh reader, String domain, String table, String name)
        {
            MeshTable found = governance.mesh().table(domain, table).orElseThrow();
            Column column = found.table().columns().stream().filter(candidate -> candidate.name().equals(name)).findFirst().orElseThrow();
            return new SeenColumn(found, column, reader.access(found).orElseThrow().columns().get(name));
        }

        /**
         * A mask of a column of another type shows what nobody thought of, so only NULL is as strict.
         */
        boolean isAsStrictAs(SeenColumn source)
        {
            assertThat(source.access).isNotInstanceOf(ColumnAccess.Clear.class);
            return switch (access) {
                case ColumnAccess.Clear _ -> false;
                case ColumnAccess.Hidden _ -> true;
                case ColumnAccess.Masked(Mask mask, Reason _) -> source.access instanceof ColumnAccess.Masked(Mask other, Reason _) &&
                        (column.type().equals(source.column.type()) ? Masks.combine(mask, other).equals(mask) : mask instanceof Mask.Null);
            };
        }

        boolean dependsOnValue()
        {
            return switch (access) {
                case ColumnAccess.Clear _ -> true;
                case ColumnAccess.Hidden _ -> false;
                case ColumnAccess.Masked(Mask mask, Reason _) -> Masks.dependsOnValue(mask);
            };
        }

        boolean isWarned(Governance governance)
        {
            return governance.problems().stream().anyMatch(problem -> problem.position().equals(column.position()) && problem.message().contains(UNFOLLOWED));
        }

        boolean hasKnownOrigin(Governance governance)
        {
            return governance.mesh().origins().isKnown(table.product(), table.table(), column);
        }

        @Override
        public String toString()
        {
            return access.toString();
        }
    }

    private static SeenColumn source(Governance governance, GovernedMesh reader, Secret secret)
    {
        List<String> name = Splitter.on('.').splitToList(secret.name());
        return SeenColumn.of(governance, reader, name.get(0), name.get(1), name.get(2));
    }

    private static Governance governance(List<GeneratedProduct> products)
    {
        ImmutableMap.Builder<String, String> documents = ImmutableMap.<String, String>builder().putAll(MaskedSources.documents());
        products.forEach(product -> documents.put(product.file(), product.document()));
        Governance governance = Governance.of(TestingMesh.meshOf(documents.buildOrThrow()));
        assertThat(governance.problems()).allMatch(problem -> problem.message().contains(UNFOLLOWED) || problem.message().contains(" does not fit ") || problem.message().contains("it cannot be computed where"));
        return governance;
    }
}
