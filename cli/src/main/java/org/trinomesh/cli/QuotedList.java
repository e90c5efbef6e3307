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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;

import java.util.List;

/**
 * Parses a list in one argument, written as in CSV: commas between the entries, and quotes around an entry with a comma in it. A
 * quote inside of quotes is written twice. The directory service's names of groups have commas.
 */
final class QuotedList
{
    private QuotedList() {}

    /**
     * @throws IllegalArgumentException when the list cannot be read; the message says why
     */
    static List<String> split(String written)
    {
        ImmutableList.Builder<String> entries = ImmutableList.builder();
        int position = 0;
        while (true) {
            StringBuilder entry = new StringBuilder();
            position = written.startsWith("\"", position) ? quoted(written, position + 1, entry) : plain(written, position, entry);
            entries.add(entry.toString());
            if (position == written.length()) {
                return entries.build();
            }
            if (written.charAt(position) != ',') {
                throw new IllegalArgumentException("'%s' follows a closing quote, where a comma should".formatted(written.substring(position)));
            }
            position++;
        }
    }

    private static int plain(String written, int start, StringBuilder entry)
    {
        int comma = written.indexOf(',', start);
        int end = comma < 0 ? written.length() : comma;
        entry.append(written, start, end);
        return end;
    }

    private static int quoted(String written, int start, StringBuilder entry)
    {
        int position = start;
        while (position < written.length()) {
            char character = written.charAt(position);
            boolean doubled = character == '"' && written.startsWith("\"", position + 1);
            if (character == '"' && !doubled) {
                return position + 1;
            }
            entry.append(character);
            position += doubled ? 2 : 1;
        }
        throw new IllegalArgumentException("a quote is not closed");
    }
}
