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
package org.trinomesh.search;

import org.trinomesh.governance.GovernedMesh;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.search.WordAnalyzer.Word;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * One search. It goes by what the requester may know and by nothing else: which products and columns count, how rare a word
 * is, and whether a word has to be taken for a typing error.
 */
final class Ranking
{
    private final MeshIndex index;
    private final GovernedMesh mesh;
    private final SearchRequest request;
    private final BitSet asked;
    private final Map<MeshTable, TableAccess> access = new IdentityHashMap<>();

    Ranking(MeshIndex index, GovernedMesh mesh, SearchRequest request)
    {
        this.index = requireNonNull(index, "index is null");
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.request = requireNonNull(request, "request is null");
        this.asked = IntStream.range(0, index.products().size())
                .filter(number -> isAsked(index.products().get(number)))
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private boolean isAsked(DataProduct product)
    {
        return request.asksFor(product) && mesh.decide(product).isDiscoverable();
    }

    List<Found> found()
    {
        List<Word> words = index.words(request.text());
        double[] scores = new double[index.products().size()];
        int[] matches = new int[scores.length];
        List<WordQueries> effective = new ArrayList<>();
        for (Word word : words) {
            List<WordQueries> queries = WordQueries.exact(word);
            float[] best = best(queries);
            if (IntStream.range(0, best.length).allMatch(number -> best[number] == 0)) {
                queries = WordQueries.similar(word);
                add(queries, best);
            }
            effective.addAll(queries);
            long having = IntStream.range(0, best.length).filter(number -> best[number] > 0).count();
            double rarity = 1 + Math.log((asked.cardinality() + 1.0) / (having + 1.0));
            for (int number = 0; number < best.length; number++) {
                if (best[number] > 0) {
                    scores[number] += rarity * best[number];
                    matches[number]++;
                }
            }
        }
        List<Integer> ranked = IntStream.range(0, scores.length)
                .filter(number -> matches[number] > 0)
                .boxed()
                .sorted(comparing((Integer number) -> -score(scores, matches, words, number))
                        .thenComparing(number -> index.products().get(number).qualifiedName())
                        .thenComparing(number -> -index.products().get(number).version().major()))
                .limit(request.limit())
                .collect(toImmutableList());
        Map<Integer, Set<String>> places = places(effective, ranked);
        return ranked.stream()
                .map(number -> new Found(index.products().get(number), score(scores, matches, words, number), List.copyOf(places.get(number))))
                .collect(toImmutableList());
    }

    /**
     * Whoever has more of the words comes first.
     */
    private static double score(double[] scores, int[] matches, List<Word> words, int number)
    {
        return Math.round(scores[number] * matches[number] / words.size() * 1_000) / 1_000.0;
    }

    private float[] best(List<WordQueries> queries)
    {
        float[] best = new float[index.products().size()];
        add(queries, best);
        return best;
    }

    private void add(List<WordQueries> queries, float[] best)
    {
        for (WordQueries query : queries) {
            index.find(query.query(), (entry, score) -> {
                if (asked.get(entry.product()) && query.weight() * score > best[entry.product()] && isVisible(entry)) {
                    best[entry.product()] = query.weight() * score;
                }
            });
        }
    }

    private Map<Integer, Set<String>> places(List<WordQueries> queries, List<Integer> ranked)
    {
        Map<Integer, Set<String>> found = new HashMap<>();
        ranked.forEach(number -> found.put(number, new LinkedHashSet<>()));
        for (SearchField field : SearchField.values()) {
            queries.stream()
                    .filter(query -> query.field() == field)
                    .forEach(query -> index.find(query.query(), (entry, _) -> {
                        if (found.containsKey(entry.product()) && isVisible(entry)) {
                            found.get(entry.product()).add(place(field, entry));
                        }
                    }));
        }
        return found;
    }

    private static String place(SearchField field, Entry entry)
    {
        return entry.column().map(column -> "column " + column.name()).orElseGet(() -> field.name().toLowerCase(ENGLISH));
    }

    private boolean isVisible(Entry entry)
    {
        return entry.column()
                .filter(column -> access.computeIfAbsent(column.table(), mesh::columns).isHidden(column.name()))
                .isEmpty();
    }
}
