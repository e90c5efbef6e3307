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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a query may name from where it stands.
 *
 * @param domain that publishes it
 * @param with the queries that WITH names
 * @param outer the columns of the queries around it
 * @param taken the names of their relations, which would hide them
 */
record Surroundings(String domain, Map<String, List<GeneratedColumn>> with, List<GeneratedExpression> outer, Set<String> taken)
{
    Surroundings
    {
        requireNonNull(domain, "domain is null");
        with = ImmutableMap.copyOf(requireNonNull(with, "with is null"));
        outer = ImmutableList.copyOf(requireNonNull(outer, "outer is null"));
        taken = ImmutableSet.copyOf(requireNonNull(taken, "taken is null"));
    }

    static Surroundings of(String domain)
    {
        return new Surroundings(domain, ImmutableMap.of(), ImmutableList.of(), ImmutableSet.of());
    }

    Surroundings with(String name, List<GeneratedColumn> columns)
    {
        return new Surroundings(domain, ImmutableMap.<String, List<GeneratedColumn>>builder().putAll(with).put(name, columns).buildKeepingLast(), outer, taken);
    }

    /**
     * For a query inside of one with these relations, which may name their columns.
     */
    Surroundings inside(GeneratedRelation relation)
    {
        return new Surroundings(
                domain,
                with,
                relation.qualified(),
                ImmutableSet.<String>builder().addAll(taken).addAll(relation.aliases()).build());
    }

    /**
     * For a query that names nothing of those around it.
     */
    Surroundings alone()
    {
        return new Surroundings(domain, with, ImmutableList.of(), ImmutableSet.of());
    }
}
