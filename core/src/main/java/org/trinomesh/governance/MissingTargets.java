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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.ColumnReference;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.RelationshipTarget;
import org.trinomesh.text.Spelling;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Problems of relationships that lead to a column which the table of another contract does not have. A requester who may not
 * see a product or column gets the same message as for one that does not exist.
 *
 * @param absent of columns that are not there, with the table
 * @param present what would be said if they were not there, with the column
 */
public record MissingTargets(Map<Problem, MeshTable> absent, Map<Problem, ColumnReference> present)
{
    public MissingTargets
    {
        absent = ImmutableMap.copyOf(requireNonNull(absent, "absent is null"));
        present = ImmutableMap.copyOf(requireNonNull(present, "present is null"));
    }

    /**
     * @param policies of products, which hide columns
     */
    static MissingTargets of(Mesh mesh, Function<DataProduct, ProductPolicy> policies)
    {
        return new Search(mesh, policies).search();
    }

    /**
     * @param columns all, by name
     * @param open those that no rule hides from anybody, which may be suggested
     */
    private record TargetColumns(Map<String, Column> columns, Set<String> open)
    {
        private TargetColumns
        {
            columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
            open = ImmutableSet.copyOf(requireNonNull(open, "open is null"));
        }

        private static TargetColumns of(MeshTable table, ProductPolicy policy)
        {
            ImmutableMap.Builder<String, Column> columns = ImmutableMap.builder();
            table.table().columns().forEach(column -> columns.put(column.name(), column));
            return new TargetColumns(columns.buildKeepingLast(), policy.tables().stream()
                    .filter(rules -> rules.table().equals(table.table().name()))
                    .flatMap(rules -> rules.columns().stream())
                    .filter(column -> column.rules().stream().noneMatch(rule -> rule.effect() instanceof Effect.HideColumns))
                    .map(column -> column.column().path())
                    .filter(path -> !path.contains("."))
                    .collect(toImmutableSet()));
        }
    }

    private static final class Search
    {
        // Each relationship is compared with all columns of a table, and authors can write many of both
        private static final int MAX_SUGGESTIONS = 200;

        private final Mesh mesh;
        private final Function<DataProduct, ProductPolicy> policies;
        private final Map<MeshTable, TargetColumns> targets = new IdentityHashMap<>();
        private final Map<String, Integer> suggestions = new HashMap<>();
        private final ImmutableMap.Builder<Problem, MeshTable> absent = ImmutableMap.builder();
        private final ImmutableMap.Builder<Problem, ColumnReference> present = ImmutableMap.builder();

        private Search(Mesh mesh, Function<DataProduct, ProductPolicy> policies)
        {
            this.mesh = requireNonNull(mesh, "mesh is null");
            this.policies = requireNonNull(policies, "policies is null");
        }

        private MissingTargets search()
        {
            for (Domain domain : mesh.domains()) {
                for (DataProduct product : domain.products()) {
                    product.contracts().stream()
                            .flatMap(contract -> contract.relationships().stream())
                            .filter(relationship -> relationship.toTable().isEmpty())
                            .flatMap(relationship -> RelationshipTarget.find(mesh, product, relationship).stream())
                            .forEach(target -> add(product, target));
                }
            }
            return new MissingTargets(absent.buildKeepingLast(), present.buildKeepingLast());
        }

        private void add(DataProduct product, RelationshipTarget target)
        {
            MeshTable table = target.table();
            TargetColumns known = targets.computeIfAbsent(table, key -> TargetColumns.of(key, policies.apply(key.product())));
            for (Located<String> column : target.columns()) {
                // A column that no rule hides never causes this problem
                if (known.columns().containsKey(column.value()) && known.open().contains(column.value())) {
                    continue;
                }
                Problem problem = Problem.warning(
                                column.position(),
                                "the relationship is not understood: table '%s.%s' has no column '%s', or none that you may see".formatted(table.schema(), table.name(), column),
                                suggestion(product, known.open(), column.value()).map("write column '%s'"::formatted).orElse("write one of its columns"))
                        .about(product.domain(), product.sqlName(), product.owner());
                Optional.ofNullable(known.columns().get(column.value())).ifPresentOrElse(
                        hidden -> present.put(problem, new ColumnReference(table.product(), table.table(), hidden)),
                        () -> absent.put(problem, table));
            }
        }

        private Optional<String> suggestion(DataProduct product, Set<String> open, String written)
        {
            return suggestions.merge(product.domain(), 1, Integer::sum) > MAX_SUGGESTIONS ? Optional.empty() : Spelling.nearest(open, written);
        }
    }
}
