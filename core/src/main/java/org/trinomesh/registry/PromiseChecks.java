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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.SchemaComparison;
import org.trinomesh.product.SemanticVersion;
import org.trinomesh.product.VersionBump;
import org.trinomesh.validation.BuiltProduct;
import org.trinomesh.validation.ProductCandidate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Checks changes of products against their earlier promises. A promise that breaks the one before it needs a new major version,
 * whose name consumers can use when they are ready.
 */
final class PromiseChecks
{
    private final Generation previous;
    private final List<BuiltProduct> built;
    private final List<ProductCandidate> candidates;
    private final KeptPromises kept;
    private final Set<ProductId> described;
    private final ListMultimap<String, DataProduct> majors;
    private final Map<ProductId, ProductChange> changes = new LinkedHashMap<>();

    /**
     * @param candidates of the built products, in their order
     * @param kept what is known of the tables behind products
     */
    PromiseChecks(Generation previous, List<BuiltProduct> built, List<ProductCandidate> candidates, KeptPromises kept)
    {
        this.kept = requireNonNull(kept, "kept is null");
        this.previous = requireNonNull(previous, "previous is null");
        this.built = ImmutableList.copyOf(requireNonNull(built, "built is null"));
        this.candidates = ImmutableList.copyOf(requireNonNull(candidates, "candidates is null"));
        this.described = candidates.stream().flatMap(candidate -> candidate.key().stream()).collect(toImmutableSet());
        this.majors = Multimaps.index(previous.promised().values(), DataProduct::qualifiedName);
    }

    /**
     * Refuses documents that break a promise.
     *
     * @return the last changes of every product, the refused ones with those before them
     */
    List<ProductChange> check()
    {
        ImmutableList.Builder<ProductChange> refused = ImmutableList.builder();
        previous.mesh().changes().stream()
                .filter(change -> !change.refused() && described.contains(change.after().id()))
                .forEach(change -> changes.put(change.after().id(), change));
        for (int index = 0; index < candidates.size(); index++) {
            ProductCandidate candidate = candidates.get(index);
            Optional<DataProduct> product = candidate.valid();
            if (product.isPresent()) {
                Position version = versionPosition(built.get(index));
                Fault.guard(
                        "this data product cannot be compared with what it promised",
                        candidate.position(),
                        () -> check(candidate, product.get(), version).ifPresent(refused::add),
                        candidate::add);
            }
        }
        return ImmutableList.<ProductChange>builder().addAll(changes.values()).addAll(refused.build()).build();
    }

    private Optional<ProductChange> check(ProductCandidate candidate, DataProduct product, Position version)
    {
        ProductId key = product.id();
        DataProduct promised = previous.promised().get(key);
        if (promised == null) {
            // A new major, which its consumers compare with the one they know
            before(product).ifPresent(older -> keep(key, new ProductChange(older, product, version, false, SchemaComparison.compare(older, product))));
            return Optional.empty();
        }
        if (promised.fingerprint().equals(product.fingerprint())) {
            return Optional.empty();
        }
        ProductChange change = new ProductChange(promised, product, version, false, changes(key, promised, product));
        if (change.isBreach()) {
            refuse(candidate, change);
            return Optional.of(new ProductChange(promised, product, version, true, change.changes()));
        }
        if (change.changes().isEmpty() && changes.containsKey(key)) {
            // The earlier change compared with the current document, whose version may have been corrected
            DataProduct before = changes.get(key).before();
            keep(key, new ProductChange(before, product, version, false, SchemaComparison.compare(before, product)));
        }
        else {
            keep(key, change);
        }
        return Optional.empty();
    }

    /**
     * What consumers find changed. A table that never had what was promised last is held to what it was promised before that.
     */
    private List<SchemaChange> changes(ProductId key, DataProduct promised, DataProduct product)
    {
        Set<String> neverKept = promised.tables().stream()
                .filter(table -> kept.neverKept(promised, table))
                .map(ProductTable::name)
                .collect(toImmutableSet());
        List<SchemaChange> changes = SchemaComparison.compare(promised, product);
        if (neverKept.isEmpty()) {
            return changes;
        }
        Optional<DataProduct> before = Optional.ofNullable(previous.keptBefore().get(key));
        return Stream.concat(
                        changes.stream().filter(change -> change.table().filter(neverKept::contains).isEmpty()),
                        before.stream().flatMap(version -> SchemaComparison.compare(version, product).stream()).filter(change -> change.table().filter(neverKept::contains).isPresent()))
                .collect(toImmutableList());
    }

    private void keep(ProductId key, ProductChange change)
    {
        if (!change.changes().isEmpty() || change.bump() == VersionBump.MAJOR) {
            changes.put(key, change);
        }
    }

    private Optional<DataProduct> before(DataProduct product)
    {
        return majors.get(product.qualifiedName()).stream()
                .filter(other -> other.version().major() < product.version().major())
                .max(comparingInt(other -> other.version().major()));
    }

    private static void refuse(ProductCandidate candidate, ProductChange change)
    {
        SemanticVersion next = VersionBump.MAJOR.next(change.before().version());
        change.changes().stream()
                .filter(SchemaChange::isBreaking)
                .forEach(breaking -> candidate.add(Problem.error(
                        change.position(breaking),
                        "%s, which breaks what version %s of '%s' promised".formatted(breaking.message(), change.before().version(), change.before().qualifiedName()),
                        "undo it, or write it as 'version: %s' in a folder of its own beside the old document, so that consumers can move to %s_v%s".formatted(next, change.before().qualifiedName(), next.major()))));
        candidate.refuse();
    }

    /**
     * What consumers should know of changes that are served.
     */
    List<Problem> warnings(List<ProductChange> served)
    {
        return served.stream()
                .filter(change -> !change.refused() && ProductChange.isPromise(change.before()) && ProductChange.isPromise(change.after()))
                .flatMap(change -> warning(change).stream())
                .collect(toImmutableList());
    }

    private Optional<Problem> warning(ProductChange change)
    {
        DataProduct product = change.after();
        Optional<Problem> problem = Optional.empty();
        if (change.bump() == VersionBump.MAJOR && !described.contains(change.before().id())) {
            problem = Optional.of(Problem.warning(
                    change.version(),
                    "version %s of '%s' is no longer described, so its consumers lose %s_v%s".formatted(change.before().version(), product.qualifiedName(), product.qualifiedName(), change.before().version().major()),
                    "keep its document in a folder of its own until they have moved to version " + product.version()));
        }
        else if (change.requiredBump().compareTo(VersionBump.MINOR) >= 0 && change.bump().compareTo(change.requiredBump()) < 0) {
            problem = Optional.of(Problem.warning(
                    change.version(),
                    "'%s' changed, but its version did not change accordingly: %s".formatted(product.qualifiedName(), change.changes().stream()
                            .filter(minor -> minor.requiredBump().compareTo(VersionBump.MINOR) >= 0)
                            .map(SchemaChange::message)
                            .collect(joining("; "))),
                    "write version: %s".formatted(change.requiredBump().next(change.before().version()))));
        }
        return problem.map(found -> found.about(product.domain(), product.sqlName(), product.owner()));
    }

    private static Position versionPosition(BuiltProduct built)
    {
        return built.descriptor().metadata().version().map(Located::position).orElse(built.descriptor().position());
    }
}
