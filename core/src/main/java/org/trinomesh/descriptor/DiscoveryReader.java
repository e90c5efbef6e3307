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

import org.trinomesh.problem.Located;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.Discovery.SampleQuery;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Reads the parts of a document that help people find a product: synonyms and sample queries.
 */
final class DiscoveryReader
{
    static final ObjectShape SAMPLE_QUERY = ObjectShape.of("a sample query").required("title", "sql").optional("description");

    private DiscoveryReader() {}

    static Discovery read(ObjectReader reader)
    {
        return new Discovery(
                reader.texts("synonyms").stream().map(Located::value).collect(toImmutableList()),
                reader.objects("sampleQueries", SAMPLE_QUERY).stream()
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
