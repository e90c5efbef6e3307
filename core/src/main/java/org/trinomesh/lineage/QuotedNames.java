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
package org.trinomesh.lineage;

import com.google.common.collect.ImmutableList;

import java.util.List;

/**
 * Splits names of several parts, {@code lake.sales.orders}. A part may be in the quotes of SQL or in those of Spark and MySQL, and
 * then may have dots: {@code "lake"."sales"."orders.2026"}.
 */
final class QuotedNames
{
    private QuotedNames() {}

    /**
     * @return the parts without quotes, and without those that are empty
     */
    static List<String> split(String name)
    {
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (int index = 0; index < name.length(); index++) {
            char letter = name.charAt(index);
            boolean doubled = quote != 0 && letter == quote && index + 1 < name.length() && name.charAt(index + 1) == quote;
            if (doubled) {
                part.append(letter);
                index++;
            }
            else if (quote != 0 && letter == quote) {
                quote = 0;
            }
            // A quote within a part is a letter
            else if (quote == 0 && part.isEmpty() && (letter == '"' || letter == '`') && name.indexOf(letter, index + 1) > 0) {
                quote = letter;
            }
            else if (quote == 0 && letter == '.') {
                add(parts, part);
            }
            else {
                part.append(letter);
            }
        }
        add(parts, part);
        return parts.build();
    }

    private static void add(ImmutableList.Builder<String> parts, StringBuilder part)
    {
        if (!part.isEmpty()) {
            parts.add(part.toString());
        }
        part.setLength(0);
    }
}
