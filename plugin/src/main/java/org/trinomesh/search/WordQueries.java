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
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.trinomesh.search.WordAnalyzer.Word;

import java.util.List;

import static com.google.common.base.CharMatcher.inRange;
import static java.util.Objects.requireNonNull;

/**
 * How one word is looked for in one field. Nothing is limited to the first so many words of the index: those of hidden
 * products would be among them.
 */
record WordQueries(SearchField field, Query query, float weight)
{
    private static final float SIMILAR = 0.3f;
    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_WITH_AN_ERROR = 5;
    private static final int SHORTEST_WITH_TWO_ERRORS = 8;
    /**
     * Longer words would make large automata.
     */
    private static final int LONGEST_WITH_AN_ERROR = 60;

    WordQueries
    {
        requireNonNull(field, "field is null");
        requireNonNull(query, "query is null");
    }

    static List<WordQueries> exact(Word word)
    {
        ImmutableList.Builder<WordQueries> queries = ImmutableList.builder();
        for (SearchField field : SearchField.values()) {
            word.forms().forEach(form -> queries.add(new WordQueries(field, new TermQuery(new Term(field.indexName(), form)), field.weight())));
        }
        return queries.build();
    }

    /**
     * Words that begin so, and those that differ in a letter or two.
     */
    static List<WordQueries> similar(Word word)
    {
        ImmutableList.Builder<WordQueries> queries = ImmutableList.builder();
        int length = word.written().length();
        for (SearchField field : SearchField.values()) {
            Term term = new Term(field.indexName(), word.written());
            if (length >= SHORTEST_BEGINNING) {
                queries.add(new WordQueries(field, new PrefixQuery(term), SIMILAR * field.weight()));
            }
            if (length >= SHORTEST_WITH_AN_ERROR && length <= LONGEST_WITH_AN_ERROR && !inRange('0', '9').matchesAllOf(word.written())) {
                Query query = new FuzzyQuery(
                        term,
                        length >= SHORTEST_WITH_TWO_ERRORS ? 2 : 1,
                        1,
                        Integer.MAX_VALUE,
                        true,
                        MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
                queries.add(new WordQueries(field, query, SIMILAR * field.weight()));
            }
        }
        return queries.build();
    }
}
