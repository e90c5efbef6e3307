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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;

/**
 * What counts while a document is refused because it breaks a promise: nobody is given anything by it, and whatever it takes is gone.
 */
final class TestRestraint
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
                - {name: order_id, type: bigint}
                - {name: email, type: varchar}
                - {name: total, type: bigint}
              accessControl:
                - {group: analysts, permissions: [read]}
                - {group: support, permissions: [read, share]}
            """;
    private static final String REFUSED = PRODUCT.replace("order_id, type: bigint", "order_id, type: varchar");
    private static final String CLEAR = "{order_id=clear, email=clear, total=clear}";

    @TempDir
    private Path directory;

    private MeshRegistry registry;
    private Governance governance;

    @BeforeEach
    void setUp()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("governance/pii.yaml",
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: pii}
                spec:
                  masks:
                    - {id: mask-pii, mask: replace-with-null, match: {tags: [pii]}, principals: [{group: analysts}]}
                """);
        write("orders.yaml", PRODUCT);
        registry = new MeshRegistry(directory, Duration.ofMinutes(15), Clock.fixed(NOW, ZoneOffset.UTC), new VocabularyChecks());
        governance = Governance.of(registry.current());
        assertThat(seen("analysts")).isEqualTo(CLEAR);
    }

    @Test
    void testRefusedDocumentAlone()
            throws IOException
    {
        change(REFUSED);
        assertThat(seen("analysts")).isEqualTo(CLEAR);
        assertThat(seen("support")).isEqualTo(CLEAR);
    }

    @Test
    void testRevokedGrantDoesNotStay()
            throws IOException
    {
        change(REFUSED.replace("    - {group: analysts, permissions: [read]}\n", ""));
        assertThat(seen("analysts")).isEqualTo("nothing");
        assertThat(seen("support")).isEqualTo(CLEAR);
        assertThat(mayShare("support")).isTrue();

        change(REFUSED.replace("[read, share]", "[read]"));
        assertThat(seen("analysts")).isEqualTo(CLEAR);
        assertThat(mayShare("support")).isFalse();
    }

    @Test
    void testNewGrantGivesNothing()
            throws IOException
    {
        change(REFUSED + "    - {group: interns, permissions: [read]}\n");
        assertThat(seen("interns")).isEqualTo("nothing");
        change(PRODUCT + "    - {group: interns, permissions: [read]}\n");
        assertThat(seen("interns")).isEqualTo(CLEAR);
    }

    @Test
    void testProtectionOfColumnsCounts()
            throws IOException
    {
        change(REFUSED.replace("email, type: varchar", "email, type: varchar, mask: email-domain"));
        assertThat(seen("analysts")).isEqualTo("{order_id=clear, email=email-domain, total=clear}");
        change(REFUSED.replace("email, type: varchar", "email, type: varchar, hidden: true"));
        assertThat(seen("analysts")).isEqualTo("{order_id=clear, email=hidden, total=clear}");
        // Rules of the mesh see what it says now
        change(REFUSED.replace("email, type: varchar", "email, type: varchar, tags: [pii]"));
        assertThat(seen("analysts")).isEqualTo("{order_id=clear, email=replace-with-null, total=clear}");
        assertThat(seen("support")).isEqualTo(CLEAR);
        // What was once said of the column stays with it, and the mask is for the type that is served
        change(REFUSED.replace("order_id, type: varchar", "order_id, type: varchar, tags: [pii]"));
        assertThat(seen("analysts")).isEqualTo("{order_id=replace-with-null, email=replace-with-null, total=clear}");
    }

    @Test
    void testWeakerProtectionDoesNotCount()
            throws IOException
    {
        change(PRODUCT.replace("email, type: varchar", "email, type: varchar, mask: replace-with-null"));
        assertThat(seen("analysts")).isEqualTo("{order_id=clear, email=replace-with-null, total=clear}");
        change(REFUSED.replace("email, type: varchar", "email, type: varchar, mask: email-domain"));
        assertThat(seen("analysts")).isEqualTo("{order_id=clear, email=replace-with-null, total=clear}");
        change(REFUSED);
        assertThat(seen("analysts")).isEqualTo("{order_id=clear, email=replace-with-null, total=clear}");
    }

    @Test
    void testRowFiltersAndDenialsCount()
            throws IOException
    {
        change(REFUSED + "  rowFilters:\n    - {id: small, filter: total < 100}\n");
        assertThat(rows("analysts")).contains("total < '100'");
        change(REFUSED + "  denials:\n    - {id: nobody, principals: [{group: analysts}]}\n");
        assertThat(seen("analysts")).isEqualTo("nothing");
        assertThat(seen("support")).isEqualTo(CLEAR);
        // A filter on what only the refused document promises cannot be applied to what is served
        change(REFUSED.replace("total, type", "amount, type") + "  rowFilters:\n    - {id: small, filter: amount < 100}\n");
        assertThat(seen("analysts")).isEqualTo("nothing");
    }

    @Test
    void testHiddenProductIsNotFound()
            throws IOException
    {
        assertThat(mesh("employees").discoverable()).hasSize(1);
        change(REFUSED.replace("  description: Orders\n", "  description: Orders\n  discoverable: false\n"));
        assertThat(registry.current().changes()).singleElement().satisfies(change -> assertThat(change.refused()).isTrue());
        assertThat(mesh("employees").discoverable()).isEmpty();
    }

    private void change(String product)
            throws IOException
    {
        write("orders.yaml", product);
        assertThat(registry.refresh()).isTrue();
        governance = Governance.of(registry.current(), MaskKeyVersions.UNKNOWN, Optional.of(governance));
    }

    private GovernedMesh mesh(String group)
    {
        return new GovernedMesh(governance, new Requester("somebody", ImmutableSet.of(group), ImmutableSet.of()), NOW);
    }

    private MeshTable orders()
    {
        return registry.current().table("sales", "orders").orElseThrow();
    }

    private String seen(String group)
    {
        return mesh(group).access(orders()).map(access -> access.columns().toString()).orElse("nothing");
    }

    private Optional<String> rows(String group)
    {
        return mesh(group).access(orders()).flatMap(TableAccess::rows).map(rows -> rows.filter().toString());
    }

    private boolean mayShare(String group)
    {
        return mesh(group).decide(orders().product()) instanceof Decision.Readable readable && readable.share();
    }

    private void write(String name, String text)
            throws IOException
    {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
