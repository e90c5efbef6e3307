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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.Classifications;
import org.trinomesh.policy.ColumnFields;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.ProductWords;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.Scope;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnField;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.text.Spelling;
import org.trinomesh.text.Words;
import org.trinomesh.type.DataType;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All words of a mesh that rules can match by: names, tags, classifications, tiers, types.
 */
final class MeshVocabulary
{
    private final Set<String> domains = new HashSet<>();
    private final Set<String> products = new HashSet<>();
    private final Set<String> tiers = new HashSet<>();
    private final Set<String> archetypes = new HashSet<>();
    private final Set<String> productTags = new HashSet<>();
    private final Set<String> columns = new HashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final Set<String> classifications = new HashSet<>(Classifications.ASCENDING);
    private final Set<String> identifiers = new HashSet<>();
    private final Set<DataType> types = new HashSet<>();

    /**
     * @param only the domain whose rules are checked: its authors must learn nothing about other domains
     */
    MeshVocabulary(Mesh mesh, List<Rule> rules, FieldKnowledge knowledge, Optional<String> only)
    {
        identifiers.addAll(mesh.governance().settings().identifiers().keySet());
        only.ifPresentOrElse(domains::add, () -> domains.addAll(mesh.governance().settings().members().keySet()));
        for (Domain domain : mesh.domains()) {
            if (only.filter(name -> !name.equals(domain.name())).isPresent()) {
                continue;
            }
            domains.add(domain.name());
            domain.rules().classification().map(Words::key).ifPresent(classifications::add);
            domain.rules().tags().forEach(tag -> tags.add(Words.key(tag)));
            domain.products().forEach(this::add);
        }
        // Broken products exist, too
        mesh.problems().forEach(problem -> problem.product().ifPresent(product -> problem.domain().filter(domain -> only.isEmpty() || only.get().equals(domain)).ifPresent(domain -> products.add(domain + "." + product))));
        // Rules also match what products declared earlier
        knowledge.tables().values().stream().filter(table -> only.isEmpty() || table.products().stream().allMatch(product -> product.domain().equals(only.get()))).forEach(table -> {
            table.products().forEach(this::add);
            table.columns().values().forEach(this::add);
        });
        for (Rule rule : rules) {
            boolean counts = only.isEmpty() || rule.domain().isEmpty() || rule.domain().equals(only);
            if (counts && rule.effect() instanceof Effect.Classify classify) {
                classify.classification().map(Words::key).ifPresent(classifications::add);
                classify.tags().forEach(tag -> tags.add(Words.key(tag)));
            }
        }
    }

    /**
     * Whether a value that a rule matches by means something that there is.
     *
     * @param key the key under {@code match}
     */
    boolean knows(String key, String value)
    {
        return switch (key) {
            case "domains", "products" -> words(key).contains(Words.nameKey(value));
            case "types" -> types.stream().anyMatch(type -> Scope.isType(value, type));
            case "columns" -> value.equals("*") || columns.contains(Words.key(value)) || (value.contains("*") && columns.stream().anyMatch(name -> Scope.isName(Words.key(value), name)));
            default -> words(key).contains(Words.key(value));
        };
    }

    Optional<String> nearest(String key, Located<String> value)
    {
        return Spelling.nearest(words(key), Words.key(value.value()));
    }

    private Set<String> words(String key)
    {
        return switch (key) {
            case "domains" -> domains;
            case "products" -> products;
            case "tiers" -> tiers;
            case "archetypes" -> archetypes;
            case "productTags" -> productTags;
            case "columns" -> columns;
            case "tags" -> tags;
            case "classifications" -> classifications;
            case "identifiers" -> identifiers;
            default -> ImmutableSet.of();
        };
    }

    private void add(DataProduct product)
    {
        add(ProductWords.of(product));
        product.tags().forEach(tag -> tags.add(Words.key(tag)));
        product.classification().map(Words::key).ifPresent(classifications::add);
        product.tables().forEach(table -> table.columns().forEach(this::add));
    }

    private void add(ProductWords product)
    {
        domains.add(product.domain());
        products.add(product.name());
        products.add(product.versionedName());
        product.tier().ifPresent(tiers::add);
        product.archetype().ifPresent(archetypes::add);
        productTags.addAll(product.tags());
    }

    private void add(ColumnWords words)
    {
        columns.addAll(words.names());
        tags.addAll(words.tags());
        classifications.addAll(words.classifications());
        identifiers.addAll(words.identifiers());
    }

    private void add(Column column)
    {
        columns.add(column.name());
        FieldKnowledge.otherNames(column).forEach(name -> columns.add(Words.key(name)));
        column.tags().forEach(tag -> tags.add(Words.key(tag)));
        column.classification().map(Words::key).ifPresent(classifications::add);
        column.identifier().map(Words::key).ifPresent(identifiers::add);
        add(column.name(), column.type());
        column.fields().forEach(this::add);
    }

    private void add(ColumnField field)
    {
        field.tags().forEach(tag -> tags.add(Words.key(tag)));
        field.classification().map(Words::key).ifPresent(classifications::add);
        field.identifier().map(Words::key).ifPresent(identifiers::add);
        field.fields().forEach(this::add);
    }

    private void add(String path, DataType type)
    {
        types.add(type);
        ColumnFields.row(type).ifPresent(row -> row.fields().forEach(field -> {
            String inner = path + "." + Words.key(field.name());
            columns.add(inner);
            add(inner, field.type());
        }));
    }
}
