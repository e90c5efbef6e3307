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
import org.trinomesh.problem.Located;
import org.trinomesh.product.Column;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.query.ColumnOrigin;
import org.trinomesh.query.ColumnOrigin.SourceColumn;
import org.trinomesh.query.QueryLineage;
import org.trinomesh.registry.Mesh;
import org.trinomesh.text.Words;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * What follows for the columns of queries from what is known of the columns that they read, so that rules of the whole mesh meet
 * them: a column that shows values of another one has its names, tags, identifiers and classification; one that is computed has the tags
 * and the classification of all that it is computed from. Where that is not known, a column has the words of all columns of all
 * sources.
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
                    .forEach(table -> table.query().ifPresent(query -> of(query, domain.name(), table.columns())));
        }
        return ImmutableMap.copyOf(known);
    }

    private KnownTable of(SqlQuery query, String domain, List<Column> promised)
    {
        KnownTable before = known.get(query);
        // One that reads itself is not served
        if (before != null || !entered.add(query)) {
            return before == null ? KnownTable.NONE : before;
        }
        Map<Source, MeshTable> sources = new HashMap<>();
        query.sources().stream().map(Located::value).forEach(source -> mesh.table(source.domain(), source.table()).ifPresent(table -> sources.put(source, table)));
        Map<Source, KnownTable> said = new HashMap<>();
        sources.forEach((source, table) -> said.put(source, of(table)));
        Optional<Map<String, ColumnOrigin>> origins = QueryLineage.of(query, domain, source -> Optional.ofNullable(sources.get(source)).map(table -> table.table().columns().stream().map(column -> column.name().toLowerCase(ENGLISH)).collect(toImmutableList())));
        SortedMap<String, ColumnWords> columns = new TreeMap<>();
        for (Column column : promised) {
            String name = Words.key(FieldKnowledge.physicalName(column));
            KnownWords words = origins.map(found -> Optional.ofNullable(found.get(column.name())).map(origin -> words(origin, sources, said)).orElse(KnownWords.NONE))
                    .orElseGet(() -> everything(sources, said));
            columns.put(name, words.column());
            words.fields().forEach((path, field) -> columns.put(name + "." + path, field));
        }
        KnownTable result = new KnownTable(
                sources.entrySet().stream()
                        .flatMap(entry -> Sets.union(ImmutableSet.of(ProductWords.of(entry.getValue().product())), said.get(entry.getKey()).products()).stream())
                        .collect(toImmutableSet()),
                ImmutableSortedMap.copyOfSorted(columns));
        known.put(query, result);
        return result;
    }

    private KnownTable of(MeshTable table)
    {
        DomainRules domain = mesh.domain(table.product().domain()).map(Domain::rules).orElse(DomainRules.NONE);
        KnownTable said = FieldKnowledge.said(table.product(), domain, table.table());
        return said.and(table.table().query()
                .map(query -> of(query, table.product().domain(), table.table().columns()))
                .orElseGet(() -> knowledge.of(table.table().source())));
    }

    private static KnownWords words(ColumnOrigin origin, Map<Source, MeshTable> sources, Map<Source, KnownTable> said)
    {
        KnownWords shown = all(origin.shown().stream().map(column -> words(column, sources, said)).toList());
        KnownWords computed = all(origin.sources().stream().map(column -> words(column, sources, said)).toList());
        return shown.and(new KnownWords(new ColumnWords(ImmutableSet.of(), computed.column().classifications(), computed.column().tags(), ImmutableSet.of()), ImmutableMap.of()));
    }

    private static KnownWords everything(Map<Source, MeshTable> sources, Map<Source, KnownTable> said)
    {
        return all(sources.entrySet().stream()
                .flatMap(source -> source.getValue().table().columns().stream().map(column -> words(column, said.get(source.getKey()))))
                .toList());
    }

    private static KnownWords all(List<KnownWords> words)
    {
        return words.stream().reduce(KnownWords.NONE, KnownWords::and);
    }

    private static KnownWords words(SourceColumn column, Map<Source, MeshTable> sources, Map<Source, KnownTable> said)
    {
        return sources.get(column.table()).table().columns().stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(column.column()))
                .findFirst()
                .map(found -> words(found, said.get(column.table())))
                .orElse(KnownWords.NONE);
    }

    private static KnownWords words(Column column, KnownTable said)
    {
        ColumnWords names = ColumnWords.of(ImmutableList.of(column.name(), FieldKnowledge.physicalName(column)), ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
        return new KnownWords(names, ImmutableMap.of()).and(FieldKnowledge.known(said, column));
    }
}
