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
import com.google.common.collect.ImmutableSortedMap;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.KnownWords;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins.Origin;
import org.trinomesh.text.Words;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * What follows for the columns of queries from what is known of the columns that they read, so that rules of the whole mesh meet
 * them: a column that shows values of another one has its names, tags, identifiers and classification; one that is computed has the tags
 * and the classification of all that it is computed from.
 */
final class QueryKnowledge
{
    private final Mesh mesh;
    private final FieldKnowledge knowledge;
    private final Map<TableId, KnownTable> known = new HashMap<>();
    private final Set<TableId> entered = new HashSet<>();
    private final Map<TableId, KnownTable> said = new HashMap<>();
    private final Map<TableId, Map<String, KnownWords>> words = new HashMap<>();

    /**
     * @param knowledge of the tables that are stored
     */
    QueryKnowledge(Mesh mesh, FieldKnowledge knowledge)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
    }

    /**
     * By the tables that queries compute.
     */
    Map<TableId, KnownTable> ofAll()
    {
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                product.tables().forEach(table -> table.query().ifPresent(_ -> of(product, table)));
            }
        }
        return ImmutableMap.copyOf(known);
    }

    private KnownTable of(DataProduct product, ProductTable table)
    {
        TableId id = TableId.of(product, table);
        KnownTable before = known.get(id);
        // A product that reads itself is not served
        if (before != null || !entered.add(id)) {
            return before == null ? KnownTable.NONE : before;
        }
        SortedMap<String, ColumnWords> columns = new TreeMap<>();
        for (Column column : table.columns()) {
            String name = Words.key(FieldKnowledge.physicalName(column));
            List<Origin> shown = mesh.origins().shown(product, table, column);
            KnownWords words = all(shown).and(computed(all(mesh.origins().sources(product, table, column))));
            columns.put(name, words.column());
            // The fields of a value keep their places where it has the same type
            if (shown.stream().allMatch(origin -> origin.column().type().equals(column.type()))) {
                words.fields().forEach((path, field) -> columns.put(name + "." + path, field));
            }
        }
        KnownTable result = new KnownTable(ImmutableSet.of(), ImmutableSortedMap.copyOfSorted(columns));
        known.put(id, result);
        return result;
    }

    /**
     * The classification and the tags of what it is computed from, and of all fields inside of that, of which it may be one.
     */
    private static KnownWords computed(KnownWords words)
    {
        ColumnWords inside = words.fields().values().stream().reduce(words.column(), ColumnWords::and);
        return new KnownWords(new ColumnWords(ImmutableSet.of(), inside.classifications(), inside.tags(), ImmutableSet.of()), ImmutableMap.of());
    }

    private KnownWords all(List<Origin> columns)
    {
        return columns.stream().map(this::words).reduce(KnownWords.NONE, KnownWords::and);
    }

    private KnownWords words(Origin origin)
    {
        Map<String, KnownWords> ofTable = words.computeIfAbsent(origin.table().id(), _ -> new HashMap<>());
        KnownWords before = ofTable.get(origin.column().name());
        if (before != null) {
            return before;
        }
        Column column = origin.column();
        ColumnWords names = ColumnWords.of(ImmutableList.of(column.name(), FieldKnowledge.physicalName(column)), ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
        KnownWords result = new KnownWords(names, ImmutableMap.of()).and(FieldKnowledge.known(said(origin.table()), column));
        ofTable.put(column.name(), result);
        return result;
    }

    /**
     * What the product of a source says of it, and what is known besides.
     */
    private KnownTable said(MeshTable source)
    {
        KnownTable before = said.get(source.id());
        if (before != null) {
            return before;
        }
        DataProduct product = source.product();
        DomainRules rules = mesh.domain(product.domain()).map(Domain::rules).orElse(DomainRules.NONE);
        KnownTable result = FieldKnowledge.said(product, rules, source.table()).and(source.table().query()
                .map(_ -> of(product, source.table()))
                .orElseGet(() -> knowledge.of(product, source.table())));
        said.put(source.id(), result);
        return result;
    }
}
