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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableList;
import io.airlift.units.Duration;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.sql.Connection.TRANSACTION_READ_UNCOMMITTED;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a BI tool does with Trino's JDBC driver, against the running server.
 */
final class TestJdbcDriver
{
    private static final RunningMesh MESH = RunningMesh.get();

    @Test
    void testMetadataShowsTheMeshAsADatabase()
            throws SQLException
    {
        try (Connection connection = MESH.connect("ana")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).contains("mesh").doesNotContain("lake");
            assertThat(column(metadata.getSchemas("mesh", null), "TABLE_SCHEM")).contains("sales", "platform");
            assertThat(column(metadata.getSchemas("mesh", "sal%"), "TABLE_SCHEM")).containsExactly("sales");
            assertThat(column(metadata.getTables("mesh", "sales", null, null), "TABLE_NAME")).contains("customer_360", "customer_transactions");
            // Tools put names in unescaped, so that _ matches any character, or escape it
            assertThat(column(metadata.getTables("mesh", "sales", "customer_360", new String[] {"TABLE"}), "TABLE_NAME")).containsExactly("customer_360");
            assertThat(column(metadata.getTables("mesh", "sales", "customer\\_3%", null), "TABLE_NAME")).containsExactly("customer_360");
            // The driver has no remarks of tables, only of columns; tools read them here
            assertThat(column(connection, "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'sales' AND table_name = 'customer_360'").getFirst())
                    .startsWith("Unified customer view");
            assertThat(column(metadata.getColumns("mesh", "sales", "customer_360", null), "COLUMN_NAME")).contains("customer_id", "email", "region");
            assertThat(column(metadata.getColumns("mesh", "s_les", "customer%360", "customer\\_id"), "REMARKS")).hasSize(1).doesNotContainNull();
            assertThat(column(metadata.getColumns(null, null, "customer_360", "email"), "TABLE_CAT")).containsExactly("mesh");
            assertThat(column(metadata.getPrimaryKeys("mesh", "sales", "customer_360"), "COLUMN_NAME")).isEmpty();
            assertThat(column(metadata.getImportedKeys("mesh", "sales", "customer_360"), "FKCOLUMN_NAME")).isEmpty();
            assertThat(column(metadata.getTypeInfo(), "TYPE_NAME")).contains("bigint", "varchar", "decimal", "row");
            assertThat(column(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
            assertThat(column(metadata.getProcedures("mesh", null, null), "PROCEDURE_NAME")).isEmpty();
        }
    }

    @Test
    void testEveFindsAnEmptyCatalog()
            throws SQLException
    {
        try (Connection connection = MESH.connect("eve")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertThat(column(metadata.getSchemas("mesh", null), "TABLE_SCHEM")).containsExactly("information_schema", "system");
            assertThat(column(metadata.getColumns("mesh", "sales", "%", "%"), "COLUMN_NAME")).isEmpty();
        }
    }

    @Test
    void testPreparedStatements()
            throws SQLException
    {
        try (Connection connection = MESH.connect("ana");
                PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM mesh.sales.customer_360 WHERE region = ? AND customer_id <> ?")) {
            assertThat(statement.getMetaData().getColumnTypeName(1)).isEqualTo("bigint");
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
            for (String region : column(connection, "SELECT DISTINCT region FROM mesh.sales.customer_360")) {
                statement.setString(1, region);
                statement.setString(2, "nobody");
                try (ResultSet result = statement.executeQuery()) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getLong(1)).isPositive();
                }
            }
        }
    }

    @Test
    void testEveryServedTypeIsReadBack()
            throws ClassNotFoundException, SQLException
    {
        for (String user : ImmutableList.of("ana", "mia", "finn", "dora")) {
            try (Connection connection = MESH.connect(user)) {
                for (String table : column(connection, "SELECT table_schema || '.' || table_name FROM mesh.information_schema.tables WHERE table_schema NOT IN ('information_schema', 'system')")) {
                    try (Statement statement = connection.createStatement();
                            ResultSet result = statement.executeQuery("SELECT * FROM mesh." + table + " LIMIT 3")) {
                        while (result.next()) {
                            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                                Object value = result.getObject(column);
                                if (value != null) {
                                    assertThat(value).as(table).isInstanceOf(Class.forName(result.getMetaData().getColumnClassName(column)));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void testReadOnlyConnectionsAndAllIsolationLevels()
            throws SQLException
    {
        for (int level = TRANSACTION_READ_UNCOMMITTED; level <= Connection.TRANSACTION_SERIALIZABLE; level *= 2) {
            try (Connection connection = MESH.connect("ana")) {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(level);
                connection.setAutoCommit(false);
                assertThat(column(connection, "SELECT count(*) > 0 FROM mesh.sales.customer_360")).containsExactly("true");
                connection.commit();
            }
        }
    }

    @Test
    void testCancel()
            throws SQLException
    {
        try (Connection connection = MESH.connect("ana");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT a.customer_id FROM mesh.sales.customer_transactions a CROSS JOIN mesh.sales.customer_transactions b CROSS JOIN mesh.sales.customer_transactions c")) {
            assertThat(result.next()).isTrue();
            statement.cancel();
            assertThat(result.isClosed()).isTrue();
        }
        try (Connection connection = MESH.connect("pat")) {
            assertEventually(new Duration(60, SECONDS), () -> assertThat(column(connection, "SELECT state FROM system.runtime.queries WHERE \"user\" = 'ana' AND query LIKE '%b CROSS JOIN%'")).containsOnly("FAILED"));
        }
    }

    private static List<String> column(Connection connection, @Language("SQL") String sql)
            throws SQLException
    {
        try (Statement statement = connection.createStatement()) {
            return column(statement.executeQuery(sql), 1);
        }
    }

    private static List<String> column(ResultSet result, String name)
            throws SQLException
    {
        return column(result, result.findColumn(name));
    }

    private static List<String> column(ResultSet result, int index)
            throws SQLException
    {
        ImmutableList.Builder<String> values = ImmutableList.builder();
        while (result.next()) {
            values.add(String.valueOf(result.getString(index)));
        }
        return values.build();
    }
}
