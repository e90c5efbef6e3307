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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.text.Words;

import java.util.Collection;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The words that rules may find a column by, as {@link Words#key} has them.
 *
 * @param names what the column is called: the promised name, and the table's own name where that is another one
 */
public record ColumnWords(Set<String> names, Set<String> classifications, Set<String> tags, Set<String> identifiers)
{
    public static final ColumnWords NONE = new ColumnWords(ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of());

    public ColumnWords
    {
        names = ImmutableSet.copyOf(requireNonNull(names, "names is null"));
        classifications = ImmutableSet.copyOf(requireNonNull(classifications, "classifications is null"));
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        identifiers = ImmutableSet.copyOf(requireNonNull(identifiers, "identifiers is null"));
    }

    public static ColumnWords of(Collection<String> names, Collection<String> classifications, Collection<String> tags, Collection<String> identifiers)
    {
        return new ColumnWords(keys(names), keys(classifications), keys(tags), keys(identifiers));
    }

    /**
     * Whether nothing is said of the column besides its names.
     */
    public boolean areNamesOnly()
    {
        return classifications.isEmpty() && tags.isEmpty() && identifiers.isEmpty();
    }

    boolean isEmpty()
    {
        return equals(NONE);
    }

    public ColumnWords and(ColumnWords other)
    {
        if (other.isEmpty() || other.equals(this)) {
            return this;
        }
        return new ColumnWords(
                Sets.union(names, other.names),
                Sets.union(classifications, other.classifications),
                Sets.union(tags, other.tags),
                Sets.union(identifiers, other.identifiers));
    }

    /**
     * What these words have and others lack.
     */
    ColumnWords without(ColumnWords other)
    {
        return new ColumnWords(
                Sets.difference(names, other.names),
                Sets.difference(classifications, other.classifications),
                Sets.difference(tags, other.tags),
                Sets.difference(identifiers, other.identifiers));
    }

    private static Set<String> keys(Collection<String> words)
    {
        // Mostly they are written as keys already, and the columns of a product share one set of tags
        for (String word : words) {
            if (!Words.isKey(word)) {
                return words.stream().map(Words::key).collect(toImmutableSet());
            }
        }
        return ImmutableSet.copyOf(words);
    }
}
