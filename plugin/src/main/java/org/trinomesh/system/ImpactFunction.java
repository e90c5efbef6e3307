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
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionAnalysis;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.ProductFact;
import org.trinomesh.disclosure.VisibleLineage;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.lineage.ColumnEnd;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.TouchedProduct;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.time.ZoneOffset.UTC;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * {@code TABLE(mesh.system.impact('sales', 'customer_360', 'email'))}, or all by name: {@code domain => 'sales', product => 'customer_360',
 * column_name => 'email'}; a field inside a column is {@code 'address.street'}. The data products, contracts and consumers that a change would
 * affect, as far as the requester may discover what is on the path.
 */
public final class ImpactFunction
        extends RowsFunction<ImpactFunction.Handle>
{
    private static final String COLUMN_NAME = "COLUMN_NAME";

    private static final SystemTableSchema<Row> SCHEMA = SystemTableSchema.<Row>table("impact", "What a change would affect")
            .number("distance", DISCOVERER, "How many steps it is away from the data product that changes, which is at 0", row -> row.touched().distance())
            .text("kind", DISCOVERER, "product, contract or consumer", Row::kind)
            .text("name", DISCOVERER, "Name of the data product, of the contract with its version, or of the consumer with its domain", Row::name)
            .text("domain", DISCOVERER, "Schema of the data product's domain", row -> row.product().domain())
            .text("product", DISCOVERER, "Data product in SQL that is affected, or that the contract or the consumer belongs to", row -> row.product().sqlName())
            .text("version", DISCOVERER, "Version of the data product", row -> row.product().version().toString())
            .text("owner", DISCOVERER, "Team that answers for it", Row::owner)
            .text("how_to_ask", DISCOVERER, "Whom to ask, and where; NULL for a consumer", Row::howToAsk)
            .text("path", DISCOVERER, "The path from the change to it", row -> String.join(" -> ", row.touched().path()))
            .text("evidence", DISCOVERER, "How this is known: by edges between columns, or between data products where no edge between columns is known", Row::evidence)
            .build();

    private record Row(VisibleProduct visible, TouchedProduct touched, String kind, String name, String owner, Optional<String> howToAsk, String evidence)
            implements ProductFact
    {
        Row
        {
            requireNonNull(visible, "visible is null");
            requireNonNull(touched, "touched is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(name, "name is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(howToAsk, "howToAsk is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    private final QueryMeshes meshes;
    private final CurrentLineage lineage;

    /**
     * The product or the column that would change.
     */
    public record Handle(String domain, String product, Optional<String> column)
            implements ConnectorTableFunctionHandle
    {
        public Handle
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(product, "product is null");
            requireNonNull(column, "column is null");
        }
    }

    public ImpactFunction(QueryMeshes meshes, CurrentLineage lineage)
    {
        super("impact", Handle.class, arguments(), SCHEMA.metadata().getColumns(), "The data products, contracts and consumers that a change of a data product would affect");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.lineage = requireNonNull(lineage, "lineage is null");
    }

    private static List<FunctionArgument> arguments()
    {
        return ImmutableList.of(
                FunctionArgument.required(LineageFunction.DOMAIN, VARCHAR, "Domain of the data product that would change"),
                FunctionArgument.required(LineageFunction.PRODUCT, VARCHAR, "Data product in SQL, such as customer_360"),
                FunctionArgument.optional(COLUMN_NAME, VARCHAR, null, "The column that would change, or a field inside one, such as address.street; without it the whole data product"));
    }

    @Override
    public TableFunctionAnalysis analyze(ConnectorSession session, ConnectorTransactionHandle transaction, Map<String, Argument> arguments, ConnectorAccessControl accessControl)
    {
        Handle handle = new Handle(
                text(arguments, LineageFunction.DOMAIN, "the name of a domain"),
                text(arguments, LineageFunction.PRODUCT, "the name of a data product"),
                optionalText(arguments, COLUMN_NAME).map(column -> column.toLowerCase(ENGLISH)));
        GovernedMesh mesh = meshes.of(session);
        DataProduct product = DiscoverableProduct.find(mesh, handle.domain(), handle.product());
        // Checked before the query runs
        handle.column().ifPresent(column -> columns(VisibleLineage.of(mesh, lineage), product, column));
        return TableFunctionAnalysis.builder()
                .handle(handle)
                .build();
    }

    @Override
    protected Stream<Object[]> rows(ConnectorSession session, Handle handle)
    {
        GovernedMesh mesh = meshes.of(session);
        DataProduct product = DiscoverableProduct.find(mesh, handle.domain(), handle.product());
        VisibleLineage visible = VisibleLineage.of(mesh, lineage);
        List<TouchedProduct> reached = handle.column().map(column -> visible.impact(product, columns(visible, product, column))).orElseGet(() -> visible.impact(product));
        LocalDate today = LocalDate.ofInstant(session.getStart(), UTC);
        TouchedProduct changed = new TouchedProduct(product, ImmutableList.of(visible.name(product)), "the change itself");
        return Stream.concat(
                        promises(mesh, changed, today),
                        reached.stream().flatMap(touched -> Stream.concat(Stream.of(row(mesh, visible, touched)), promises(mesh, touched, today))))
                .map(SCHEMA::row);
    }

    /**
     * The error is the same for a column that does not exist and for one that is hidden.
     */
    private static List<ColumnEnd> columns(VisibleLineage visible, DataProduct product, String written)
    {
        List<ColumnEnd> columns = visible.columns(product, written);
        if (columns.isEmpty()) {
            throw new TrinoException(
                    INVALID_FUNCTION_ARGUMENT,
                    "Data product '%s' has no column '%s'; mesh.system.columns has those that you see".formatted(product.qualifiedName(), written));
        }
        return columns;
    }

    private static Row row(GovernedMesh mesh, VisibleLineage visible, TouchedProduct touched)
    {
        DataProduct product = touched.product();
        return new Row(mesh.visible(product), touched, "product", visible.name(product), product.owner(), Optional.of(product.howToAsk()), touched.evidence());
    }

    /**
     * The contract of a product, and who declared to depend on it until now.
     */
    private static Stream<Row> promises(GovernedMesh mesh, TouchedProduct touched, LocalDate today)
    {
        DataProduct product = touched.product();
        VisibleProduct visible = mesh.visible(product);
        return product.contract().stream().flatMap(contract -> Stream.concat(
                Stream.of(new Row(
                        visible,
                        touched,
                        "contract",
                        contract.name() + " " + contract.version(),
                        contract.owner(),
                        Optional.of(contract.contact().orElseGet(product::howToAsk)),
                        "contract of the data product")),
                contract.consumers().stream()
                        .filter(consumer -> consumer.validUntil().filter(last -> last.isBefore(today)).isEmpty())
                        .map(consumer -> consumer(visible, touched, consumer))));
    }

    private static Row consumer(VisibleProduct visible, TouchedProduct touched, Contract.Consumer consumer)
    {
        return new Row(
                visible,
                touched,
                "consumer",
                consumer.domain() + consumer.team().map(team -> "." + team).orElse(""),
                consumer.name(),
                Optional.empty(),
                "declared in the contract" + consumer.useCase().map(useCase -> ": " + useCase.strip()).orElse(""));
    }
}
