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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import org.trinomesh.descriptor.ColumnDescriptor;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.OutputPortDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.QueryDescriptor;
import org.trinomesh.descriptor.QueryFileDescriptor;
import org.trinomesh.descriptor.TableDescriptor;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.Materialization;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlNames;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TableSource;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.query.QueryParser;
import org.trinomesh.type.SqlLiteral;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Binds the SQL ports of one product to the tables behind them, as far as the platform granted them to the domain.
 */
final class TableBinder
{
    private final ProductDescriptor product;
    private final String domain;
    private final String sqlName;
    private final List<ContractTableDescriptor> promised;
    private final Map<String, QueryFileDescriptor> queries;
    private final Platform platform;
    private final Problems problems;

    private record Written(OutputPortDescriptor port, TableDescriptor table) {}

    /**
     * @param names the names that the product's tables take, also of those that cannot be bound
     * @param byPort the tables of each port
     */
    record BoundTables(Set<String> names, ListMultimap<OutputPortDescriptor, ProductTable> byPort)
    {
        BoundTables
        {
            requireNonNull(names, "names is null");
            byPort = ImmutableListMultimap.copyOf(requireNonNull(byPort, "byPort is null"));
        }
    }

    /**
     * @param promised the tables of contracts, for the tables of ports that are called like them
     */
    TableBinder(ProductDescriptor product, String domain, String sqlName, List<ContractTableDescriptor> promised, Map<String, QueryFileDescriptor> queries, Platform platform, Problems problems)
    {
        this.product = requireNonNull(product, "product is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.sqlName = requireNonNull(sqlName, "sqlName is null");
        this.promised = ImmutableList.copyOf(requireNonNull(promised, "promised is null"));
        this.queries = ImmutableMap.copyOf(requireNonNull(queries, "queries is null"));
        this.platform = requireNonNull(platform, "platform is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    static boolean isServed(OutputPortDescriptor port)
    {
        return port.type().filter(type -> type.value().equals("sql")).isPresent() &&
                port.engine().filter(engine -> !engine.value().equals("trino")).isEmpty();
    }

    BoundTables bind()
    {
        List<Written> written = product.outputPorts().stream()
                .filter(TableBinder::isServed)
                .flatMap(port -> tables(port).stream().map(table -> new Written(port, table)))
                .collect(toImmutableList());
        if (written.isEmpty()) {
            return new BoundTables(Set.of(), ImmutableListMultimap.of());
        }
        checkFormat();
        Optional<TableDescriptor> main = main(written);
        boolean columns = promised.stream().anyMatch(table -> !table.columns().isEmpty()) || !product.columns().isEmpty() || written.stream().anyMatch(entry -> !entry.table().columns().isEmpty());
        if (!columns) {
            problems.warning(written.getFirst().port().position(), "the product lists no columns, so it is announced and not served", "add spec.columns, or a data contract with a schema");
        }
        if (columns && main.isEmpty() && (promised.stream().anyMatch(table -> table.name().isEmpty()) || !product.columns().isEmpty())) {
            problems.error(written.getFirst().table().position(), "the product has several tables, and it does not say to which of them its columns belong", "mark one with 'main: true' and give the others their own columns");
        }
        ImmutableListMultimap.Builder<OutputPortDescriptor, ProductTable> bound = ImmutableListMultimap.builder();
        Set<String> names = new HashSet<>();
        for (Written entry : written) {
            boolean isMain = main.filter(entry.table()::equals).isPresent();
            Optional<String> name = isMain ? Optional.of(sqlName) : suffix(entry.table()).map(suffix -> sqlName + "__" + suffix);
            if (name.isPresent() && !names.add(name.get())) {
                problems.error(entry.table().position(), "two tables of the product are called '%s'".formatted(name.get()), "give one of them another 'name:'");
            }
            List<Column> tableColumns = columns ? columns(entry.table(), isMain) : ImmutableList.of();
            Optional<? extends TableSource> source = source(entry, written.size() == 1, tableColumns);
            if (name.isPresent() && source.isPresent() && !tableColumns.isEmpty()) {
                bound.put(entry.port(), new ProductTable(name.get(), isMain, source.get(), folders(source.get()), tableColumns, entry.table().description()));
            }
        }
        return new BoundTables(names, bound.build());
    }

    private void checkFormat()
    {
        product.tableFormat().ifPresent(format -> {
            if (!format.value().equals("iceberg")) {
                problems.error(format.position(), "tables of format '%s' are not supported".formatted(format), "write 'format: iceberg'");
            }
        });
    }

    private List<TableDescriptor> tables(OutputPortDescriptor port)
    {
        if (port.tables().isPresent()) {
            port.table().ifPresent(table -> problems.error(table.position(), "the port has both 'table' and 'tables'", "keep one of the two"));
            return port.tables().get();
        }
        return ImmutableList.of(TableDescriptor.of(port.table().orElseGet(() -> new Located<>(sqlName, port.position()))));
    }

    private Optional<TableDescriptor> main(List<Written> written)
    {
        List<TableDescriptor> marked = written.stream()
                .map(Written::table)
                .filter(TableDescriptor::main)
                .collect(toImmutableList());
        if (marked.size() > 1) {
            problems.error(marked.get(1).position(), "two tables are marked as main", "keep 'main: true' at one of them");
        }
        if (!marked.isEmpty()) {
            return Optional.of(marked.getFirst());
        }
        if (written.size() == 1) {
            return Optional.of(written.getFirst().table());
        }
        return written.stream()
                .map(Written::table)
                .filter(table -> writtenName(table).flatMap(name -> SqlNames.of(name.value())).filter(sqlName::equals).isPresent())
                .findFirst();
    }

    private static Optional<Located<String>> writtenName(TableDescriptor table)
    {
        return table.name().or(table::table);
    }

    private Optional<String> suffix(TableDescriptor table)
    {
        Optional<Located<String>> written = writtenName(table);
        Optional<String> name = written.flatMap(text -> SqlNames.of(text.value()));
        if (written.isPresent() && name.isEmpty()) {
            problems.error(written.get().position(), "'%s' cannot be the name of a table".formatted(written.get()), "add a 'name:' of lower case letters, digits and '_'");
        }
        return name;
    }

    private List<Column> columns(TableDescriptor table, boolean main)
    {
        if (main && !table.columns().isEmpty() && !product.columns().isEmpty()) {
            problems.error(table.position(), "the columns of the main table are listed at the table and under spec.columns", "keep one of the two lists");
        }
        List<ColumnDescriptor> contractColumns = contractColumns(table, main);
        List<ColumnDescriptor> own = main && table.columns().isEmpty() ? product.columns() : table.columns();
        if (own.isEmpty() && contractColumns.isEmpty()) {
            reportWithoutColumns(table);
        }
        return new ColumnBuilder(problems).build(contractColumns, own);
    }

    /**
     * The columns of the promised table that is stored or, else, called so; of the only one for the main table, whatever it is
     * called. One table may be called what another is stored as, and the columns of that one say what is confidential.
     */
    private List<ColumnDescriptor> contractColumns(TableDescriptor table, boolean main)
    {
        return promised.stream()
                .filter(candidate -> table.table().filter(name -> candidate.isStoredAs(name.value())).isPresent())
                .findFirst()
                .or(() -> promised.stream()
                        .filter(candidate -> Stream.of(table.table(), table.name()).flatMap(Optional::stream).anyMatch(name -> candidate.isCalled(name.value())))
                        .findFirst())
                .or(() -> main && promised.size() == 1 ? Optional.of(promised.getFirst()) : Optional.empty())
                .map(ContractTableDescriptor::columns)
                .orElse(ImmutableList.of());
    }

    private void reportWithoutColumns(TableDescriptor table)
    {
        problems.error(table.position(), "table '%s' has no columns".formatted(table.table().map(Located::value).orElse("")), "add 'columns:' to it: only listed columns are served");
    }

    private Set<String> folders(TableSource source)
    {
        return switch (source) {
            case PhysicalTable table -> platform.folders(domain, table);
            case SqlQuery query -> query.materialized().map(materialization -> platform.folders(domain, materialization.table())).orElse(ImmutableSet.of());
        };
    }

    private Optional<? extends TableSource> source(Written entry, boolean single, List<Column> columns)
    {
        OutputPortDescriptor port = entry.port();
        if (port.query().isEmpty() && port.trinoCatalog().isEmpty()) {
            return stored(entry, single);
        }
        checkTypes(columns);
        if (port.query().isEmpty()) {
            return ofCatalog(port, entry.table(), columns);
        }
        port.trinoCatalog().ifPresent(catalog -> problems.error(catalog.position(), "the port has a query and a Trino catalog", "name the tables of the catalog in the query, with three words, or remove the query"));
        return query(port);
    }

    /**
     * A table of another Trino catalog, as a query that selects the promised columns.
     */
    private Optional<SqlQuery> ofCatalog(OutputPortDescriptor port, TableDescriptor table, List<Column> columns)
    {
        Stream.of(port.catalog(), port.location())
                .flatMap(Optional::stream)
                .forEach(stored -> problems.error(stored.position(), "the port names a Trino catalog and a storage", "keep one of 'trinoCatalog' and 'catalog'"));
        if (port.schema().isEmpty() || table.table().isEmpty()) {
            problems.error(port.position(), "the port does not say which table of the Trino catalog it publishes", "add 'schema:' and 'table:'");
            return Optional.empty();
        }
        TrinoTable source = new TrinoTable(lowerCase(port.trinoCatalog().orElseThrow()), lowerCase(port.schema().get()), lowerCase(table.table().get()));
        Optional<String> user = platform.runAs(domain, source);
        if (user.isEmpty()) {
            problems.error(
                    port.trinoCatalog().orElseThrow().position(),
                    "domain '%s' may not publish tables of schema '%s' of the Trino catalog '%s'".formatted(domain, source.schema(), source.catalog()),
                    "ask the platform for a grant in the Mesh document: {domain: %s, trinoCatalog: %s, schemas: [%s], runAs: ...}".formatted(domain, source.catalog(), source.schema()));
        }
        String sql = "SELECT %s FROM %s.%s".formatted(
                columns.stream()
                        .map(column -> SqlLiteral.identifier(physicalName(column)) + " AS " + SqlLiteral.identifier(column.name()))
                        .collect(joining(", ")),
                SqlLiteral.identifier(SqlQuery.schemaOf(source)),
                SqlLiteral.identifier(source.table()));
        return user.map(name -> new SqlQuery(
                new LocatedText(sql, port.trinoCatalog().orElseThrow().position(), false),
                sql,
                ImmutableList.of(),
                ImmutableMap.of(source, name),
                columns.stream().map(TableBinder::physicalName).collect(toImmutableSet()),
                true,
                Optional.empty()));
    }

    private static String physicalName(Column column)
    {
        return column.details().physicalName().orElse(column.name());
    }

    private static String lowerCase(Located<String> name)
    {
        return name.value().toLowerCase(ENGLISH);
    }

    private Optional<SqlQuery> query(OutputPortDescriptor port)
    {
        Stream.of(port.catalog(), port.schema(), port.location(), port.tables().flatMap(tables -> tables.stream().findFirst()).flatMap(TableDescriptor::table))
                .flatMap(Optional::stream)
                .forEach(stored -> problems.error(stored.position(), "the port has a query, and names a stored table", "remove 'catalog', 'schema', 'location' and 'tables', or the query"));
        QueryDescriptor descriptor = port.query().orElseThrow();
        Optional<SqlQuery> query = text(descriptor).flatMap(sql -> QueryParser.parse(sql, domain, table -> platform.runAs(domain, table), problems));
        if (descriptor.materialized().isEmpty()) {
            return query;
        }
        Optional<Materialization> materialization = new MaterializationBinder(domain, platform, problems).bind(descriptor.materialized().get());
        return query.flatMap(parsed -> materialization.map(parsed::storedAs));
    }

    private Optional<LocatedText> text(QueryDescriptor query)
    {
        if (query.file().isEmpty()) {
            return query.sql();
        }
        Located<String> name = query.file().get();
        Optional<QueryFileDescriptor> file = Optional.ofNullable(queries.get(name.value()));
        if (file.isEmpty()) {
            problems.error(name.position(), "there is no file '%s' with a query".formatted(name), "write the name of a file that ends with .sql, relative to this file and in the folder of the domain");
        }
        return file.map(QueryFileDescriptor::text);
    }

    private void checkTypes(List<Column> columns)
    {
        columns.stream()
                .filter(column -> column.type().isOpen())
                .forEach(column -> problems.error(column.position(), "column '%s' has no exact type, and there is no stored table that could decide it".formatted(column.name()), "write the type that the query gives it, such as decimal(38,2) or row(name varchar)"));
    }

    private Optional<PhysicalTable> stored(Written written, boolean single)
    {
        OutputPortDescriptor port = written.port();
        TableDescriptor table = written.table();
        if (port.catalog().isEmpty()) {
            problems.error(port.position(), "the SQL port does not say which storage its table is in", "add 'catalog:' with the name of a storage");
            return Optional.empty();
        }
        String storage = port.catalog().get().value();
        Optional<PhysicalTable> named = port.schema().isPresent() && table.table().isPresent()
                ? Optional.of(new CatalogTable(storage, port.schema().get().value(), table.table().get().value()))
                : Optional.empty();
        if (named.isPresent() && platform.grants(domain, named.get())) {
            return named;
        }
        Optional<Located<String>> location = table.location().or(() -> single ? port.location().or(product::location) : Optional.empty());
        Optional<PhysicalTable> located = location.map(folder -> new LocatedTable(storage, withoutLastSlash(folder.value())));
        if (located.isPresent() && platform.grants(domain, located.get())) {
            return located;
        }
        reportNotGranted(port, storage, location);
        return Optional.empty();
    }

    private void reportNotGranted(OutputPortDescriptor port, String storage, Optional<Located<String>> location)
    {
        Position position = port.catalog().map(Located::position).orElse(port.position());
        if (port.schema().isEmpty() && location.isEmpty()) {
            problems.add(Problem.error(position, "the SQL port names neither a namespace nor a location in storage '%s'".formatted(storage), "add 'schema:' with the namespace of the table, or 'location:'"));
            return;
        }
        String wanted = port.schema().map(namespace -> "namespace '" + namespace + "'").orElse("");
        wanted += location.map(folder -> (port.schema().isPresent() ? " or " : "") + "location '" + folder + "'").orElse("");
        String grant = port.schema().map(namespace -> "namespaces: [" + namespace + "]").orElseGet(() -> "locations: [" + location.orElseThrow() + "]");
        Set<String> granted = platform.storages(domain);
        String other = granted.isEmpty() || granted.contains(storage) ? "" : "write a storage that the domain may use (%s), or ".formatted(String.join(", ", granted));
        problems.add(Problem.error(
                position,
                "domain '%s' may not use %s of storage '%s'".formatted(domain, wanted, storage),
                other + "ask the platform for a grant in the Mesh document: {domain: %s, storage: %s, %s}".formatted(domain, storage, grant)));
    }

    private static String withoutLastSlash(String location)
    {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }
}
