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
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import org.trinomesh.conformance.BuiltInChecks;
import org.trinomesh.conformance.ConformanceBook;
import org.trinomesh.conformance.PiiNames;
import org.trinomesh.conformance.Violation;
import org.trinomesh.policy.Classifications;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.ColumnReference;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.time.LocalDate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/**
 * Finds unclassified columns that are declared to be derived from data about persons: otherwise protection would be lost
 * when data moves to the next product. What the whole mesh declassifies is no longer data about persons.
 */
final class LineageConformance
{
    private static final String PII = "pii";
    private static final String RESTRICTED = "restricted";

    private final Mesh mesh;
    private final ConformanceBook book;
    private final Function<DataProduct, ProductPolicy> policies;
    private final Problems faults = new Problems();
    // A product may have as many columns as its author likes
    private final Map<ProductPolicy, ListMultimap<TableColumn, ColumnAttributes>> attributes = new IdentityHashMap<>();
    private final Map<ProductPolicy, Set<TableColumn>> declassified = new IdentityHashMap<>();

    /**
     * @param policies the policy of each product, for what counts as said of its columns
     */
    LineageConformance(Mesh mesh, ConformanceBook book, Function<DataProduct, ProductPolicy> policies)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.book = requireNonNull(book, "book is null");
        this.policies = requireNonNull(policies, "policies is null");
    }

    /**
     * @return each with the column that it reveals
     */
    Map<Violation, ColumnReference> violations()
    {
        ImmutableMap.Builder<Violation, ColumnReference> violations = ImmutableMap.builder();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                for (ProductTable table : product.tables()) {
                    table.columns().stream()
                            .filter(column -> !column.details().sources().isEmpty())
                            .forEach(column -> Fault.guard(
                                    "column '%s' cannot be compared with its sources".formatted(column.name()),
                                    column.position(),
                                    () -> violations.putAll(violations(product, table, column)),
                                    fault -> faults.add(fault.about(product.domain(), product.sqlName(), product.owner()))));
                }
            }
        }
        return violations.buildKeepingLast();
    }

    /**
     * Where the mesh failed on a column.
     */
    List<Problem> faults()
    {
        return faults.toList();
    }

    /**
     * Only for the product's owner and stewards, because it reveals columns of another product.
     */
    static Map<Problem, ColumnReference> problems(Map<Violation, ColumnReference> violations, Instant now)
    {
        ImmutableMap.Builder<Problem, ColumnReference> problems = ImmutableMap.builder();
        violations.forEach((violation, upstream) -> ProductConformance.problems(ImmutableList.of(violation), LocalDate.ofInstant(now, UTC))
                .forEach(problem -> problems.put(problem.about(violation.product().domain(), violation.product().name(), violation.owner()), upstream)));
        return problems.buildKeepingLast();
    }

    /**
     * One for each source, since not everybody may know of all of them.
     */
    private Map<Violation, ColumnReference> violations(DataProduct product, ProductTable table, Column column)
    {
        List<ColumnAttributes> columns = columns(product, table, column);
        ColumnAttributes own = columns.getFirst();
        if (column.classification().isPresent() || isTagged(columns)) {
            return ImmutableMap.of();
        }
        ImmutableMap.Builder<Violation, ColumnReference> violations = ImmutableMap.builder();
        for (Located<String> source : column.details().sources()) {
            ColumnReference.find(mesh, product, source.value())
                    .filter(reference -> isPersonal(reference) && !isAsStrong(own, reference) && !isDeclassifiedFrom(product, table, column, reference))
                    .ifPresent(upstream -> book.of(product)
                            .violation(BuiltInChecks.CLASSIFICATION_FOLLOWS_LINEAGE, product, "%s.%s is derived from %s".formatted(table.name(), column.name(), source), source.position())
                            .ifPresent(violation -> violations.put(violation, upstream)));
        }
        return violations.buildKeepingLast();
    }

    private boolean isPersonal(ColumnReference reference)
    {
        return (!isDeclassified(reference.product(), reference.table(), reference.column()) && names(reference).anyMatch(PiiNames::looksLikePii)) ||
                isTagged(referenced(reference)) ||
                referenced(reference).stream().anyMatch(attributes -> attributes.words(Level.GLOBAL).classifications().contains(RESTRICTED));
    }

    /**
     * What the column, or the field inside it, is called.
     */
    private static Stream<String> names(ColumnReference reference)
    {
        String path = reference.path();
        return path.equals(reference.column().name())
                ? Stream.concat(Stream.of(path), FieldKnowledge.otherNames(reference.column()).stream())
                : Stream.of(path.substring(path.lastIndexOf('.') + 1));
    }

    /**
     * Whether governance declassifies what the query makes of the source. Another one that the author declares is not meant.
     */
    private boolean isDeclassifiedFrom(DataProduct product, ProductTable table, Column column, ColumnReference source)
    {
        return isDeclassified(product, table, column) && mesh.origins().sources(product, table, column).stream().anyMatch(origin ->
                origin.table().product().id().equals(source.product().id()) &&
                        origin.table().table().name().equals(source.table().name()) &&
                        origin.column().name().equals(source.column().name()));
    }

    private boolean isDeclassified(DataProduct product, ProductTable table, Column column)
    {
        return declassified.computeIfAbsent(policies.apply(product), policy -> policy.tables().stream()
                        .flatMap(rules -> rules.columns().stream().filter(ColumnPolicy::declassifiedByMesh).map(found -> new TableColumn(rules.table(), found.column().path())))
                        .collect(toImmutableSet()))
                .contains(new TableColumn(table.name(), column.name()));
    }

    /**
     * Whether the column inherits a classification that protects it as much as its source is.
     */
    private boolean isAsStrong(ColumnAttributes own, ColumnReference reference)
    {
        Optional<String> upstream = referenced(reference).stream().flatMap(attributes -> attributes.classification().stream()).max(Classifications.WEAKEST_FIRST);
        return own.classification().isPresent() && upstream.filter(word -> Classifications.isWeaker(own.classification().get(), word)).isEmpty();
    }

    private static boolean isTagged(List<ColumnAttributes> columns)
    {
        return columns.stream().anyMatch(attributes -> attributes.words(Level.GLOBAL).tags().contains(PII));
    }

    /**
     * The column or the field that is referred to, and the fields inside it, whose classification it carries.
     */
    private List<ColumnAttributes> referenced(ColumnReference reference)
    {
        return columns(reference.product(), reference.table(), reference.column()).stream()
                .filter(attributes -> attributes.path().equals(reference.path()) || attributes.path().startsWith(reference.path() + "."))
                .collect(toImmutableList());
    }

    /**
     * A column, and after it the fields inside it.
     */
    private List<ColumnAttributes> columns(DataProduct product, ProductTable table, Column column)
    {
        return attributes.computeIfAbsent(policies.apply(product), LineageConformance::byColumn).get(new TableColumn(table.name(), column.name()));
    }

    private static ListMultimap<TableColumn, ColumnAttributes> byColumn(ProductPolicy policy)
    {
        ImmutableListMultimap.Builder<TableColumn, ColumnAttributes> columns = ImmutableListMultimap.builder();
        for (TablePolicy table : policy.tables()) {
            for (ColumnPolicy column : table.columns()) {
                TableColumn key = new TableColumn(table.table(), column.column().path());
                columns.put(key, column.column()).putAll(key, column.fields());
            }
        }
        return columns.build();
    }

    private record TableColumn(String table, String column)
    {
        private TableColumn
        {
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }
    }
}
