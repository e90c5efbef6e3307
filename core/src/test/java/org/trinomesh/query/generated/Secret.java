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
package org.trinomesh.query.generated;

import com.google.common.collect.ImmutableSet;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A column, or a field of one, that readers of its stored product see masked or not at all. Its values are found nowhere else in the
 * mesh, so that each of them tells where it comes from.
 *
 * @param number by which its values are told from those of others
 * @param tagged whether it is masked by a tag, which values have that are computed from it, too
 * @param clearTo the publishing domains that see it as it is
 */
public record Secret(int number, String name, boolean tagged, Set<String> clearTo)
{
    private static final Pattern CANARY = Pattern.compile("(?i)zq(\\d{2})\\d{3}zq|990(\\d{2})\\d{3}099");

    public Secret
    {
        requireNonNull(name, "name is null");
        clearTo = ImmutableSet.copyOf(requireNonNull(clearTo, "clearTo is null"));
    }

    /**
     * SQL of its value in a row of the stored table.
     *
     * @param row less than 1000
     */
    String text(int row)
    {
        return "VARCHAR 'zq%02d%03dzq@mail.example'".formatted(number, row);
    }

    String number(int row)
    {
        return "BIGINT '990%02d%03d099'".formatted(number, row);
    }

    /**
     * The secrets whose values a text shows as they are.
     */
    public static Set<Secret> shownIn(String text)
    {
        Matcher matcher = CANARY.matcher(text);
        return matcher.results()
                .map(found -> Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1)))
                .map(MaskedSources::secret)
                .collect(toImmutableSet());
    }

    @Override
    public String toString()
    {
        return name;
    }
}
