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

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What helps people find a data product and start to use it.
 *
 * @param synonyms other words under which people look for it
 * @param sampleQueries SQL to begin with
 */
public record Discovery(List<String> synonyms, List<SampleQuery> sampleQueries)
{
    public static final Discovery NONE = new Discovery(ImmutableList.of(), ImmutableList.of());

    public Discovery
    {
        synonyms = ImmutableList.copyOf(requireNonNull(synonyms, "synonyms is null"));
        sampleQueries = ImmutableList.copyOf(requireNonNull(sampleQueries, "sampleQueries is null"));
    }

    /**
     * @param title what the query answers
     */
    public record SampleQuery(String title, String sql, Optional<String> description)
    {
        public SampleQuery
        {
            requireNonNull(title, "title is null");
            requireNonNull(sql, "sql is null");
            requireNonNull(description, "description is null");
        }
    }

    /**
     * This value with what another document adds.
     */
    public Discovery with(Discovery other)
    {
        return new Discovery(
                Stream.concat(synonyms.stream(), other.synonyms.stream()).distinct().collect(toImmutableList()),
                Stream.concat(sampleQueries.stream(), other.sampleQueries.stream()).distinct().collect(toImmutableList()));
    }
}
