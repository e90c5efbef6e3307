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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Terms.Definition;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a document says about a column besides its type and its protection. Nothing here decides what is served.
 *
 * @param businessName how people call it
 * @param synonyms other words under which people look for it
 * @param examples values that its author wrote down as examples
 * @param sources the columns it is made of, as written: {@code sales.customer_360.email}
 * @param transformation how it is made of them
 * @param unique whether no two rows have the same value
 * @param primaryKeyPosition place in the primary key, from 1
 * @param critical whether the business depends on it
 * @param physicalName what the table itself calls it, where that is another name
 * @param encryptedName the column that holds the same values encrypted
 * @param deprecated whether new uses should do without it
 * @param definitions where it is defined
 * @param dimensions how many numbers a vector has
 */
public record ColumnDetails(
        Optional<String> businessName,
        List<String> synonyms,
        List<String> examples,
        List<Located<String>> sources,
        Optional<String> transformation,
        boolean unique,
        Optional<Integer> primaryKeyPosition,
        boolean critical,
        Optional<String> physicalName,
        Optional<String> encryptedName,
        boolean deprecated,
        List<Definition> definitions,
        Optional<Integer> dimensions)
{
    public static final ColumnDetails NONE = new ColumnDetails(Optional.empty(), ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), Optional.empty(), false, Optional.empty(), false);

    public ColumnDetails(
            Optional<String> businessName,
            List<String> synonyms,
            List<String> examples,
            List<Located<String>> sources,
            Optional<String> transformation,
            boolean unique,
            Optional<Integer> primaryKeyPosition,
            boolean critical)
    {
        this(businessName, synonyms, examples, sources, transformation, unique, primaryKeyPosition, critical, Optional.empty(), Optional.empty(), false, ImmutableList.of(), Optional.empty());
    }

    public ColumnDetails
    {
        requireNonNull(businessName, "businessName is null");
        synonyms = ImmutableList.copyOf(requireNonNull(synonyms, "synonyms is null"));
        examples = ImmutableList.copyOf(requireNonNull(examples, "examples is null"));
        sources = ImmutableList.copyOf(requireNonNull(sources, "sources is null"));
        requireNonNull(transformation, "transformation is null");
        requireNonNull(primaryKeyPosition, "primaryKeyPosition is null");
        requireNonNull(physicalName, "physicalName is null");
        requireNonNull(encryptedName, "encryptedName is null");
        definitions = ImmutableList.copyOf(requireNonNull(definitions, "definitions is null"));
        requireNonNull(dimensions, "dimensions is null");
    }

    /**
     * These details with those that another document adds. Where both have a value, this one counts.
     */
    public ColumnDetails with(ColumnDetails other)
    {
        return new ColumnDetails(
                businessName.or(other::businessName),
                joined(synonyms, other.synonyms),
                joined(examples, other.examples),
                joined(sources, other.sources),
                transformation.or(other::transformation),
                unique || other.unique,
                primaryKeyPosition.or(other::primaryKeyPosition),
                critical || other.critical,
                physicalName.or(other::physicalName),
                encryptedName.or(other::encryptedName),
                deprecated || other.deprecated,
                joined(definitions, other.definitions),
                dimensions.or(other::dimensions));
    }

    private static <T> List<T> joined(List<T> left, List<T> right)
    {
        return ImmutableList.<T>builder().addAll(left).addAll(right).build();
    }
}
