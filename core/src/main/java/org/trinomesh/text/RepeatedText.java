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

import static java.util.Objects.requireNonNull;

/**
 * One object for texts that many documents repeat, such as names of types, tags and usual columns. It forgets texts again, so that it
 * never grows; then a text is kept twice, which nobody notices.
 */
public final class RepeatedText
{
    private static final int LONGEST = 40;
    private static final int PLACES = 1 << 14;

    // Written without a lock: a reader finds null, or an immutable text that it compares
    private static final String[] TEXTS = new String[PLACES];

    private RepeatedText() {}

    /**
     * @return an equal text
     */
    public static String of(String text)
    {
        requireNonNull(text, "text is null");
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        String known = TEXTS[place];
        if (text.equals(known)) {
            return known;
        }
        TEXTS[place] = text;
        return text;
    }
}
