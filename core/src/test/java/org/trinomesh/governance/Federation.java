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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.conformance.CheckTimes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A mesh of three domains in a folder of its own, of which one author changes documents, and what must hold whatever he writes: nobody
 * sees more of another domain's products, none of them vanishes, and no rule of the whole mesh becomes looser for the author's own.
 */
final class Federation
{
    /**
     * Everybody whom a rule tells from others.
     */
    private static final List<Requester> READERS = ImmutableList.of(
            new Requester("ana", ImmutableSet.of("employees"), ImmutableSet.of()),
            new Requester("gil", ImmutableSet.of("guests"), ImmutableSet.of()),
            new Requester("eve", ImmutableSet.of("employees", "guests"), ImmutableSet.of()),
            new Requester("hugo", ImmutableSet.of("employees", "hr-team"), ImmutableSet.of()),
            new Requester("sam", ImmutableSet.of("employees", "sales-team"), ImmutableSet.of()),
            new Requester("mia", ImmutableSet.of("employees", "marketing-team"), ImmutableSet.of()),
            new Requester("gus", ImmutableSet.of("governance"), ImmutableSet.of()),
            new Requester("nobody", ImmutableSet.of(), ImmutableSet.of()));

    private static final Duration TTL = Duration.ofMinutes(15);

    private final Path directory;
    private final MovableClock clock;
    private final MeshRegistry registry;
    private final Governance before;

    /**
     * A change that an author makes to the files.
     */
    interface Change
    {
        void apply(Path mesh)
                throws IOException;
    }

    static final class MovableClock
            extends Clock
    {
        private Instant now = Instant.parse("2026-06-15T12:00:00Z");

        @Override
        public ZoneOffset getZone()
        {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone)
        {
            return this;
        }

        @Override
        public Instant instant()
        {
            return now;
        }

        void advance(Duration time)
        {
            now = now.plus(time);
        }
    }

    /**
     * @param directory holds the mesh
     */
    Federation(Path directory)
    {
        this.directory = requireNonNull(directory, "directory is null");
        this.clock = new MovableClock();
        this.registry = new MeshRegistry(directory, TTL, clock, new VocabularyChecks());
        this.before = Governance.of(registry.current());
    }

