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
import org.trinomesh.descriptor.Located;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Spelling;
import org.trinomesh.governance.Rule.Effect;
import org.trinomesh.registry.Column;
import org.trinomesh.registry.ColumnReference;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.registry.RelationshipTarget;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What is said of relationships that lead to a column that the table of another contract does not have. To whom a column is hidden
 * it must read like one that is not there, else writing relationships would find out hidden columns. Of a table that one may not
 * discover nothing is said.
 *
 * @param absent of columns that are not there, with the table
 * @param present what would be said if they were not there, with the column
 */
record MissingTargets(Map<Problem, MeshTable> absent, Map<Problem, ColumnReference> present)
{
    MissingTargets
    {
        absent = ImmutableMap.copyOf(requireNonNull(absent, "absent is null"));
        present = ImmutableMap.copyOf(requireNonNull(present, "present is null"));
    }

    /**
     * @param policies of products, which hide columns
     */
    static MissingTargets of(Mesh mesh, Function<DataProduct, ProductPolicy> policies)
    {
        ImmutableMap.Builder<Problem, MeshTable> absent = ImmutableMap.builder();
        ImmutableMap.Builder<Problem, ColumnReference> present = ImmutableMap.builder();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                product.contracts().stream()
                        .flatMap(contract -> contract.relationships().stream())
                        .filter(relationship -> relationship.toTable().isEmpty())
                        .flatMap(relationship -> RelationshipTarget.find(mesh, product, relationship).stream())
                        .forEach(target -> add(product, target, policies, absent, present));
            }
        }
        return new MissingTargets(absent.buildKeepingLast(), present.buildKeepingLast());
    }

    private static void add(DataProduct product, RelationshipTarget target, Function<DataProduct, ProductPolicy> policies, ImmutableMap.Builder<Problem, MeshTable> absent, ImmutableMap.Builder<Problem, ColumnReference> present)
    {
        MeshTable table = target.table();
        for (Located<String> column : target.columns()) {
            Optional<Column> known = table.table().columns().stream().filter(candidate -> candidate.name().equals(column.value())).findFirst();
            // Of a column that no rule hides nothing is ever said
            List<String> open = openColumns(table, policies.apply(table.product()));
            if (known.isPresent() && open.contains(column.value())) {
                continue;
            }
            Problem problem = Problem.warning(
                            column.position(),
                            "the relationship is not understood: table '%s.%s' has no column '%s', or none that you may see".formatted(table.schema(), table.name(), column),
                            Spelling.nearest(open, column.value()).map("write column '%s'"::formatted).orElse("write one of its columns"))
                    .about(product.domain(), product.sqlName(), product.owner())
                    .forStewards();
            known.ifPresentOrElse(
                    hidden -> present.put(problem, new ColumnReference(table.product(), table.table(), hidden)),
                    () -> absent.put(problem, table));
        }
    }

    /**
     * The columns that no rule hides from anybody, which may be suggested.
     */
    private static List<String> openColumns(MeshTable table, ProductPolicy policy)
    {
        return policy.tables().stream()
                .filter(rules -> rules.table().equals(table.table().name()))
                .flatMap(rules -> rules.columns().stream())
                .filter(column -> column.rules().stream().noneMatch(rule -> rule.effect() instanceof Effect.HideColumns))
                .map(column -> column.column().path())
                .filter(path -> !path.contains("."))
                .collect(toImmutableList());
    }
}
