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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import org.trinomesh.text.Words;

import java.util.Comparator;
import java.util.List;

/**
 * The usual classifications, in their order. Any other word is neither weaker nor stronger: rules may give it a meaning of its
 * own.
 */
public final class Classifications
{
    public static final List<String> ASCENDING = ImmutableList.of("public", "internal", "confidential", "restricted");
    static final String STRICTEST = ASCENDING.getLast();

    /**
     * Words without a place in the order come first.
     */
    public static final Comparator<String> WEAKEST_FIRST = Comparator.comparingInt(word -> ASCENDING.indexOf(Words.key(word)));

    private Classifications() {}

    /**
     * Whether a rule about one word also applies to another: it applies to the word itself and to stronger words.
     */
    static boolean includes(String word, String other)
    {
        return Words.isSame(word, other) || isWeaker(word, other);
    }

    public static boolean isWeaker(String word, String than)
    {
        int own = ASCENDING.indexOf(Words.key(word));
        int other = ASCENDING.indexOf(Words.key(than));
        return own >= 0 && other >= 0 && own < other;
    }

    static boolean isKnown(String word)
    {
        return ASCENDING.contains(Words.key(word));
    }
}