    /**
     * Copies the documents of the mesh.
     */
    static void copy(Path from, Path to)
    {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                }
                else {
                    Files.copy(file, target);
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Governance before()
    {
        return before;
    }

    /**
     * What is broken by a change: at the next reload, when the time to live of what broke is over, and after a restart.
     *
     * @param author the domain whose folder it is made in
     */
    List<String> broken(String author, Change change)
    {
        try {
            change.apply(directory);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ImmutableList.Builder<String> broken = ImmutableList.builder();
        registry.refresh();
        Governance reloaded = Governance.of(registry.current(), MaskKeyVersions.UNKNOWN, Optional.of(before), CheckTimes.ofReload());
        compare(author, reloaded).forEach(difference -> broken.add("after the reload: " + difference));
        clock.advance(TTL.plusSeconds(1));
        registry.refresh();
        Governance later = Governance.of(registry.current(), MaskKeyVersions.UNKNOWN, Optional.of(reloaded), CheckTimes.ofReload());
        compare(author, later).forEach(difference -> broken.add("after the time to live: " + difference));
        MeshRegistry restarted = new MeshRegistry(directory, TTL, clock, new VocabularyChecks());
        compare(author, Governance.of(restarted.current(), MaskKeyVersions.UNKNOWN, Optional.empty(), later.knowledge(), CheckTimes.ofStart())).forEach(difference -> broken.add("after a restart: " + difference));
        return broken.build();
    }

    /**
     * The problems of the mesh as it is now, for whoever may know all of them.
     */
    List<String> problems()
    {
        return Governance.of(registry.current(), MaskKeyVersions.UNKNOWN, Optional.of(before)).problems().stream().map(Object::toString).collect(toImmutableList());
    }

    private List<String> compare(String author, Governance after)
    {
        List<String> differences = new ArrayList<>();
        for (DataProduct product : products(before)) {
            if (product.domain().equals(author)) {
                continue;
            }
            Optional<DataProduct> now = products(after).stream()
                    .filter(other -> other.qualifiedName().equals(product.qualifiedName()) && other.version().major() == product.version().major())
                    .findFirst();
            if (now.isEmpty()) {
                differences.add(product.qualifiedName() + " is gone");
                continue;
            }
            for (Requester reader : READERS) {
                Decision decision = new GovernedMesh(before, reader, clock.instant()).decide(product);
                Decision decided = new GovernedMesh(after, reader, clock.instant()).decide(now.get());
                differences.addAll(difference(reader, product, decision, decided));
            }
        }
        products(after).stream()
                .filter(product -> !product.domain().equals(author) && products(before).stream().noneMatch(other -> other.qualifiedName().equals(product.qualifiedName())))
                .forEach(product -> differences.add(product.qualifiedName() + " appeared in another domain"));
        for (Requester reader : READERS) {
            differences.addAll(loosened(author, reader, after));
        }
        return differences;
    }

    private static List<String> difference(Requester reader, DataProduct product, Decision before, Decision after)
    {
        String who = reader.user() + " of " + product.qualifiedName() + ": ";
        if (!Visibility.of(before).equals(Visibility.of(after))) {
            return ImmutableList.of(who + Visibility.of(before) + " became " + Visibility.of(after));
        }
        if (before instanceof Decision.Readable read && after instanceof Decision.Readable reads) {
            return read.tables().equals(reads.tables()) || withoutReasons(read).equals(withoutReasons(reads))
                    ? ImmutableList.of()
                    : ImmutableList.of(who + withoutReasons(read) + " became " + withoutReasons(reads));
        }
        return ImmutableList.of();
    }

    private static List<String> withoutReasons(Decision.Readable readable)
    {
        return readable.tables().entrySet().stream()
                .map(table -> table.getKey() + table.getValue().columns() + table.getValue().rows().map(rows -> rows.filter().toString()).orElse(""))
                .sorted()
                .collect(toImmutableList());
    }

    /**
     * What rules of the whole mesh hide from a reader in the author's tables, by the names that the tables have: however the author now
     * publishes a column, it must not show more.
     */
    private List<String> loosened(String author, Requester reader, Governance after)
    {
        record Field(PhysicalTable table, String name) {}

        Map<Field, Mask> hidden = new HashMap<>();
        Map<PhysicalTable, Set<RowFilter.Comparison>> filters = new HashMap<>();
        Set<PhysicalTable> denied = new HashSet<>();
        eachTable(before, author, (product, table, rules) -> {
            if (isDenied(before.policy(product), reader)) {
                denied.add(table.physical().orElseThrow());
            }
            filters.computeIfAbsent(table.physical().orElseThrow(), _ -> new HashSet<>()).addAll(filter(rules, reader));
            for (int index = 0; index < table.columns().size(); index++) {
                hidden.merge(new Field(table.physical().orElseThrow(), FieldKnowledge.physicalName(table.columns().get(index))), mask(rules.columns().get(index), reader), Masks::combine);
            }
        });
        List<String> differences = new ArrayList<>();
        eachTable(after, author, (product, table, rules) -> {
            if (!new GovernedMesh(after, reader, clock.instant()).decide(product).isReadable()) {
                return;
            }
            if (denied.contains(table.physical().orElseThrow())) {
                differences.add("%s reads %s, which was denied".formatted(reader.user(), product.qualifiedName()));
            }
            if (!filter(rules, reader).containsAll(filters.getOrDefault(table.physical().orElseThrow(), ImmutableSet.of()))) {
                differences.add("%s sees more rows of %s".formatted(reader.user(), product.qualifiedName()));
            }
            for (int index = 0; index < table.columns().size(); index++) {
                Column column = table.columns().get(index);
                Mask was = hidden.getOrDefault(new Field(table.physical().orElseThrow(), FieldKnowledge.physicalName(column)), new Mask.Clear());
                Mask is = mask(rules.columns().get(index), reader);
                if (!Masks.combine(was, is).equals(is)) {
                    differences.add("%s sees %s of %s as %s, which was %s".formatted(reader.user(), column.name(), product.qualifiedName(), is, was));
                }
            }
        });
        return differences;
    }

    private interface TableVisitor
    {
        void visit(DataProduct product, ProductTable table, TablePolicy rules);
    }

    private static void eachTable(Governance governance, String author, TableVisitor visitor)
    {
        for (DataProduct product : products(governance)) {
            if (product.domain().equals(author)) {
                ProductPolicy policy = governance.policy(product);
                for (int index = 0; index < product.tables().size(); index++) {
                    visitor.visit(product, product.tables().get(index), policy.tables().get(index));
                }
            }
        }
    }

    private boolean isDenied(ProductPolicy policy, Requester reader)
    {
        return policy.denials().stream().anyMatch(rule -> isGlobal(rule, reader));
    }

    private Set<RowFilter.Comparison> filter(TablePolicy rules, Requester reader)
    {
        return rules.rowFilters().stream()
                .filter(rule -> isGlobal(rule, reader))
                .flatMap(rule -> ((Effect.FilterRows) rule.effect()).filter().comparisons().stream())
                .collect(toImmutableSet());
    }

    /**
     * NULL for what is hidden, which nothing is stricter than.
     */
    private Mask mask(ColumnPolicy column, Requester reader)
    {
        return column.rules().stream()
                .filter(rule -> isGlobal(rule, reader))
                .map(rule -> rule.effect() instanceof Effect.MaskColumns(Mask mask) ? mask : new Mask.Null())
                .reduce(Masks::combine)
                .orElseGet(Mask.Clear::new);
    }

    private boolean isGlobal(AppliedRule rule, Requester reader)
    {
        Set<Principal> principals = reader.principals().collect(toImmutableSet());
        return rule.rule().level() == Level.GLOBAL && rule.appliesTo(principals, false, clock.instant());
    }

    private static List<DataProduct> products(Governance governance)
    {
        return governance.mesh().domains().stream().map(Domain::products).flatMap(List::stream).collect(toImmutableList());
    }
}
