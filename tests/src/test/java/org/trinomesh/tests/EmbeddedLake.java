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

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.Objects.requireNonNull;

/**
 * A lake as {@code ./mesh up} has it: an Iceberg catalog in a SQLite file and tables in a local folder, gone when closed.
 */
public final class EmbeddedLake
        implements AutoCloseable
{
    private final Path directory;

    private EmbeddedLake(Path directory)
    {
        this.directory = requireNonNull(directory, "directory is null");
    }

    public static EmbeddedLake create()
            throws IOException, SQLException
    {
        EmbeddedLake lake = new EmbeddedLake(Files.createTempDirectory("mesh-lake"));
        Files.createDirectories(lake.files());
        try (Connection connection = DriverManager.getConnection(lake.url())) {
            createCatalogTables(connection);
        }
        return lake;
    }

    /**
     * The two tables that an Iceberg JDBC catalog needs, by the statements that {@code ./mesh up} runs.
     */
    public static void createCatalogTables(Connection connection)
            throws IOException, SQLException
    {
        String script = Files.readString(ProjectFiles.root().resolve("etc/demo/catalog.sql")).replaceAll("(?m)^--.*$", "");
        try (Statement statement = connection.createStatement()) {
            for (String sql : Splitter.on(';').trimResults().omitEmptyStrings().split(script)) {
                statement.execute(sql);
            }
        }
    }

    public Path files()
    {
        return directory.resolve("files");
    }

    public String url()
    {
        return "jdbc:sqlite:file:" + directory.resolve("lake.db") + "?vfs=unix-dotfile&busy_timeout=30000&synchronous=NORMAL";
    }

    /**
     * The lake as catalog properties of the iceberg connector.
     */
    public Map<String, String> properties()
    {
        return ImmutableMap.<String, String>builder()
                .put("iceberg.catalog.type", "jdbc")
                .put("iceberg.jdbc-catalog.catalog-name", "lake")
                .put("iceberg.jdbc-catalog.schema-version", "V1")
                .put("iceberg.jdbc-catalog.driver-class", "org.sqlite.JDBC")
                .put("iceberg.jdbc-catalog.connection-url", url())
                .put("iceberg.jdbc-catalog.default-warehouse-dir", "local:///warehouse")
                .putAll(localFiles())
                .buildOrThrow();
    }

    /**
     * The same folder for tables that no catalog knows.
     */
    public Map<String, String> locationProperties()
    {
        return ImmutableMap.<String, String>builder()
                .put("iceberg.catalog.type", "location")
                .putAll(localFiles())
                .buildOrThrow();
    }

    private Map<String, String> localFiles()
    {
        return ImmutableMap.of("fs.local.enabled", "true", "local.location", files().toString());
    }

    @Override
    public void close()
            throws IOException
    {
        deleteRecursively(directory, ALLOW_INSECURE);
    }
}
