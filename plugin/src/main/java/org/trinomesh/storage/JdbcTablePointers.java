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
package org.trinomesh.storage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.plugin.iceberg.catalog.jdbc.IcebergJdbcCatalogConfig;
import io.trino.plugin.iceberg.catalog.jdbc.IcebergJdbcConnectionFactory;
import org.trinomesh.product.PhysicalTable.CatalogTable;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.Lists.partition;
import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

/**
 * The pointers of an Iceberg JDBC catalog, which keeps all of them in one table: one statement
 * for hundreds of namespaces, whatever the number of tables.
 */
final class JdbcTablePointers
        implements TablePointers
{
    // Databases limit how many parameters a statement may have
    private static final int NAMES_AT_ONCE = 200;

    private final IcebergJdbcConnectionFactory connections;
    private final String catalog;

    private JdbcTablePointers(IcebergJdbcConnectionFactory connections, String catalog)
    {
        this.connections = requireNonNull(connections, "connections is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    static TablePointers of(IcebergJdbcCatalogConfig config)
    {
        try {
            Driver driver = Class.forName(config.getDriverClass()).asSubclass(Driver.class).getConstructor().newInstance();
            return new JdbcTablePointers(
                    new IcebergJdbcConnectionFactory(driver, config.getConnectionUrl(), config.getConnectionUser(), config.getConnectionPassword()),
                    config.getCatalogName());
        }
        catch (ReflectiveOperationException e) {
            // Trino's module made one of the same class before
            throw new IllegalStateException("Cannot make a driver of class " + config.getDriverClass(), e);
        }
    }

    @Override
    public Map<CatalogTable, String> metadataLocations(Collection<CatalogTable> tables)
    {
        Map<String, List<CatalogTable>> namespaces = tables.stream().collect(groupingBy(CatalogTable::namespace, TreeMap::new, toList()));
        ImmutableMap.Builder<CatalogTable, String> locations = ImmutableMap.builder();
        try (Connection connection = connections.openConnection()) {
            for (List<String> some : partition(ImmutableList.copyOf(namespaces.keySet()), NAMES_AT_ONCE)) {
                List<CatalogTable> wanted = some.stream().flatMap(namespace -> namespaces.get(namespace).stream()).collect(toImmutableList());
                read(connection, some, wanted, locations);
            }
        }
        catch (SQLException e) {
            throw new IllegalStateException("The catalog could not be asked for its tables", e);
        }
        return locations.buildKeepingLast();
    }

    private void read(Connection connection, List<String> namespaces, List<CatalogTable> tables, ImmutableMap.Builder<CatalogTable, String> locations)
            throws SQLException
    {
        // The few tables of a narrow question are named, not to read a large namespace for them
        List<String> names = tables.size() <= NAMES_AT_ONCE ? tables.stream().map(CatalogTable::table).distinct().collect(toImmutableList()) : ImmutableList.of();
        String sql = "SELECT table_namespace, table_name, metadata_location FROM iceberg_tables WHERE catalog_name = ? AND table_namespace IN (" + parameters(namespaces) + ")" +
                (names.isEmpty() ? "" : " AND table_name IN (" + parameters(names) + ")");
        Map<List<String>, CatalogTable> wanted = tables.stream().collect(toMap(table -> ImmutableList.of(table.namespace(), table.table()), identity(), (first, _) -> first));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, catalog);
            int parameter = 2;
            for (String name : Stream.concat(namespaces.stream(), names.stream()).toList()) {
                statement.setString(parameter++, name);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    CatalogTable table = wanted.get(ImmutableList.of(rows.getString(1), rows.getString(2)));
                    String location = rows.getString(3);
                    if (table != null && location != null) {
                        locations.put(table, location);
                    }
                }
            }
        }
    }

    private static String parameters(List<String> values)
    {
        return String.join(", ", nCopies(values.size(), "?"));
    }
}
