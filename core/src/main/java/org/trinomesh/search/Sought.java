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

import com.google.common.collect.ImmutableList;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.trinomesh.search.WordAnalyzer.Word;

import java.util.List;

import static com.google.common.base.CharMatcher.inRange;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A word of the index that is looked for in one field, because it is the word of the request or is like it.
 */
record Sought(SearchField field, Term term, float weight)
{
    private static final float SIMILAR = 0.3f;
    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_WITH_AN_ERROR = 5;
    private static final int SHORTEST_WITH_TWO_ERRORS = 6;
    /**
     * Longer words would make large automata.
     */
    private static final int LONGEST_WITH_AN_ERROR = 60;

    Sought
    {
        requireNonNull(field, "field is null");
        requireNonNull(term, "term is null");
    }

    static List<Sought> exact(Word word)
    {
        ImmutableList.Builder<Sought> sought = ImmutableList.builder();
        for (SearchField field : SearchField.values()) {
            word.forms().forEach(form -> sought.add(new Sought(field, new Term(field.indexName(), form), field.weight())));
        }
        return sought.build();
    }

    /**
     * Words that begin so, and those that differ in a letter or two. All that the index has: among the first so many would be
     * those of hidden products.
     */
    static List<Sought> similar(MeshIndex index, Word word)
    {
        String written = word.written();
        ImmutableList.Builder<CompiledAutomaton> likenesses = ImmutableList.builder();
        if (written.length() >= SHORTEST_BEGINNING) {
            likenesses.add(new CompiledAutomaton(PrefixQuery.toAutomaton(new BytesRef(written)), false, true, true));
        }
        if (written.length() >= SHORTEST_WITH_AN_ERROR && written.length() <= LONGEST_WITH_AN_ERROR && !inRange('0', '9').matchesAllOf(written)) {
            likenesses.add(FuzzyQuery.getFuzzyAutomaton(written, written.length() >= SHORTEST_WITH_TWO_ERRORS ? 2 : 1, 1, true));
        }
        List<CompiledAutomaton> all = likenesses.build();
        return ImmutableList.copyOf(SearchField.values()).stream()
                .flatMap(field -> index.terms(field, all).stream().map(term -> new Sought(field, term, SIMILAR * field.weight())))
                .collect(toImmutableList());
    }
}
