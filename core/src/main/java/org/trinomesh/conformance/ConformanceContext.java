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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What checks see of one data product besides its own descriptor. Columns are named by {@code table.column}, with the
 * table's name without a version: {@code customer_360.email}.
 *
 * @param protectedColumns the columns that some rule masks or hides for anybody
 * @param columnTags the tags of columns after policies added theirs; a column that is missing has its own ones
 * @param columnClassifications the classification of columns after policies and inheritance; a column that is missing has its
 *         own one
 * @param declassifiedColumns the columns of queries that the whole mesh declassifies, or that come only from such: their names say nothing
 * @param encryption what the platform says of all storage, {@code at-rest}
 */
public record ConformanceContext(
        Set<String> protectedColumns,
        Map<String, Set<String>> columnTags,
        Map<String, String> columnClassifications,
        Set<String> declassifiedColumns,
        Optional<String> encryption)
{
    public static final ConformanceContext NONE = new ConformanceContext(ImmutableSet.of(), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.empty());

    public ConformanceContext
    {
        protectedColumns = ImmutableSet.copyOf(requireNonNull(protectedColumns, "protectedColumns is null"));
        columnTags = ImmutableMap.copyOf(requireNonNull(columnTags, "columnTags is null"));
        columnClassifications = ImmutableMap.copyOf(requireNonNull(columnClassifications, "columnClassifications is null"));
        declassifiedColumns = ImmutableSet.copyOf(requireNonNull(declassifiedColumns, "declassifiedColumns is null"));
        requireNonNull(encryption, "encryption is null");
    }
}
