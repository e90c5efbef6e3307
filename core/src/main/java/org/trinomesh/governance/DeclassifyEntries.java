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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;

import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Finds the entries of declassify that name a column, those of the whole mesh first.
 */
final class DeclassifyEntries
{
    private final List<DeclassifyEntry> entries;
    private final ListMultimap<String, DeclassifyEntry> byColumn;

    private DeclassifyEntries(List<DeclassifyEntry> entries)
    {
        this.entries = ImmutableList.copyOf(requireNonNull(entries, "entries is null"));
        ImmutableListMultimap.Builder<String, DeclassifyEntry> byColumn = ImmutableListMultimap.builder();
        entries.forEach(entry -> entry.columns().keySet().forEach(column -> byColumn.put(column, entry)));
        this.byColumn = byColumn.build();
    }

    static DeclassifyEntries of(Stream<Rule> rules)
    {
        return new DeclassifyEntries(rules
                .flatMap(rule -> rule.effect() instanceof Effect.Declassify effect ? Stream.of(DeclassifyEntry.of(rule, effect)) : Stream.of())
                .sorted(comparing(entry -> entry.rule().level()))
                .collect(toImmutableList()));
    }

    List<DeclassifyEntry> all()
    {
        return entries;
    }

    List<DeclassifyEntry> about(DataProduct product, Column column)
    {
        // Most meshes declassify nothing
        return entries.isEmpty() ? ImmutableList.of() : byColumn.get(DeclassifyEntry.key(column)).stream()
                                                        .filter(entry -> entry.rule().scope().matches(product))
                                                        .collect(toImmutableList());
    }
}
