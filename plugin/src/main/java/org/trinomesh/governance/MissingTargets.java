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
import org.trinomesh.registry.Column;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.registry.Relationship;
import org.trinomesh.registry.RelationshipTarget;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Relationships that lead to a column that the table of another contract does not have. They tell which columns that table
 * has, so each is only for those who see all of them: to anybody else a column that is not there is like one that is hidden,
 * else writing relationships would find out hidden columns.
 */
final class MissingTargets
{
    private MissingTargets() {}

    /**
     * @return each with the table that it tells of
     */
    static Map<Problem, MeshTable> problems(Mesh mesh)
    {
        ImmutableMap.Builder<Problem, MeshTable> problems = ImmutableMap.builder();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                product.contracts().stream()
                        .flatMap(contract -> contract.relationships().stream())
                        .filter(relationship -> relationship.toTable().isEmpty())
                        .forEach(relationship -> add(mesh, product, relationship, problems));
            }
        }
        return problems.buildKeepingLast();
    }

    private static void add(Mesh mesh, DataProduct product, Relationship relationship, ImmutableMap.Builder<Problem, MeshTable> problems)
    {
        RelationshipTarget.find(mesh, product, relationship).ifPresent(target -> {
            MeshTable table = target.table();
            List<String> known = table.table().columns().stream().map(Column::name).collect(toImmutableList());
            for (Located<String> column : target.columns()) {
                if (!known.contains(column.value())) {
                    problems.put(
                            Problem.warning(
                                            column.position(),
                                            "the relationship is not understood: table '%s.%s' has no column '%s'".formatted(table.schema(), table.name(), column),
                                            Spelling.nearest(known, column.value()).map("write column '%s'"::formatted).orElse("write one of its columns"))
                                    .about(product.domain(), product.sqlName(), product.owner())
                                    .forStewards(),
                            table);
                }
            }
        });
    }
}
