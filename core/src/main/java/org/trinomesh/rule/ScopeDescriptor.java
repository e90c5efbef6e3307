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
package org.trinomesh.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a rule speaks of, as written under {@code match}: every key that is given must match, by any of its values.
 */
public record ScopeDescriptor(Map<String, List<Located<String>>> criteria, Position position)
{
    /**
     * Keys that say which data products.
     */
    public static final Set<String> PRODUCT_KEYS = ImmutableSet.of("archetypes", "domains", "productTags", "products", "tiers");
    /**
     * Keys that say which columns of them.
     */
    public static final Set<String> COLUMN_KEYS = ImmutableSet.of("classifications", "columns", "identifiers", "tags", "types");

    public static final ObjectShape SHAPE = ObjectShape.of("match")
            .optional("archetypes", "classifications", "columns", "domains", "identifiers", "productTags", "products", "tags", "tiers", "types");
    public static final ObjectShape PRODUCT_SHAPE = ObjectShape.of("match of a rule about whole products")
            .optional("archetypes", "domains", "productTags", "products", "tiers");
    /**
     * Of a rule that gives something away: it names each column, so that nobody gives away what is not there yet.
     */
    public static final ObjectShape NAMED_COLUMNS_SHAPE = ObjectShape.of("match of a rule about named columns").required("columns", "products");

    public ScopeDescriptor
    {
        criteria = ImmutableMap.copyOf(requireNonNull(criteria, "criteria is null"));
        requireNonNull(position, "position is null");
    }

    public static ScopeDescriptor everything(Position position)
    {
        return new ScopeDescriptor(ImmutableMap.of(), position);
    }

    public List<Located<String>> values(String key)
    {
        return criteria.getOrDefault(key, ImmutableList.of());
    }

    static ScopeDescriptor read(ObjectReader rule, ObjectShape shape)
    {
        return rule.object("match", shape)
                .map(reader -> read(reader, Sets.union(shape.required(), shape.optional())))
                .orElseGet(() -> everything(rule.position()));
    }

    private static ScopeDescriptor read(ObjectReader reader, Set<String> keys)
    {
        ImmutableMap.Builder<String, List<Located<String>>> criteria = ImmutableMap.builder();
        for (String key : keys) {
            if (reader.has(key)) {
                reader.emptyList(key).ifPresent(position ->
                        reader.problems().error(position, "'%s' of match is empty, so the rule would match nothing".formatted(key), "write at least one value, or remove the key"));
                criteria.put(key, reader.texts(key));
            }
        }
        return new ScopeDescriptor(criteria.buildOrThrow(), reader.position());
    }
}
