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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;

/**
 * Analysts read, employees discover, stewards answer for the product, governance for the mesh, and eve is nobody.
 */
final class TestVisibleChanges
{
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PRODUCT =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: sales-team, version: 1.0.0}
            spec:
              description: Orders
              outputPorts:
                - {name: sql, type: sql, catalog: lake, schema: sales}
              columns:
                - {name: order_id, type: integer}
                - {name: secret, type: integer, hidden: true}
              accessControl:
                - {group: analysts, permissions: [read]}
                - {group: stewards, permissions: [read, admin]}
            """;
    private static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: orders-contract, version: 1.0.0, owner: sales-team}
            producer: {domain: sales, dataProduct: orders}
            slos: {freshness: {target: 4h}}
            quality:
              rules:
                - {name: known-id, column: order_id, check: not_null}
                - {name: known-secret, column: SECRET, check: not_null}
            """;

    @TempDir
    private Path directory;

    private MeshRegistry registry;

    @BeforeEach
    void setUp()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        write("contract.yaml", CONTRACT);
        // Nothing that is broken stays
        registry = new MeshRegistry(directory, Duration.ZERO, Clock.fixed(NOW, ZoneOffset.UTC), new VocabularyChecks());
        assertThat(registry.current().problems().stream().filter(Problem::isError)).isEmpty();
    }

    @Test
    void testHiddenColumnsAreNotNamed()
            throws IOException
    {
        write("contract.yaml", CONTRACT.replace("target: 4h", "target: 8h").replace("check: not_null", "check: unique"));
        write("orders.yaml", PRODUCT.replace("type: integer", "type: bigint").replace("version: 1.0.0", "version: 1.1.0"));
        registry.refresh();
        List<String> seen = List.of("orders.order_id", "slos.freshness", "quality.known-id");
        assertThat(paths("analysts")).isEqualTo(seen);
        assertThat(paths("employees")).isEqualTo(seen);
        List<String> all = List.of("orders.order_id", "orders.secret", "slos.freshness", "quality.known-id", "quality.known-secret");
        assertThat(paths("stewards")).isEqualTo(all);
        assertThat(paths("governance")).isEqualTo(all);
        assertThat(paths("sales-team")).isEqualTo(all);
        assertThat(paths("nobody")).isEmpty();
        assertThat(changes("analysts")).noneMatch(change -> change.position().isPresent());
        assertThat(changes("stewards")).allMatch(change -> change.position().isPresent());
    }

    @Test
    void testRuleThatWasAboutAHiddenColumnIsNotTold()
            throws IOException
    {
        write("contract.yaml", CONTRACT.replace("column: SECRET, check: not_null", "column: SECRET, check: regex, pattern: '^SE-[0-9]{4}$'"));
        registry.refresh();
        write("contract.yaml", CONTRACT.replace("column: SECRET", "column: order_id"));
        registry.refresh();
        assertThat(paths("stewards")).containsExactly("quality.known-secret");
        assertThat(changes("stewards").getFirst().change().before().orElseThrow()).contains("^SE-[0-9]{4}$");
        assertThat(paths("analysts")).isEmpty();
        assertThat(paths("employees")).isEmpty();
    }

    @Test
    void testColumnThatNobodyDecidesAnyMoreIsNotNamed()
            throws IOException
    {
        // In place, so that the policies of the version before are gone
        write("orders.yaml", PRODUCT.replace("name: order_id", "name: order_number").replace("version: 1.0.0", "version: 2.0.0"));
        registry.refresh();
        assertThat(paths("analysts")).containsExactly("orders.order_number");
        assertThat(paths("stewards")).containsExactly("orders.order_id", "orders.order_number", "quality.known-id");
    }

    @Test
    void testRefusedChangeIsTheOwners()
            throws IOException
    {
        write("orders.yaml", PRODUCT.replace("order_id, type: integer", "order_id, type: varchar").replace("owner: sales-team", "owner: eve").replace("stewards", "evil"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(paths("sales-team")).containsExactly("orders.order_id");
        assertThat(paths("governance")).containsExactly("orders.order_id");
        for (String group : List.of("analysts", "employees", "evil", "eve")) {
            assertThat(paths(group)).as(group).isEmpty();
        }
    }

    private List<String> paths(String group)
    {
        return changes(group).stream().map(change -> change.change().path()).collect(toImmutableList());
    }

    private List<VisibleChange> changes(String group)
    {
        GovernedMesh mesh = new GovernedMesh(Governance.of(registry.current()), new Requester("somebody", ImmutableSet.of(group), ImmutableSet.of()), NOW);
        return VisibleChanges.of(mesh, _ -> true);
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.writeString(directory.resolve(name), text);
    }
}
