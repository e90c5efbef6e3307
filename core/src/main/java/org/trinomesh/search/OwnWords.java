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

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.SmallFloat;

/**
 * Scores a text by its own words alone: how often it has the word, and how many others. Texts of other products, which the
 * requester may not know, do not influence the score.
 */
final class OwnWords
        extends Similarity
{
    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms)
    {
        return new SimScorer()
        {
            @Override
            public float score(float frequency, long norm)
            {
                double length = Math.max(1, SmallFloat.byte4ToInt((byte) norm));
                return (float) (boost * frequency / (frequency + 0.5) / (1 + Math.log(length) / 8));
            }
        };
    }
}
