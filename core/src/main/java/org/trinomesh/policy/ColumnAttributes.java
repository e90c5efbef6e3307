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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.type.DataType;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The attributes of a column, or of a field inside one, that rules can match: what it declares, otherwise what it inherits.
 *
 * @param path the column's name; for a field inside it {@code address.street}
 * @param classification the strictest that counts, as it is shown
 * @param identifier the identifier type that it declares, or that goes by its name
 * @param said the words that its product says of it, or lets it inherit
 * @param ruled the words that classification rules add
 * @param known further words by which rules of the whole mesh match it: words that other products, or earlier versions of this one, say of
 *         the same field of the same table, so that nobody can drop a word to escape a rule
 */
public record ColumnAttributes(
        String path,
        DataType type,
        Optional<String> classification,
        Set<String> tags,
        Optional<String> identifier,
        ColumnWords said,
        ColumnWords ruled,
        KnownWords known)
{
    public ColumnAttributes
    {
        requireNonNull(path, "path is null");
        requireNonNull(type, "type is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(identifier, "identifier is null");
        requireNonNull(said, "said is null");
        requireNonNull(ruled, "ruled is null");
        requireNonNull(known, "known is null");
    }

    /**
     * @param otherNames what the column is called besides its path
     */
    public static ColumnAttributes of(String path, Collection<String> otherNames, DataType type, Optional<String> classification, Set<String> tags, Optional<String> identifier)
    {
        ColumnWords said = ColumnWords.of(
                ImmutableList.<String>builder().add(path).addAll(otherNames).build(),
                classification.stream().collect(toImmutableSet()),
                tags,
                identifier.stream().collect(toImmutableSet()));
        return new ColumnAttributes(path, type, classification, tags, identifier, said, ColumnWords.NONE, KnownWords.NONE);
    }

    ColumnAttributes with(KnownWords known)
    {
        // Mostly the column's own words are all that is known, and are kept once
        return new ColumnAttributes(path, type, classification, tags, identifier, known.column().equals(said) ? known.column() : said, ruled, known);
    }

    /**
     * These attributes with those that a rule adds. The classification never becomes weaker, and rules match both the column's own word
     * and the rule's.
     */
    ColumnAttributes with(Optional<String> classification, Set<String> tags)
    {
        return with(ColumnWords.of(ImmutableSet.of(), classification.stream().collect(toImmutableSet()), tags, ImmutableSet.of()), classification, tags);
    }

    private ColumnAttributes with(ColumnWords words, Optional<String> ruledClassification, Set<String> moreTags)
    {
        return new ColumnAttributes(
                path,
                type,
                ruledClassification.filter(word -> classification.isEmpty() || Classifications.isWeaker(classification.get(), word)).or(() -> classification),
                ImmutableSet.<String>builder().addAll(tags).addAll(moreTags).build(),
                identifier,
                said,
                ruled.and(words),
                known);
    }

    /**
     * A field inside, with what rules say of this column: no word of its own undoes that.
     */
    ColumnAttributes rules(ColumnAttributes field)
    {
        return ruled.isEmpty() ? field : field.with(new ColumnWords(ImmutableSet.of(), ruled.classifications(), ruled.tags(), ImmutableSet.of()), ruled.classifications().stream().max(Classifications.WEAKEST_FIRST), ImmutableSet.of());
    }

    /**
     * The words by which rules of a level match it.
     */
    public ColumnWords words(Level level)
    {
        ColumnWords words = said.and(ruled);
        return level == Level.GLOBAL ? words.and(known.column()) : words;
    }
}
