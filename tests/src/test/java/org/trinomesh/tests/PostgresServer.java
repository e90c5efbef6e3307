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

import com.google.common.collect.ImmutableMap;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.intellij.lang.annotations.Language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.Objects.requireNonNull;

/**
 * A PostgreSQL server that is somebody else's: it has tables of its own, and it can be down. Text has the order of its bytes, as in
 * Trino, so that conditions on it can be pushed down.
 */
final class PostgresServer
        implements AutoCloseable
{
    private static final String USER = "postgres";

    private final Path directory;
    private EmbeddedPostgres server;

    private PostgresServer(Path directory, EmbeddedPostgres server)
    {
        this.directory = requireNonNull(directory, "directory is null");
        this.server = requireNonNull(server, "server is null");
    }

    static PostgresServer start()
            throws IOException
    {
        Path directory = Files.createTempDirectory("mesh-postgres-server");
        return new PostgresServer(directory, builder(directory).start());
    }

    private static EmbeddedPostgres.Builder builder(Path directory)
    {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale", "C");
    }

    /**
     * The server as catalog properties of {@link PostgresPlugin}.
     */
    Map<String, String> properties()
    {
        return ImmutableMap.of(
                "connection-url", server.getJdbcUrl(USER, USER),
                "join-pushdown.enabled", "true");
    }

    int port()
    {
        return server.getPort();
    }

    void execute(@Language("SQL") String sql)
    {
        try (Connection connection = server.getPostgresDatabase().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /**
     * Stops the server, until {@link #restart}.
     */
    void stop()
    {
        try {
            server.close();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart()
    {
        try {
            server = builder(directory).setPort(server.getPort()).start();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
            throws IOException
    {
        server.close();
        deleteRecursively(directory, ALLOW_INSECURE);
    }
}
