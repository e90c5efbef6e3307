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
package org.trinomesh.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * Finds the known word that the author of a misspelt one most probably meant.
 */
public final class Spelling
{
    // A longer name is not a misspelling of an existing one, and the time of a comparison grows with the product of the lengths
    private static final int MAXIMUM_LENGTH = 200;

    private Spelling() {}

    /**
     * The known word next to a written one, unless all are far from it.
     */
    public static Optional<String> nearest(Collection<String> known, String written)
    {
        if (written.length() > MAXIMUM_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> distance(written.toLowerCase(ENGLISH), word.toLowerCase(ENGLISH)) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    /**
     * The known word from which a written one differs by a slip of at most two letters, for words that may well be others.
     */
    public static Optional<String> slipOf(Collection<String> known, String written)
    {
        return nearest(known, written).filter(word -> distance(written.toLowerCase(ENGLISH), word.toLowerCase(ENGLISH)) <= 2);
    }

    private static int distance(String left, String right)
    {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
