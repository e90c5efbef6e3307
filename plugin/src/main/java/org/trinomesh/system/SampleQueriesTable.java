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
package org.trinomesh.system;

import org.trinomesh.disclosure.ProductPart;
import org.trinomesh.disclosure.VisibleSampleQueries;
import org.trinomesh.product.Discovery.SampleQuery;

import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code sample_queries}: queries to begin with, from the teams of data products.
 */
final class SampleQueriesTable
        implements SystemRows<ProductPart<SampleQuery>>
{
    private static final SystemTableSchema<ProductPart<SampleQuery>> SCHEMA = SystemTableSchema.<ProductPart<SampleQuery>>ofProducts("sample_queries", "Queries to begin with, from the teams of the data products you may discover")
            .text("title", DISCOVERER, "What it answers", row -> row.part().title())
            .text("description", DISCOVERER, "Further explanation", row -> row.part().description())
            .text("sql", DISCOVERER, "The query", row -> row.part().sql().strip())
            .build();

    private final String catalog;

    SampleQueriesTable(String catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    @Override
    public SystemTableSchema<ProductPart<SampleQuery>> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<ProductPart<SampleQuery>> rows(SystemRequest request)
    {
        VisibleSampleQueries queries = new VisibleSampleQueries(request.mesh(), catalog);
        return request.products().flatMap(visible -> visible.parts(queries.of(visible.product())));
    }
}
