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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.CloseableIterable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Changes the metadata of a lake's tables as no engine would, to make tables that are old or broken.
 */
public record LakeTables(EmbeddedLake lake)
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public LakeTables
    {
        requireNonNull(lake, "lake is null");
    }

    /**
     * Makes a table as old as if all of it had happened earlier.
     */
    public void age(String namespace, String table, Duration by)
            throws IOException, SQLException
    {
        rewrite(namespace, table, metadata -> {
            metadata.put("last-updated-ms", metadata.get("last-updated-ms").longValue() - by.toMillis());
            metadata.get("snapshots").forEach(snapshot -> earlier(snapshot, by));
            metadata.get("snapshot-log").forEach(entry -> earlier(entry, by));
            metadata.get("metadata-log").forEach(entry -> earlier(entry, by));
        });
    }

    public void rewrite(String namespace, String table, Consumer<ObjectNode> change)
            throws IOException, SQLException
    {
        String location = metadataLocation(namespace, table);
        ObjectNode metadata = (ObjectNode) MAPPER.readTree(file(location).toFile());
        change.accept(metadata);
        // Under another name, since what has a name is taken to be unchanging
        String changed = location.replaceFirst("[^/]*$", "99999-" + UUID.randomUUID() + ".metadata.json");
        Files.writeString(file(changed), MAPPER.writeValueAsString(metadata));
        point(namespace, table, changed);
    }

    /**
     * Writes the files of a table into its metadata anew, without what they say of their columns.
     */
    public void forgetMetrics(String namespace, String table)
            throws IOException
    {
        BaseTable iceberg = new BaseTable(operations(namespace, table), table);
        OverwriteFiles overwrite = iceberg.newOverwrite();
        try (CloseableIterable<FileScanTask> files = iceberg.newScan().planFiles()) {
            files.forEach(task -> overwrite
                    .deleteFile(task.file())
                    .addFile(DataFiles.builder(iceberg.spec()).copy(task.file()).withMetrics(new Metrics(task.file().recordCount())).build()));
        }
        overwrite.commit();
    }

    /**
     * A table for Iceberg's own API.
     */
    public TableOperations operations(String namespace, String table)
    {
        return new LakeTableOperations(this, namespace, table);
    }

    void point(String namespace, String table, String changed)
            throws SQLException
    {
        try (Connection connection = DriverManager.getConnection(lake.url());
                PreparedStatement update = connection.prepareStatement("UPDATE iceberg_tables SET metadata_location = ? WHERE table_namespace = ? AND table_name = ?")) {
            update.setString(1, changed);
            update.setString(2, namespace);
            update.setString(3, table);
            update.executeUpdate();
        }
    }

    public Path file(String location)
    {
        return lake.files().resolve(location.replaceFirst("^local:///", ""));
    }

    public String metadataLocation(String namespace, String table)
            throws SQLException
    {
        try (Connection connection = DriverManager.getConnection(lake.url());
                PreparedStatement select = connection.prepareStatement("SELECT metadata_location FROM iceberg_tables WHERE table_namespace = ? AND table_name = ?")) {
            select.setString(1, namespace);
            select.setString(2, table);
            try (ResultSet rows = select.executeQuery()) {
                return rows.getString(1);
            }
        }
    }

    private static void earlier(JsonNode entry, Duration by)
    {
        ((ObjectNode) entry).put("timestamp-ms", entry.get("timestamp-ms").longValue() - by.toMillis());
    }
}
