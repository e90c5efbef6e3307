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
import com.google.common.collect.Sets;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.KnownWords;
import org.trinomesh.policy.ProductWords;
import org.trinomesh.product.Column;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins;
import org.trinomesh.registry.QueryOrigins.Origin;
import org.trinomesh.text.Words;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
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
    private final Map<SqlQuery, KnownTable> known = new HashMap<>();
    private final Set<SqlQuery> entered = new HashSet<>();

    /**
     * @param knowledge of the tables that are stored
     */
    QueryKnowledge(Mesh mesh, FieldKnowledge knowledge)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
    }

    Map<SqlQuery, KnownTable> ofAll()
    {
        for (Domain domain : mesh.domains()) {
            domain.products().stream()
                    .flatMap(product -> product.tables().stream())
                    .forEach(table -> table.query().ifPresent(query -> of(query, domain.name(), table)));
        }
        return ImmutableMap.copyOf(known);
    }

    private KnownTable of(SqlQuery query, String domain, ProductTable table)
    {
        KnownTable before = known.get(query);
        // One that reads itself is not served
        if (before != null || !entered.add(query)) {
            return before == null ? KnownTable.NONE : before;
        }
        SortedMap<String, ColumnWords> columns = new TreeMap<>();
        for (Column column : table.columns()) {
            String name = Words.key(FieldKnowledge.physicalName(column));
            KnownWords words = all(mesh.origins().shown(mesh, query, domain, column)).and(withoutNames(all(mesh.origins().sources(mesh, query, domain, column))));
            columns.put(name, words.column());
            words.fields().forEach((path, field) -> columns.put(name + "." + path, field));
        }
        KnownTable result = new KnownTable(
                QueryOrigins.sources(mesh, query).values().stream()
                        .flatMap(source -> Sets.union(ImmutableSet.of(ProductWords.of(source.product())), said(source).products()).stream())
                        .collect(toImmutableSet()),
                ImmutableSortedMap.copyOfSorted(columns));
        known.put(query, result);
        return result;
    }

    private static KnownWords withoutNames(KnownWords words)
    {
        return new KnownWords(new ColumnWords(ImmutableSet.of(), words.column().classifications(), words.column().tags(), ImmutableSet.of()), ImmutableMap.of());
    }

    private KnownWords all(List<Origin> columns)
    {
        return columns.stream().map(this::words).reduce(KnownWords.NONE, KnownWords::and);
    }

    private KnownWords words(Origin origin)
    {
        Column column = origin.column();
        ColumnWords names = ColumnWords.of(ImmutableList.of(column.name(), FieldKnowledge.physicalName(column)), ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
        return new KnownWords(names, ImmutableMap.of()).and(FieldKnowledge.known(said(origin.table()), column));
    }

    /**
     * What the product of a source says of it, and what is known besides.
     */
    private KnownTable said(MeshTable source)
    {
        String domain = source.product().domain();
        DomainRules rules = mesh.domain(domain).map(Domain::rules).orElse(DomainRules.NONE);
        return FieldKnowledge.said(source.product(), rules, source.table()).and(source.table().query()
                .map(query -> of(query, domain, source.table()))
                .orElseGet(() -> knowledge.of(source.table().source())));
    }
}
