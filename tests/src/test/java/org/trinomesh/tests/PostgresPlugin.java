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

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import io.trino.plugin.jdbc.BaseJdbcConfig;
import io.trino.plugin.jdbc.ConnectionFactory;
import io.trino.plugin.jdbc.ForBaseJdbc;
import io.trino.plugin.jdbc.JdbcClient;
import io.trino.plugin.jdbc.JdbcPlugin;

import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A connector for PostgreSQL, as small as Trino's own library for JDBC connectors allows, which remembers the SQL that it sends. Trino's
 * connector for PostgreSQL is not published as a library.
 */
final class PostgresPlugin
        extends JdbcPlugin
{
    private final List<String> statements;

    PostgresPlugin()
    {
        this(new CopyOnWriteArrayList<>());
    }

    private PostgresPlugin(List<String> statements)
    {
        super("postgres", () -> new PostgresModule(statements));
        this.statements = statements;
    }

    /**
     * The queries for rows since the last call, with the values of their parameters.
     */
    List<String> takeStatements()
    {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    private record PostgresModule(List<String> statements)
            implements Module
    {
        @Override
        public void configure(Binder binder)
        {
            binder.bind(PostgresClient.Recorder.class).toInstance(statements::add);
            binder.bind(JdbcClient.class).annotatedWith(ForBaseJdbc.class).to(PostgresClient.class).in(Scopes.SINGLETON);
        }

        @Provides
        @Singleton
        @ForBaseJdbc
        static ConnectionFactory connections(BaseJdbcConfig config)
        {
            return _ -> DriverManager.getConnection(config.getConnectionUrl());
        }
    }
}
