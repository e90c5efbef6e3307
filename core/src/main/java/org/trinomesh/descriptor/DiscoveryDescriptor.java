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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * How people find a data product and begin with it.
 *
 * @param synonyms other words under which people look for it
 * @param sampleQueries SQL to begin with
 */
public record DiscoveryDescriptor(List<String> synonyms, List<SampleQuery> sampleQueries)
{
    public static final DiscoveryDescriptor NONE = new DiscoveryDescriptor(ImmutableList.of(), ImmutableList.of());

    public DiscoveryDescriptor
    {
        synonyms = ImmutableList.copyOf(requireNonNull(synonyms, "synonyms is null"));
        sampleQueries = ImmutableList.copyOf(requireNonNull(sampleQueries, "sampleQueries is null"));
    }

    /**
     * @param title what the query answers
     */
    public record SampleQuery(String title, String sql, Optional<String> description)
    {
        static final ObjectShape SHAPE = ObjectShape.of("a sample query").required("title", "sql").optional("description");

        public SampleQuery
        {
            requireNonNull(title, "title is null");
            requireNonNull(sql, "sql is null");
            requireNonNull(description, "description is null");
        }
    }

    /**
     * The same with what another document adds.
     */
    public DiscoveryDescriptor with(DiscoveryDescriptor other)
    {
        return new DiscoveryDescriptor(
                Stream.concat(synonyms.stream(), other.synonyms.stream()).distinct().collect(toImmutableList()),
                Stream.concat(sampleQueries.stream(), other.sampleQueries.stream()).distinct().collect(toImmutableList()));
    }

    static DiscoveryDescriptor read(ObjectReader reader)
    {
        return new DiscoveryDescriptor(
                reader.texts("synonyms").stream().map(Located::value).collect(toImmutableList()),
                reader.objects("sampleQueries", SampleQuery.SHAPE).stream()
                        .flatMap(query -> query(query).stream())
                        .collect(toImmutableList()));
    }

    private static Optional<SampleQuery> query(ObjectReader reader)
    {
        Optional<Located<String>> title = reader.text("title");
        Optional<Located<String>> sql = reader.text("sql");
        Optional<String> description = reader.text("description").map(Located::value);
        return title.flatMap(written -> sql.map(query -> new SampleQuery(written.value(), query.value(), description)));
    }
}
