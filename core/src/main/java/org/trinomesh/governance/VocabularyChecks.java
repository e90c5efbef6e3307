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
import org.trinomesh.conformance.ConformanceBook;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.IdentifierTypes;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.OwnMasks;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.RuleReader;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.validation.DescriptorChecks;

import java.util.List;
import java.util.Optional;

/**
 * Finds mistakes in rules before the rules take effect. A file with a mistake counts as broken as a whole, and its last valid
 * version stays in force.
 */
public final class VocabularyChecks
        implements DescriptorChecks
{
    @Override
    public List<Problem> check(RuleSetDescriptor rules)
    {
        Problems problems = new Problems();
        new RuleReader(problems).read(rules, "", Level.GLOBAL, Optional.empty());
        ConformanceBook.read(rules, "", Optional.empty(), problems);
        return problems.toList();
    }

    @Override
    public List<Problem> check(DataProduct product)
    {
        Problems problems = new Problems();
        for (Rule rule : ProductCompiler.ownRules(product, problems)) {
            if (rule.effect() instanceof Effect.FilterRows(RowFilter filter)) {
                product.tables().forEach(table -> RowFilterFit.refusals(filter, table)
                        .forEach(refusal -> problems.error(rule.position(), "row filter '%s' does not fit table '%s': %s".formatted(rule.name(), table.name(), refusal), "correct the filter")));
            }
        }
        for (Column column : (Iterable<Column>) product.tables().stream().flatMap(table -> table.columns().stream())::iterator) {
            OwnMasks.of(
                    column,
                    ColumnAttributes.of(column.name(), ImmutableList.of(), column.type(), column.classification(), column.tags(), column.identifier()),
                    IdentifierTypes.unknown(product.domain()),
                    problems);
        }
        return problems.toList();
    }
}
