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
package org.trinomesh.conformance;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Set;

/**
 * Recognizes column names that look as if the column held data about persons:
 * <ul>
 * <li>{@code email}, {@code ssn}, {@code dob}, {@code surname}, alone or as a word of a longer name: {@code customer_email},
 * {@code email_verified}
 * <li>{@code phone} likewise, but not when the next word makes it a device: {@code phone_model}, {@code phone_brand},
 * {@code phone_os}
 * <li>{@code address} likewise, also {@code ip_address} and {@code mac_address}, but not when the word before it makes it a
 * place in a machine: {@code memory_address}, {@code bus_address}, {@code register_address}
 * <li>{@code name} alone, and {@code first_name}, {@code last_name}, {@code full_name}, {@code middle_name},
 * {@code maiden_name}, {@code customer_name}, {@code person_name}, also inside a longer name. Any other name of something is
 * none: {@code campaign_name}.
 * </ul>
 * Words are what stands between underscores, whatever their case. Nothing else counts: a name such as {@code emailaddress} or
 * {@code birthday} needs the tag {@code pii}.
 */
public final class PiiNames
{
    private static final Splitter WORDS = Splitter.on('_').omitEmptyStrings();
    private static final Set<String> PERSONAL = ImmutableSet.of("email", "ssn", "dob", "surname");
    private static final Set<String> DEVICE_WORDS = ImmutableSet.of("brand", "model", "os");
    private static final Set<String> MACHINE_WORDS = ImmutableSet.of("bus", "memory", "register");
    private static final Set<String> NAMED_PERSONS = ImmutableSet.of("customer", "first", "full", "last", "maiden", "middle", "person");

    private PiiNames() {}

    /**
     * @param column a column name in SQL
     */
    public static boolean looksLikePii(String column)
    {
        List<String> words = WORDS.splitToList(Ascii.toLowerCase(column));
        for (int i = 0; i < words.size(); i++) {
            String before = i == 0 ? "" : words.get(i - 1);
            String after = i == words.size() - 1 ? "" : words.get(i + 1);
            if (isPersonal(before, words.get(i), after, words.size() == 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPersonal(String before, String word, String after, boolean alone)
    {
        return switch (word) {
            case "phone" -> !DEVICE_WORDS.contains(after);
            case "address" -> !MACHINE_WORDS.contains(before);
            case "name" -> alone || NAMED_PERSONS.contains(before);
            default -> PERSONAL.contains(word);
        };
    }
}
