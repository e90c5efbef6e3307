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

import io.trino.testing.QueryRunner;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Publishes tables of a lake as they are: every table of a namespace becomes a data product of the domain of the same name,
 * with all of its columns, for one reader.
 */
public final class PublishedTables
{
    private final String storage;
    private final String domain;
    private final String reader;

    public PublishedTables(String storage, String domain, String reader)
    {
        this.storage = requireNonNull(storage, "storage is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    /**
     * The platform's document: every domain may publish what is in its namespace.
     */
    public static String mesh(PublishedTables... domains)
    {
        return """
               apiVersion: datamesh/v1
               kind: Mesh
               metadata: {name: test, owner: platform}
               spec:
                 conformance: {interoperability: off, pii-handling: off}
                 grants:
               """ + Stream.of(domains)
                .map(tables -> "    - {domain: %1$s, storage: %2$s, namespaces: [%1$s]}\n".formatted(tables.domain, tables.storage))
                .collect(joining());
    }

    /**
     * Publishes the tables that the namespace has by now, and returns when the reader sees them.
     */
    public void publishAll(QueryRunner runner, MeshDirectory mesh)
            throws IOException
    {
        Set<Object> tables = runner.execute(pipeline(), "SHOW TABLES FROM %s.%s".formatted(storage, domain)).getOnlyColumnAsSet();
        for (Object table : tables) {
            write(runner, mesh, (String) table);
        }
        awaitReader(runner, tables);
    }

    public void publish(QueryRunner runner, MeshDirectory mesh, String table)
            throws IOException
    {
        write(runner, mesh, table);
        awaitReader(runner, Set.of(table));
    }

    public void withdraw(MeshDirectory mesh, String table)
            throws IOException
    {
        mesh.delete(file(table));
    }

    private void write(QueryRunner runner, MeshDirectory mesh, String table)
            throws IOException
    {
        mesh.write(file(table), product(table, columns(runner, table)));
    }

    private void awaitReader(QueryRunner runner, Set<Object> tables)
    {
        assertEventually(() -> assertThat(runner.execute(as(reader), "SHOW TABLES FROM mesh." + domain).getOnlyColumnAsSet())
                .as("published tables")
                .containsAll(tables));
    }

    private String file(String table)
    {
        return "%s/%s.yaml".formatted(domain, table);
    }

    private String columns(QueryRunner runner, String table)
    {
        return runner.execute(pipeline(), "DESCRIBE %s.%s.%s".formatted(storage, domain, table)).getMaterializedRows().stream()
                .map(row -> "    - {name: %s, type: '%s'}".formatted(row.getField(0), row.getField(1)))
                .collect(joining("\n"));
    }

    private String product(String table, String columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %1$s, domain: %2$s, owner: %2$s-team, version: 1.0.0}
               spec:
                 description: The table %1$s as it is
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: %3$s, schema: %2$s, table: %1$s}
                 columns:
               %4$s
                 accessControl:
                   - {user: %5$s, permissions: [read]}
               """.formatted(table, domain, storage, columns, reader);
    }
}
