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
package org.trinomesh.cache;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Values by field id, as the map that Iceberg asks. A field without a value is not in it.
 */
final class ValuesByField<V>
        extends AbstractMap<Integer, V>
{
    private final int[] ids;
    private final IntFunction<V> values;

    /**
     * @param ids in ascending order; not copied, since a map is made for each file and query
     * @param values by position in the ids; null where there is none
     */
    ValuesByField(int[] ids, IntFunction<V> values)
    {
        this.ids = requireNonNull(ids, "ids is null");
        this.values = requireNonNull(values, "values is null");
    }

    @Override
    public V get(Object key)
    {
        int index = key instanceof Integer id ? Arrays.binarySearch(ids, id) : -1;
        return index < 0 ? null : values.apply(index);
    }

    @Override
    public boolean containsKey(Object key)
    {
        return get(key) != null;
    }

    @Override
    public boolean isEmpty()
    {
        return Arrays.stream(ids).noneMatch(this::containsKey);
    }

    @Override
    public Set<Map.Entry<Integer, V>> entrySet()
    {
        return Arrays.stream(ids)
                .filter(this::containsKey)
                .mapToObj(id -> Map.entry(id, get(id)))
                .collect(toImmutableSet());
    }
}
