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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.Objects.requireNonNull;

/**
 * A lake as a team has it: an Iceberg catalog in PostgreSQL and tables in a folder of its own, gone when closed.
 */
public final class PostgresLake
        implements AutoCloseable
{
    private static final String USER = "postgres";

    private final Path files;
    private final EmbeddedPostgres postgres;

    private PostgresLake(Path files, EmbeddedPostgres postgres)
    {
        this.files = requireNonNull(files, "files is null");
        this.postgres = requireNonNull(postgres, "postgres is null");
    }

    public static PostgresLake create()
            throws IOException, SQLException
    {
        PostgresLake lake = new PostgresLake(Files.createTempDirectory("mesh-postgres-lake"), EmbeddedPostgres.start());
        try (Connection connection = lake.postgres.getPostgresDatabase().getConnection()) {
            EmbeddedLake.createCatalogTables(connection);
        }
        return lake;
    }

    /**
     * The lake as catalog properties of the iceberg connector.
     */
    public Map<String, String> properties()
    {
        return ImmutableMap.<String, String>builder()
                .put("iceberg.catalog.type", "jdbc")
                .put("iceberg.jdbc-catalog.catalog-name", "warehouse")
                .put("iceberg.jdbc-catalog.schema-version", "V1")
                .put("iceberg.jdbc-catalog.driver-class", "org.postgresql.Driver")
                .put("iceberg.jdbc-catalog.connection-url", postgres.getJdbcUrl(USER, USER))
                .put("iceberg.jdbc-catalog.connection-user", USER)
                .put("iceberg.jdbc-catalog.connection-password", "not-asked-for")
                .put("iceberg.jdbc-catalog.default-warehouse-dir", "local:///warehouse")
                .put("fs.local.enabled", "true")
                .put("local.location", files.toString())
                .buildOrThrow();
    }

    @Override
    public void close()
            throws IOException
    {
        postgres.close();
        deleteRecursively(files, ALLOW_INSECURE);
    }
}
