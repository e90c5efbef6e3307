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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnClassifier;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.IdentifierTypes;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.KnownWords;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.MaskFitter;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.FieldNames;
import org.trinomesh.product.MeshTable;
import org.trinomesh.text.Words;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Finds rules of the whole mesh that miss a column because its descriptor does not give the name that the field has in the table. Such
 * a rule matches the name of the field, or something that a product declared about the field under an earlier name. Documents alone do
 * not show this, so it is checked when the table is read.
 */
final class MissedRules
{
    private final List<Rule> rules;
    private final IdentifierTypes identifiers;
    private final ColumnClassifier classifier;
    private final KnownTable known;

    private MissedRules(DataProduct product, DomainRules domain, PolicyBook book, FieldKnowledge knowledge, MeshTable table)
    {
        this.rules = book.rules().of(product, CompiledProduct.products(knowledge, product)).stream()
                .filter(rule -> rule.level() == Level.GLOBAL)
                .collect(toImmutableList());
        this.identifiers = IdentifierTypes.of(product.domain(), book.governance().settings());
        this.classifier = new ColumnClassifier(product, domain, rules, identifiers, new Problems());
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
        DomainRules domain = governance.mesh().domain(table.schema()).map(Domain::rules).orElse(DomainRules.NONE);
        MissedRules missed = new MissedRules(table.product(), domain, governance.book(), governance.knowledge(), table);
        return table.table().columns().stream()
                .flatMap(column -> Optional.ofNullable(names.get(column.name())).stream().flatMap(field -> missed.problems(column, field)))
                .distinct()
                .collect(toImmutableList());
    }

    private Stream<Problem> problems(Column column, FieldNames field)
    {
        KnownWords said = FieldKnowledge.known(known, column);
        KnownWords now = said.and(known.column(field.now())).and(called(column, field.now()));
        Stream<Problem> byName = missed(column, said, now).map(rule -> Problem.error(
                column.position(),
                "column %s is field id %s of the table, which calls it %s, and rule %s (%s) is about %s".formatted(column.name(), field.fieldId(), field.now(), rule.name(), rule.position(), field.now()),
                "write physicalName: %s at the column, so that the rule applies".formatted(field.now())));
        Stream<Problem> byWords = field.before().stream().flatMap(name -> missed(column, said, said.and(known.column(name))).map(rule -> Problem.error(
                column.position(),
                "column %s is field id %s of the table, which was published as %s, and rule %s (%s) is about what a data product said of it then".formatted(column.name(), field.fieldId(), name, rule.name(), rule.position()),
                "declare the same classification, tags and identifier at the column again, or ask governance for a classification rule with replacesEarlier")));
        Stream<Problem> inside = missed(column, said, said.and(moved(now, field))).map(rule -> Problem.error(
                column.position(),
                "column %s (field id %s) has fields that had other names in the table, and rule %s (%s) is about what a data product said of them then".formatted(column.name(), field.fieldId(), rule.name(), rule.position()),
                "declare the same classification, tags and identifiers at the fields again"));
        return Stream.of(byName, byWords, inside).flatMap(problems -> problems);
    }

    /**
     * The name that a column has in the table, and the identifier type that goes by it.
     */
    private KnownWords called(Column column, String physicalName)
    {
        return new KnownWords(ColumnWords.of(ImmutableSet.of(physicalName), ImmutableSet.of(), ImmutableSet.of(), identifiers.of(column.identifier(), ImmutableSet.of(physicalName)).stream().collect(toImmutableSet())), ImmutableMap.of());
    }

    /**
     * What was said of fields inside, under the paths that they have now.
     */
    private static KnownWords moved(KnownWords known, FieldNames field)
    {
        Map<String, ColumnWords> moved = new HashMap<>();
        field.inside().forEach((now, before) -> before.forEach(path -> moved.merge(inside(now), known.fields().getOrDefault(inside(path), ColumnWords.NONE), ColumnWords::and)));
        return new KnownWords(ColumnWords.NONE, moved);
    }

    /**
     * As documents write paths: from the row inside of an array or a map.
     */
    private static String inside(String path)
    {
        String written = Words.key(path);
        while (written.startsWith("element.") || written.startsWith("value.")) {
            written = written.substring(written.indexOf('.') + 1);
        }
        return written;
    }

    private Stream<Rule> missed(Column column, KnownWords said, KnownWords known)
    {
        if (known.equals(said)) {
            return Stream.of();
        }
        MaskFitter fitter = new MaskFitter(identifiers, classifier::field, _ -> {});
        ColumnAttributes found = classifier.attributes(column, said);
        ColumnAttributes meant = classifier.attributes(column, known);
        return rules.stream().filter(rule -> {
            Optional<Effect> wanted = fitter.effect(rule, meant, column.fields());
            return wanted.isPresent() && !wanted.equals(fitter.effect(rule, found, column.fields()));
        });
    }
}
