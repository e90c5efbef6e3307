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
import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.connector.ProductReaders;
import org.trinomesh.connector.ProductReaders.Reader;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

final class ContractConsumersTable
        implements RequestedRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("contract_consumers", "Who declared to depend on the data products you may discover, and for those who answer for a product who was seen reading it since the server started")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("contract", "Name of its data contract")
            .text("contract_version", "Version of the contract")
            .text("consumer_domain", "Domain of the team that declared it")
            .text("team", "Team that declared it")
            .text("user_name", "User that was seen, when no declared team is among its groups and roles")
            .texts("groups", "Groups and roles of that user, as last seen")
            .text("use_case", "What for")
            .column("valid_from", DATE, "First day on which the team may read it, UTC")
            .column("valid_until", DATE, "Last day on which the team may read it, UTC")
            .text("kind", "declared in the contract, observed, or both; who does not answer for the product knows of declarations only")
            .number("statements", "How many statements read the product")
            .column("last_read", TIMESTAMP_TZ_MILLIS, "When the last one did")
            .build();

    private final ProductReaders readers;

    ContractConsumersTable(ProductReaders readers)
    {
        this.readers = requireNonNull(readers, "readers is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        Function<DataProduct, List<Reader>> observed = readers.byProduct();
        return request.products().stream().flatMap(product -> rows(request.mesh(), product, observed));
    }

    private static Stream<Object[]> rows(GovernedMesh mesh, DataProduct product, Function<DataProduct, List<Reader>> readers)
    {
        boolean answers = mesh.isMeshSteward() || mesh.isStewardOf(product) || mesh.isOwner(product.owner());
        List<Reader> observed = answers ? readers.apply(product) : ImmutableList.of();
        List<Contract.Consumer> declared = product.contract().map(Contract::consumers).orElse(ImmutableList.of());
        return Stream.concat(
                declared.stream().map(consumer -> declared(product, consumer, answers, observed.stream().filter(reader -> reader.groups().contains(consumer.team())).collect(toImmutableList()))),
                observed.stream()
                        .filter(reader -> declared.stream().noneMatch(consumer -> reader.groups().contains(consumer.team())))
                        .map(reader -> observed(product, reader)));
    }

    private static Object[] declared(DataProduct product, Contract.Consumer consumer, boolean answers, List<Reader> observed)
    {
        return row(
                product,
                Optional.of(consumer),
                Optional.empty(),
                observed.isEmpty() ? "declared" : "both",
                answers ? Optional.of(observed) : Optional.empty());
    }

    private static Object[] observed(DataProduct product, Reader reader)
    {
        return row(product, Optional.empty(), Optional.of(reader), "observed", Optional.of(ImmutableList.of(reader)));
    }

    /**
     * @param observed empty for those who may not know
     */
    private static Object[] row(DataProduct product, Optional<Contract.Consumer> consumer, Optional<Reader> reader, String kind, Optional<List<Reader>> observed)
    {
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                product.contract().map(Contract::name).orElse(null),
                product.contract().map(Contract::version).orElse(null),
                consumer.map(Contract.Consumer::domain).orElse(null),
                consumer.map(Contract.Consumer::team).orElse(null),
                reader.map(Reader::user).orElse(null),
                reader.map(found -> SystemTableSchema.array(found.groups().stream().sorted().toList())).orElse(null),
                consumer.flatMap(Contract.Consumer::useCase).orElse(null),
                consumer.flatMap(Contract.Consumer::validFrom).map(LocalDate::toEpochDay).orElse(null),
                consumer.flatMap(Contract.Consumer::validUntil).map(LocalDate::toEpochDay).orElse(null),
                kind,
                observed.map(readers -> readers.stream().mapToLong(Reader::statements).sum()).orElse(null),
                observed.flatMap(readers -> readers.stream().map(Reader::last).max(naturalOrder())).map(last -> packDateTimeWithZone(last.toEpochMilli(), UTC_KEY)).orElse(null),
        };
    }
}
