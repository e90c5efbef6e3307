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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The names that a physical table has for the field to which a promised column is bound.
 *
 * @param now its name
 * @param before names that it had
 * @param inside paths that fields inside of it had, by the path that they have now
 */
public record FieldNames(int fieldId, String now, Set<String> before, Map<String, Set<String>> inside)
{
    public FieldNames
    {
        requireNonNull(now, "now is null");
        before = ImmutableSet.copyOf(requireNonNull(before, "before is null"));
        inside = ImmutableMap.copyOf(requireNonNull(inside, "inside is null"));
    }
}
