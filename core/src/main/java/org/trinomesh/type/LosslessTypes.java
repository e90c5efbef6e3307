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
package org.trinomesh.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.lang.Integer.parseInt;

/**
 * Decides which types hold every value of which other types. These are Iceberg's promotions, which a reader may apply to
 * older files.
 *
 * @see <a href="https://iceberg.apache.org/spec/#schema-evolution">Iceberg table spec, Schema Evolution</a>
 */
public final class LosslessTypes
{
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(([0-9]{1,3}),([0-9]{1,3})\\)");

    private LosslessTypes() {}

    /**
     * Whether every value of one scalar type, as SQL writes it, is one of the other, wider type.
     */
    public static boolean widens(String from, String to)
    {
        if (from.equals("integer") || from.equals("real")) {
            return to.equals(from.equals("integer") ? "bigint" : "double");
        }
        Matcher narrow = DECIMAL.matcher(from);
        Matcher wide = DECIMAL.matcher(to);
        return narrow.matches() && wide.matches() &&
                parseInt(narrow.group(2)) == parseInt(wide.group(2)) &&
                parseInt(narrow.group(1)) < parseInt(wide.group(1));
    }
}
