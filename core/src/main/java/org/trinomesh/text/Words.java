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

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Normalizes the words of governance for comparisons: classifications, tags, tiers, identifier types and names. Many people write
 * them, so that {@code Restricted}, {@code RESTRICTED} and {@code restricted} must be one word: a rule that matches by one of them
 * must not miss the others.
 */
public final class Words
{
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}\\p{Cc}]+");

    private Words() {}

    /**
     * What all spellings of a word have in common: no case, no blanks around, and one form of letters that look the same in print.
     */
    public static String key(String written)
    {
        if (isPlain(written)) {
            return written;
        }
        return BLANKS.matcher(Normalizer.normalize(written, Form.NFKC)).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The same for names of domains, data products and tables, which SQL writes with '_' for '-'.
     */
    public static String nameKey(String written)
    {
        return key(written).replace('-', '_');
    }

    public static boolean isSame(String left, String right)
    {
        return left.equals(right) || key(left).equals(key(right));
    }

    /**
     * Whether a word is written as its own key, as far as can be told at a glance.
     */
    public static boolean isKey(String word)
    {
        return isPlain(word);
    }

    private static boolean isPlain(String word)
    {
        for (int index = 0; index < word.length(); index++) {
            char character = word.charAt(index);
            if (character <= ' ' || character > '~' || (character >= 'A' && character <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
