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

import org.trinomesh.search.MeshIndex.Visible;
import org.trinomesh.search.WordAnalyzer.Word;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static com.google.common.collect.Comparators.least;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Ranks the results of one search. It only uses what the requester may know: for the products and columns that count, for
 * how rare a word is, and for whether a word is a typing error.
 */
final class Ranking
{
    private final MeshIndex index;
    private final SearchRequest request;
    private final BitSet visible;
    private final BitSet asked;

    Ranking(MeshIndex index, SearchAudience audience, SearchRequest request)
    {
        this.index = requireNonNull(index, "index is null");
        this.request = requireNonNull(request, "request is null");
        Visible known = index.visible(audience);
        this.visible = known.entries();
        this.asked = request.asksForAll() ? known.products() : known.products().stream()
                                                               .filter(number -> request.asksFor(index.product(number)))
                                                               .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    List<Found> found()
    {
        List<Word> words = index.words(request.text());
        double[] scores = new double[index.size()];
        int[] matches = new int[scores.length];
        List<Sought> effective = new ArrayList<>();
        for (Word word : words) {
            List<Sought> sought = Sought.exact(word);
            float[] best = new float[scores.length];
            int having = find(sought, best);
            if (having == 0) {
                sought = Sought.similar(index, word);
                having = find(sought, best);
            }
            effective.addAll(sought);
            double rarity = 1 + Math.log((asked.cardinality() + 1.0) / (having + 1.0));
            for (int number = 0; number < best.length; number++) {
                if (best[number] > 0) {
                    scores[number] += rarity * best[number];
                    matches[number]++;
                }
            }
        }
        for (int number = 0; number < scores.length; number++) {
            // Products with more of the words come first
            scores[number] = Math.round(scores[number] * matches[number] / Math.max(1, words.size()) * 1_000) / 1_000.0;
        }
        List<Integer> ranked = IntStream.range(0, scores.length)
                .filter(number -> matches[number] > 0)
                .boxed()
                .collect(least(request.limit(), comparing((Integer number) -> -scores[number]).thenComparing(index::place)));
        Map<Integer, Set<String>> places = places(effective, ranked);
        return ranked.stream()
                .map(number -> new Found(index.product(number), scores[number], List.copyOf(places.get(number))))
                .collect(toImmutableList());
    }

    /**
     * @param best the best place of the word in each product, in which it is raised
     * @return how many products have the word
     */
    private int find(List<Sought> words, float[] best)
    {
        int[] having = new int[1];
        for (Sought sought : words) {
            index.find(sought.term(), visible, (_, product, score) -> {
                float weighted = sought.weight() * score;
                if (asked.get(product) && weighted > best[product]) {
                    having[0] += best[product] == 0 ? 1 : 0;
                    best[product] = weighted;
                }
            });
        }
        return having[0];
    }

    private Map<Integer, Set<String>> places(List<Sought> words, List<Integer> ranked)
    {
        Map<Integer, Set<String>> places = new HashMap<>();
        ranked.forEach(number -> places.put(number, new LinkedHashSet<>()));
        for (SearchField field : SearchField.values()) {
            for (Sought sought : words) {
                if (sought.field() == field) {
                    index.find(sought.term(), visible, (entry, product, _) -> {
                        Set<String> found = places.get(product);
                        if (found != null) {
                            found.add(index.column(entry).map(column -> "column " + column).orElseGet(() -> field.name().toLowerCase(ENGLISH)));
                        }
                    });
                }
            }
        }
        return places;
    }
}
