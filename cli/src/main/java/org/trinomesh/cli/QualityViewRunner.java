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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import org.trinomesh.type.SqlLiteral;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * Finds the quality views of a user in a running mesh, and runs them through JDBC.
 */
final class QualityViewRunner
        implements AutoCloseable
{
    private final Connection connection;
    private final String catalog;

    private QualityViewRunner(Connection connection, String catalog)
    {
        this.connection = requireNonNull(connection, "connection is null");
        this.catalog = SqlLiteral.identifier(catalog);
    }

    static QualityViewRunner connect(ServerAddress server, String catalog, String user)
            throws SQLException
    {
        return new QualityViewRunner(server.connect(user, "mesh check"), catalog);
    }

    /**
     * The products whose rules the user may have checked.
     */
    List<CheckedProduct> products()
            throws SQLException
    {
        ImmutableList.Builder<CheckedProduct> products = ImmutableList.builder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT domain, product, version, view_name FROM " + catalog + ".system.quality_rules WHERE view_name IS NOT NULL ORDER BY 1, 2, 3")) {
            while (rows.next()) {
                products.add(new CheckedProduct(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return products.build();
    }

    List<RuleResult> check(CheckedProduct product)
            throws SQLException
    {
        ImmutableList.Builder<RuleResult> results = ImmutableList.builder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name, rule, \"check\", column_name, severity, rows_checked, failed, ratio, threshold, passed, note FROM " + catalog + ".quality." + SqlLiteral.identifier(product.view()) + " ORDER BY table_name, rule")) {
            while (rows.next()) {
                results.add(new RuleResult(
                        product,
                        rows.getString("table_name"),
                        rows.getString("rule"),
                        rows.getString("check"),
                        Optional.ofNullable(rows.getString("column_name")),
                        Optional.ofNullable(rows.getString("severity")),
                        number(rows, "rows_checked"),
                        number(rows, "failed"),
                        Optional.ofNullable((Double) rows.getObject("ratio")),
                        Optional.ofNullable(rows.getString("threshold")),
                        Optional.ofNullable((Boolean) rows.getObject("passed")),
                        Optional.ofNullable(rows.getString("note"))));
            }
        }
        return results.build();
    }

    private static OptionalLong number(ResultSet rows, String column)
            throws SQLException
    {
        Object value = rows.getObject(column);
        return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
    }

    @Override
    public void close()
            throws SQLException
    {
        connection.close();
    }
}
