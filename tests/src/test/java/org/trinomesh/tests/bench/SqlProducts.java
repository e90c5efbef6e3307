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
import org.trinomesh.tests.MeshDirectory;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * For each product of a domain a product of another one that selects all of it.
 */
final class SqlProducts
{
    private SqlProducts() {}

    /**
     * Returns when the reader sees them.
     *
     * @param source the domain of the products that are selected
     */
    static void publish(QueryRunner runner, MeshDirectory directory, String domain, String source)
            throws IOException
    {
        publish(runner, directory, domain, source, "");
    }

    /**
     * The same, with rows that are stored in the namespace of the domain.
     */
    static void publishStored(QueryRunner runner, MeshDirectory directory, String domain, String source)
            throws IOException
    {
        publish(runner, directory, domain, source, ", materialized: {storage: lake, schema: %s, table: %%s}".formatted(domain));
        for (Object table : tables(runner, domain)) {
            runner.execute(as(GeneratedMesh.READER), "REFRESH MATERIALIZED VIEW mesh.%s.%s".formatted(domain, table));
        }
    }

    private static Set<Object> tables(QueryRunner runner, String domain)
    {
        return runner.execute(as(GeneratedMesh.READER), "SHOW TABLES FROM mesh." + domain).getOnlyColumnAsSet();
    }

    private static void publish(QueryRunner runner, MeshDirectory directory, String domain, String source, String materialized)
            throws IOException
    {
        directory.write(
                "governance/%s.yaml".formatted(domain),
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: %1$s, owner: governance}
                spec:
                  grants:
                    - {id: sources, match: {domains: [%2$s]}, principals: [{domain: %1$s}], permissions: [read, share]}
                """.formatted(domain, source));
        Set<Object> tables = tables(runner, source);
        for (Object table : tables) {
            directory.write("%s/%s.yaml".formatted(domain, table), product(domain, source, (String) table, columns(runner, source, (String) table), materialized.formatted(table)));
        }
        assertEventually(() -> assertThat(tables(runner, domain)).containsAll(tables));
    }

    private record Promised(String name, String type) {}

    private static List<Promised> columns(QueryRunner runner, String domain, String table)
    {
        return runner.execute(as(GeneratedMesh.READER), "DESCRIBE mesh.%s.%s".formatted(domain, table)).getMaterializedRows().stream()
                .map(row -> new Promised((String) row.getField(0), (String) row.getField(1)))
                .toList();
    }

    private static String product(String domain, String source, String table, List<Promised> columns, String materialized)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %2$s, domain: %1$s, owner: %1$s-team, version: 1.0.0}
               spec:
                 description: All of %3$s.%2$s
                 outputPorts:
                   - {name: sql, type: sql, query: {sql: "SELECT %4$s FROM %3$s.%2$s"%7$s}}
                 columns:
               %5$s
                 accessControl:
                   - {user: %6$s, permissions: [read, write]}
               """.formatted(
                domain,
                table,
                source,
                columns.stream().map(Promised::name).collect(joining(", ")),
                columns.stream().map(column -> "    - {name: %s, type: '%s'}".formatted(column.name(), column.type())).collect(joining("\n")),
                GeneratedMesh.READER,
                materialized);
    }
}
