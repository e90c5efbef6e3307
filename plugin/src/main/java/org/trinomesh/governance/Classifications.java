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

import java.util.List;

/**
 * The order of the usual words for confidentiality. Another word is neither weaker nor stronger than any.
 */
final class Classifications
{
    private static final List<String> ASCENDING = ImmutableList.of("public", "internal", "confidential", "restricted");

    private Classifications() {}

    /**
     * Whether what is said of one word holds for another too: for the word itself, and for those that are stronger.
     */
    static boolean includes(String word, String other)
    {
        return word.equals(other) || isWeaker(word, other);
    }

    static boolean isWeaker(String word, String than)
    {
        int own = ASCENDING.indexOf(word);
        int other = ASCENDING.indexOf(than);
        return own >= 0 && other >= 0 && own < other;
    }
}
