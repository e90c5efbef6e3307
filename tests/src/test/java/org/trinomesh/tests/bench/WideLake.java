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
package org.trinomesh.tests.bench;

import io.trino.testing.QueryRunner;
import org.trinomesh.tests.EmbeddedLake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * A lake with a table for every generated product. One is created by the engine; the others are copies of its metadata file
 * and rows of the catalog, which is all that an empty table is.
 */
record WideLake(EmbeddedLake lake, int domains)
{
    WideLake
    {
        requireNonNull(lake, "lake is null");
    }

    /**
     * For a mesh of as many domains as the benchmarks without a number have.
     */
    WideLake(EmbeddedLake lake)
    {
        this(lake, GeneratedMesh.DOMAINS);
    }

    void create(QueryRunner runner)
            throws IOException, SQLException
    {
        create(runner, 0);
    }

    /**
     * @param commits how many times rows were added to every table
     */
    void create(QueryRunner runner, int commits)
            throws IOException, SQLException
    {
        for (int domain = 0; domain < domains; domain++) {
            runner.execute(pipeline(), "CREATE SCHEMA wide." + GeneratedMesh.domain(domain));
        }
        runner.execute(pipeline(), "CREATE TABLE wide.%s.%s (%s)".formatted(GeneratedMesh.domain(0), GeneratedMesh.product(0), GeneratedMesh.columns()));
        for (int commit = 0; commit < commits; commit++) {
            runner.execute(pipeline(), "INSERT INTO wide.%s.%s (column_00, column_01) VALUES (%s, 'x')".formatted(GeneratedMesh.domain(0), GeneratedMesh.product(0), commit));
        }
        try (Connection connection = DriverManager.getConnection(lake.url())) {
            connection.setAutoCommit(false);
            copyTable(connection);
            connection.commit();
        }
    }

    /**
     * Gives every table a metadata file of another name, as a commit would, so that nobody can have read it before.
     */
    void renew(int round)
            throws IOException, SQLException
    {
        try (Connection connection = DriverManager.getConnection(lake.url());
                Statement statement = connection.createStatement();
                PreparedStatement update = connection.prepareStatement("UPDATE iceberg_tables SET metadata_location = ? WHERE metadata_location = ?")) {
            connection.setAutoCommit(false);
            List<String> locations = new ArrayList<>();
            try (ResultSet tables = statement.executeQuery("SELECT metadata_location FROM iceberg_tables")) {
                while (tables.next()) {
                    locations.add(tables.getString(1));
                }
            }
            for (String location : locations) {
                String renewed = location.replaceFirst("[^/]*$", "%05d-%s.metadata.json".formatted(100 + round, UUID.randomUUID()));
                Files.copy(file(location), file(renewed));
                update.setString(1, renewed);
                update.setString(2, location);
                update.addBatch();
            }
            update.executeBatch();
            connection.commit();
        }
    }

    private Path file(String location)
    {
        return lake.files().resolve(location.replaceFirst("^local:///", ""));
    }

    private void copyTable(Connection connection)
            throws IOException, SQLException
    {
        String location;
        try (Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SELECT metadata_location FROM iceberg_tables")) {
            location = tables.getString(1);
        }
        Path metadata = lake.files().resolve(location.replaceFirst("^local:///", ""));
        try (PreparedStatement insert = connection.prepareStatement(
                """
                INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location, iceberg_type)
                VALUES ('lake', ?, ?, ?, 'TABLE')
                ON CONFLICT DO NOTHING
                """)) {
            for (int domain = 0; domain < domains; domain++) {
                for (int product = 0; product < GeneratedMesh.PRODUCTS_PER_DOMAIN; product++) {
                    // The engine reads no metadata file of another form of name
                    String name = "00001-%s.metadata.json".formatted(UUID.randomUUID());
                    Files.copy(metadata, metadata.resolveSibling(name));
                    insert.setString(1, GeneratedMesh.domain(domain));
                    insert.setString(2, GeneratedMesh.product(product));
                    insert.setString(3, location.substring(0, location.lastIndexOf('/') + 1) + name);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
