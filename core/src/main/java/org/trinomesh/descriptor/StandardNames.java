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
package org.trinomesh.descriptor;

import org.trinomesh.problem.Located;

import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * Converts names of the open standards, which are free text, into names of the mesh, which are part of SQL.
 */
public final class StandardNames
{
    private StandardNames() {}

    /**
     * {@code customer-data-product} for {@code Customer Data Product}; as it is written where that makes no name.
     */
    public static Located<String> product(Located<String> written)
    {
        String name = joined(written.value(), "-");
        return name.isEmpty() ? written : new Located<>(name, written.position());
    }

    /**
     * {@code air_quality} for {@code Air Quality}.
     */
    static Located<String> table(Located<String> written)
    {
        String name = joined(written.value(), "_");
        return name.isEmpty() ? written : new Located<>(name, written.position());
    }

    /**
     * {@code major.minor.patch} for {@code v2} and {@code 2.1}, as far as it is one.
     */
    public static Located<String> version(Located<String> written)
    {
        String version = written.value().matches("[vV][0-9].*") ? written.value().substring(1) : written.value();
        if (version.matches("[0-9]+")) {
            version += ".0.0";
        }
        else if (version.matches("[0-9]+[.][0-9]+")) {
            version += ".0";
        }
        return new Located<>(version, written.position());
    }

    /**
     * A key of a fixed vocabulary, whatever its case.
     */
    public static Optional<String> canonical(String written, Iterable<String> vocabulary)
    {
        for (String word : vocabulary) {
            if (word.equalsIgnoreCase(written)) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    private static String joined(String text, String separator)
    {
        return text.strip().toLowerCase(ENGLISH).replaceAll("[^a-z0-9_-]+", separator).replaceAll("^[^a-z]+|[-_]+$", "");
    }
}
