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
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Problems;
import org.trinomesh.governance.Rule.Effect;
import org.trinomesh.registry.Column;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.DomainRules;
import org.trinomesh.registry.FieldNames;
import org.trinomesh.registry.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Finds rules of the whole mesh that miss a column because its descriptor does not say how the table calls the field, by the name that
 * the field has or by what was said of it under a name that it had. Documents do not tell that, so it is asked when the table is read.
 */
final class MissedRules
{
    private final List<Rule> rules;
    private final ColumnClassifier classifier;
    private final KnownTable known;

    private MissedRules(DataProduct product, DomainRules domain, PolicyBook book, FieldKnowledge knowledge, MeshTable table)
    {
        this.rules = book.rules().of(product, CompiledProduct.products(knowledge, product));
        this.classifier = new ColumnClassifier(product, domain, rules, IdentifierTypes.of(product.domain(), book.governance().settings()), new Problems());
        this.known = knowledge.of(table.table().source());
    }

    /**
     * @param names by the promised names of columns
     */
    static List<Problem> of(Governance governance, MeshTable table, Map<String, FieldNames> names)
    {
        if (names.isEmpty()) {
            return ImmutableList.of();
        }
        DomainRules domain = governance.mesh().domain(table.schema()).map(found -> found.rules()).orElse(DomainRules.NONE);
        MissedRules missed = new MissedRules(table.product(), domain, governance.book(), governance.knowledge(), table);
        return table.table().columns().stream()
                .flatMap(column -> Optional.ofNullable(names.get(column.name())).stream().flatMap(field -> missed.problems(column, field)))
                .collect(toImmutableList());
    }

    private Stream<Problem> problems(Column column, FieldNames field)
    {
        KnownWords said = known.column(FieldKnowledge.physicalName(column));
        ColumnAttributes found = classifier.attributes(column, said);
        return Stream.concat(
                        missed(found, classifier.attributes(column, said.and(ColumnWords.of(ImmutableSet.of(field.now()), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of())).and(words(field.now()))))
                                .map(rule -> Problem.error(
                                        column.position(),
                                        "column %s is field id %s of the table, which calls it %s, and rule %s (%s) is about that".formatted(column.name(), field.fieldId(), field.now(), rule.name(), rule.position()),
                                        "write physicalName: %s at the column, so that the rule applies".formatted(field.now()))),
                        field.before().stream().flatMap(name -> missed(found, classifier.attributes(column, said.and(words(name))))
                                .map(rule -> Problem.error(
                                        column.position(),
                                        "column %s is field id %s of the table, which was published as %s, and rule %s (%s) is about what was said of it then".formatted(column.name(), field.fieldId(), name, rule.name(), rule.position()),
                                        "say it of the column again, or ask governance for a classification rule with replacesEarlier"))))
                .distinct();
    }

    /**
     * What products said of a column that the table calls so.
     */
    private ColumnWords words(String physicalName)
    {
        return known.column(physicalName).column();
    }

    private Stream<Rule> missed(ColumnAttributes found, ColumnAttributes known)
    {
        return rules.stream()
                .filter(rule -> rule.level() == Level.GLOBAL && (rule.effect() instanceof Effect.MaskColumns || rule.effect() instanceof Effect.HideColumns))
                .filter(rule -> rule.scope().matches(known, Level.GLOBAL) && !rule.scope().matches(found, Level.GLOBAL));
    }
}
