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
import com.google.common.collect.ImmutableMap;
import org.trinomesh.type.SqlLiteral;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

import static com.google.common.base.Verify.verify;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A running Trino, asked about statements whose rows nobody wants.
 */
final class ValidatingEngine
        implements AutoCloseable
{
    private final ServerAddress address;
    private final String user;
    private final Connection connection;

    private ValidatingEngine(ServerAddress address, String user, Connection connection)
    {
        this.address = requireNonNull(address, "address is null");
        this.user = requireNonNull(user, "user is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    /**
     * @throws SQLException when the server does not answer, or does not let the user in
     */
    static ValidatingEngine connect(ServerAddress address, String user)
            throws SQLException
    {
        return connect(address, user, user);
    }

    private static ValidatingEngine connect(ServerAddress address, String user, String sessionUser)
            throws SQLException
    {
        Properties properties = new Properties();
        properties.setProperty("source", "mesh validate");
        properties.setProperty("sessionUser", sessionUser);
        // Queries of products find no other functions
        properties.setProperty("path", "system.builtin");
        ValidatingEngine engine = new ValidatingEngine(address, user, address.connect(user, properties));
        try (Statement statement = engine.connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        catch (SQLException e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    String user()
    {
        return user;
    }

    /**
     * The same server, asked as another user; empty when it does not let this one do so.
     */
    Optional<ValidatingEngine> as(String other)
            throws SQLException
    {
        try {
            return Optional.of(connect(address, user, other));
        }
        catch (SQLException e) {
            // Trino answers before there is a query, so that no error code tells it
            if (String.valueOf(e.getMessage()).contains("cannot impersonate")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The types of the columns of a statement that has no rows.
     */
    List<String> types(String sql)
            throws EngineRefusedException, SQLException
    {
        return ask(sql, rows -> {
            ResultSetMetaData columns = rows.getMetaData();
            ImmutableList.Builder<String> types = ImmutableList.builder();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                types.add(columns.getColumnTypeName(column));
            }
            // A query whose end nobody awaits counts as cancelled
            verify(!rows.next(), "a statement for its types has rows");
            return types.build();
        });
    }

    /**
     * The columns of a table that the user may read, with their types as SQL writes them.
     */
    Map<String, String> columns(String catalog, String schema, String table)
            throws EngineRefusedException, SQLException
    {
        String name = Stream.of(catalog, schema, table).map(SqlLiteral::identifier).collect(joining("."));
        // Who may list the columns need not be allowed to read them
        types("SELECT * FROM " + name + " LIMIT 0");
        // The driver writes the types of rows without quotes
        return ask("DESCRIBE " + name, rows -> {
            ImmutableMap.Builder<String, String> columns = ImmutableMap.builder();
            while (rows.next()) {
                columns.put(rows.getString("Column"), rows.getString("Type"));
            }
            return columns.buildOrThrow();
        });
    }

    private <T> T ask(String sql, Answer<T> answer)
            throws EngineRefusedException, SQLException
    {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return answer.read(rows);
        }
        catch (SQLException e) {
            Optional<EngineRefusedException> refused = EngineRefusedException.of(e);
            if (refused.isPresent()) {
                throw refused.get();
            }
            throw e;
        }
    }

    private interface Answer<T>
    {
        T read(ResultSet rows)
                throws SQLException;
    }

    @Override
    public void close()
            throws SQLException
    {
        connection.close();
    }
}
