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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionAnalysis;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.ProductFact;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.search.Found;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.search.SearchRequest;
import org.trinomesh.slo.ServiceStatus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * {@code TABLE(mesh.system.search(query => 'customer churn', domain => 'sales', limit => 5))}: the data products that match
 * these words, the best first, as far as the requester may discover them.
 */
public final class Search
        extends RowsFunction<Search.Handle>
{
    private static final String QUERY = "QUERY";
    private static final String DOMAIN = "DOMAIN";
    private static final String TIER = "TIER";
    private static final String OWNER = "OWNER";
    private static final String TAGS = "TAGS";
    private static final String LIMIT = "LIMIT";

    private static final long DEFAULT_LIMIT = 20;
    private static final long MAX_LIMIT = 1_000;

    private final QueryMeshes meshes;
    private final MeshSearch search;
    private final SystemTableSchema<Row> schema;

    /**
     * The arguments of a search.
     */
    public record Handle(String query, Optional<String> domain, Optional<String> tier, Optional<String> owner, Set<String> tags, int limit)
            implements ConnectorTableFunctionHandle
    {
        public Handle
        {
            requireNonNull(query, "query is null");
            requireNonNull(domain, "domain is null");
            requireNonNull(tier, "tier is null");
            requireNonNull(owner, "owner is null");
            tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        }
    }

    public Search(QueryMeshes meshes, MeshSearch search, VisibleStatus status)
    {
        this(meshes, search, schema(status));
    }

    private Search(QueryMeshes meshes, MeshSearch search, SystemTableSchema<Row> schema)
    {
        super("search", Handle.class, arguments(), schema.metadata().getColumns(), "Finds the data products you may discover by words, the best first");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.search = requireNonNull(search, "search is null");
        this.schema = requireNonNull(schema, "schema is null");
    }

    private record Row(int rank, Found found, VisibleProduct visible)
            implements ProductFact
    {
        Row
        {
            requireNonNull(found, "found is null");
            requireNonNull(visible, "visible is null");
        }
    }

    private static SystemTableSchema<Row> schema(VisibleStatus status)
    {
        return SystemTableSchema.<Row>table("search", "Data products by words")
                .number("rank", DISCOVERER, "Position among the results, from 1", Row::rank)
                .fraction("score", DISCOVERER, "Score, which can be compared within one search only", row -> row.found().score())
                .text("domain", DISCOVERER, "Schema of its domain", row -> row.product().domain())
                .text("product", DISCOVERER, "Data product in SQL", row -> row.product().sqlName())
                .text("version", DISCOVERER, "Version of the data product", row -> row.product().version().toString())
                .text("table_name", DISCOVERER, "Main table in its domain's schema; NULL when it has none", row -> row.visible().mainTable())
                .text("description", DISCOVERER, "What it is", row -> row.product().description().strip())
                .text("owner", DISCOVERER, "Team that answers for it", row -> row.product().owner())
                .text("tier", DISCOVERER, "Quality tier: bronze, silver, gold", row -> row.product().tier())
                .texts("tags", DISCOVERER, "Tags of the data product itself", row -> row.product().tags())
                .texts("matched", DISCOVERER, "Where the words were found: name, description, column email", row -> row.found().matched())
                .text("access", DISCOVERER, "What you may do: readable or discoverable", row -> DataProductsTable.access(row.visible()))
                .text("service_status", DISCOVERER, "Whether its readers get the data: in service, out of service, partly out of service or unknown; NULL without a table", row -> status.service(row.visible()).map(ServiceStatus::toString))
                .build();
    }

    private static List<FunctionArgument> arguments()
    {
        return ImmutableList.of(
                FunctionArgument.required(QUERY, VARCHAR, "The words to look for; word forms and typing errors are understood"),
                FunctionArgument.optional(DOMAIN, VARCHAR, null, "Only data products of this domain"),
                FunctionArgument.optional(TIER, VARCHAR, null, "Only data products of this tier"),
                FunctionArgument.optional(OWNER, VARCHAR, null, "Only data products of this owner"),
                FunctionArgument.optional(TAGS, SystemTableSchema.VARCHAR_ARRAY, SystemTableSchema.array(ImmutableList.of()), "Only data products with all of these tags"),
                FunctionArgument.optional(LIMIT, BIGINT, DEFAULT_LIMIT, "How many results at most, from 1 to " + MAX_LIMIT));
    }

    @Override
    public TableFunctionAnalysis analyze(ConnectorSession session, ConnectorTransactionHandle transaction, Map<String, Argument> arguments, ConnectorAccessControl accessControl)
    {
        long limit = optionalNumber(arguments, LIMIT).orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid(LIMIT, "must be from 1 to " + MAX_LIMIT);
        }
        return TableFunctionAnalysis.builder()
                .handle(new Handle(
                        text(arguments, QUERY, "the words to look for"),
                        optionalText(arguments, DOMAIN),
                        optionalText(arguments, TIER),
                        optionalText(arguments, OWNER),
                        texts(arguments, TAGS),
                        (int) limit))
                .build();
    }

    @Override
    protected Stream<Object[]> rows(ConnectorSession session, Handle handle)
    {
        GovernedMesh mesh = meshes.of(session);
        List<Found> found = mesh.search(search, new SearchRequest(handle.query(), handle.domain(), handle.tier(), handle.owner(), handle.tags(), handle.limit()));
        return IntStream.range(0, found.size())
                .mapToObj(index -> schema.row(new Row(index + 1, found.get(index), mesh.visible(found.get(index).product()))));
    }
}
