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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.SampleQueries;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Discovery.SampleQuery;

import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

final class SampleQueriesTable
        implements RequestedRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("sample_queries", "Queries to begin with, from the teams of the data products you may discover")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("title", "What it answers")
            .text("description", "What more there is to say")
            .text("sql", "The query")
            .build();

    private final String catalog;

    SampleQueriesTable(String catalog)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        GovernedMesh mesh = request.mesh();
        SampleQueries queries = new SampleQueries(mesh, catalog);
        return request.products().stream()
                .flatMap(product -> queries.of(product).stream().map(query -> row(product, query)));
    }

    private static Object[] row(DataProduct product, SampleQuery query)
    {
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                query.title(),
                query.description().orElse(null),
                query.sql().strip(),
        };
    }
}
