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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import org.trinomesh.text.Words;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * Everything that data products say, or once said, of one physical table.
 *
 * @param products those that publish it, or did
 * @param columns by the names that the table itself has, {@code address.street}; only where more is said than the name
 */
public record KnownTable(Set<ProductWords> products, SortedMap<String, ColumnWords> columns)
{
    static final String ID = "#";

    public static final KnownTable NONE = new KnownTable(ImmutableSet.of(), ImmutableSortedMap.of());

    public KnownTable
    {
        products = ImmutableSet.copyOf(requireNonNull(products, "products is null"));
        columns = ImmutableSortedMap.copyOf(requireNonNull(columns, "columns is null"));
    }

    KnownTable and(KnownTable other)
    {
        if (columns.equals(other.columns) && products.containsAll(other.products)) {
            return this;
        }
        SortedMap<String, ColumnWords> merged = new TreeMap<>(columns);
        other.columns.forEach((name, words) -> merged.merge(name, words, ColumnWords::and));
        return new KnownTable(Sets.union(products, other.products), merged);
    }

    /**
     * @param physicalName what the table calls the column
     */
    public KnownWords column(String physicalName)
    {
        if (columns.isEmpty()) {
            return KnownWords.NONE;
        }
        String name = Words.key(physicalName);
        ImmutableMap.Builder<String, ColumnWords> fields = ImmutableMap.builder();
        // The paths that begin with the name and a dot: '/' comes after '.'
        columns.subMap(name + ".", name + "/").forEach((path, words) -> fields.put(path.substring(name.length() + 1), words));
        KnownWords known = new KnownWords(columns.getOrDefault(name, ColumnWords.NONE), fields.buildOrThrow());
        return known.equals(KnownWords.NONE) ? KnownWords.NONE : known;
    }

    /**
     * Whether a promised name is what the table calls the column itself, or no product calls another column of the table by it.
     */
    public boolean isOnlyMeaning(String promisedName, String physicalName)
    {
        return Words.isSame(promisedName, physicalName) || columns.entrySet().stream().noneMatch(entry -> !entry.getKey().contains(".") && !entry.getKey().startsWith(ID) && !entry.getKey().equals(Words.key(physicalName)) && entry.getValue().names().contains(Words.key(promisedName)));
    }
}
