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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The team of a domain writes both its tables and its documents, and tries to show what rules of the whole mesh hide, or to find out
 * what the pseudonyms of another domain stand for. Ana reads everything that the teams publish.
 */
final class TestEvasiveAuthors
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales", "marketing")
            .with("stewards", "[{group: governance}]")
            .with("identifiers", "[{type: ssn, domains: [sales]}]");

    private static final String RULES =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: rules, owner: governance}
            spec:
              masks:
                - {id: email, match: {columns: ["*email*"]}, mask: replace-with-null}
                - {id: pii, match: {tags: [pii]}, mask: replace-with-null}
                - {id: ssn, match: {tags: [ssn]}, mask: {action: tokenize, identifier: ssn}}
                - {id: hash, match: {tags: [hash]}, mask: sha-256-query-local}
                - {id: everywhere, match: {tags: [everywhere]}, mask: sha-256-global}
              rowFilters:
                - {id: consent, match: {products: [sales.visits]}, filter: "consent = 'yes'"}
            """;

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path state;

    private EmbeddedMesh mesh;
    private int restarts;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH).write("governance/rules.yaml", RULES).addMeshProperty("mesh.mask-key", KEY).start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE SCHEMA lake.marketing");
        return mesh.runner();
    }

    @Test
    void testColumnThatIsPromisedByItsFieldId()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.byid AS SELECT BIGINT '1' id, VARCHAR 'ada@example.org' email");
        publish("sales", "byid", "byid", "- {name: id, type: bigint}\n- {name: contact, type: varchar, fieldId: 2}\n");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.byid"))
                .contains("Data product sales.byid is out of service: column contact is field id 2 of the table, which calls it email, and rule rules/email (governance/rules.yaml:6:7) is about email");
        assertThat(mesh.rows("sam", "SELECT remedy FROM mesh.system.problems WHERE product = 'byid' AND severity = 'error'"))
                .containsExactly("write physicalName: email at the column, so that the rule applies");
        publish("sales", "byid", "byid", "- {name: id, type: bigint}\n- {name: contact, type: varchar, fieldId: 2, physicalName: email}\n");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.byid")).containsExactly("1, null");
        publish("sales", "byid", "byid", "- {name: id, type: bigint}\n- {name: contact, type: varchar, physicalName: email}\n");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.byid")).containsExactly("1, null");
    }

    @Test
    void testColumnThatARowFilterNames()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.visits AS SELECT BIGINT '1' id, VARCHAR 'no' consent, VARCHAR 'yes' active");
        publish("sales", "visits", "visits", "- {name: id, type: bigint}\n- {name: consent, type: varchar}\n");
        assertThat(mesh.rows("ana", "SELECT id FROM mesh.sales.visits")).isEmpty();
        publish("sales", "visits", "visits", "- {name: id, type: bigint}\n- {name: consent, type: varchar, physicalName: active}\n");
        assertThat(mesh.failure("ana", "SELECT id FROM mesh.sales.visits")).contains("column consent is field id 3, but in the table field id 2 has this name: a row filter on consent would compare another field");
        publish("sales", "visits", "visits", "- {name: id, type: bigint}\n- {name: consent, type: varchar, fieldId: 3}\n");
        assertThat(mesh.failure("ana", "SELECT id FROM mesh.sales.visits")).contains("in the table field id 2 has this name: a row filter on consent would compare another field");
    }

    @Test
    void testFieldThatIsRenamedInTheTable()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.places AS SELECT CAST(ROW('Secret St 1', 'Town') AS row(street varchar, city varchar)) address");
        publish("sales", "places", "places", "- {name: address, type: \"row(street varchar, city varchar)\", fields: [{name: street, tags: [pii]}]}\n");
        assertThat(mesh.rows("ana", "SELECT address.street, address.city FROM mesh.sales.places")).containsExactly("null, Town");
        mesh.runPipeline("ALTER TABLE lake.sales.places RENAME COLUMN address.street TO road");
        publish("sales", "roads", "places", "- {name: address, type: \"row(road varchar, city varchar)\"}\n");
        assertThat(mesh.failure("ana", "SELECT address.road FROM mesh.sales.roads"))
                .contains("column address (field id 1) has fields that had other names in the table, and rule rules/pii (governance/rules.yaml:7:7) is about what a data product said of them then");
        publish("sales", "roads", "places", "- {name: address, type: \"row(road varchar, city varchar)\", fields: [{name: road, tags: [pii]}]}\n");
        assertThat(mesh.rows("ana", "SELECT address.road, address.city FROM mesh.sales.roads")).containsExactly("null, Town");
    }

    @Test
    void testColumnThatIsRenamedInTheTableAndPublishedAnew()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.people AS SELECT BIGINT '1' id, VARCHAR '123-45-6789' nr");
        publish("sales", "people", "people", "- {name: id, type: bigint}\n- {name: nr, type: varchar, tags: [pii]}\n");
        String before = restarted();
        assertThat(mesh.rows("ana", "SELECT * FROM " + before + ".sales.people")).containsExactly("1, null");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.people")).containsExactly("1, null");
        mesh.runPipeline("ALTER TABLE lake.sales.people RENAME COLUMN nr TO code");
        publish("sales", "people", "people", "- {name: id, type: bigint}\n- {name: code, type: varchar}\n");
        // The contract is broken by that, so the author takes another major version, or another product
        publish("sales", "codes", "people", "- {name: id, type: bigint}\n- {name: code, type: varchar}\n");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.codes"))
                .contains("column code is field id 2 of the table, which was published as nr, and rule rules/pii (governance/rules.yaml:7:7) is about what a data product said of it then");
        assertThat(mesh.failure("ana", "SELECT * FROM " + restarted() + ".sales.codes")).as("after a restart").contains("which was published as nr, and rule rules/pii");
        publish("sales", "codes", "people", "- {name: id, type: bigint}\n- {name: code, type: varchar, tags: [PII]}\n");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.codes")).containsExactly("1, null");
    }

    @Test
    void testWordThatIsDroppedIsKnownAfterARestart()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.dropped AS SELECT BIGINT '1' id, VARCHAR 'Ada' person");
        publish("sales", "dropped", "dropped", "- {name: id, type: bigint}\n- {name: person, type: varchar, tags: [pii]}\n");
        assertThat(mesh.rows("ana", "SELECT * FROM " + restarted() + ".sales.dropped")).containsExactly("1, null");
        publish("sales", "dropped", "dropped", "- {name: id, type: bigint}\n- {name: person, type: varchar}\n");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.dropped")).containsExactly("1, null");
        assertThat(mesh.rows("ana", "SELECT * FROM " + restarted() + ".sales.dropped")).containsExactly("1, null");
    }

    @Test
    void testGuessesDoNotJoinWithPseudonymsOfAnotherDomain()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.secrets AS SELECT VARCHAR '123-45-6789' v");
        mesh.runPipeline("CREATE TABLE lake.marketing.guesses AS SELECT * FROM (VALUES VARCHAR '123-45-6789', VARCHAR '987-65-4321') t(v)");
        for (String tag : new String[] {"ssn", "hash", "everywhere"}) {
            publish("sales", "secrets_" + tag, "secrets", "- {name: v, type: varchar, tags: [" + tag + "]}\n");
            publish("marketing", "guesses_" + tag, "guesses", "- {name: v, type: varchar, tags: [" + tag + "]}\n");
            assertThat(mesh.rows("ana", "SELECT count(v) FROM mesh.sales.secrets_" + tag)).as(tag).containsExactly("1");
            assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.sales.secrets_%1$s s JOIN mesh.marketing.guesses_%1$s g ON s.v = g.v".formatted(tag))).as(tag).containsExactly("0");
        }
        for (String mask : new String[] {"sha-256-query-local", "sha-256-global"}) {
            String name = "own_" + mask.replace('-', '_');
            publish("marketing", name, "guesses", "- {name: v, type: varchar, mask: " + mask + "}\n");
            for (String tag : new String[] {"hash", "everywhere", "ssn"}) {
                assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.sales.secrets_%s s JOIN mesh.marketing.%s g ON s.v = g.v".formatted(tag, name))).as(mask).containsExactly("0");
            }
        }
        publish("marketing", "own", "guesses", "- {name: v, type: varchar, mask: {action: tokenize, identifier: ssn}}\n");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.marketing.own")).contains("out of service: the mask of column 'v' makes pseudonyms of identifier type ssn, which domain marketing may not make");
    }

    @Test
    void testKeysOfMaps()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.maps AS SELECT MAP(ARRAY[VARCHAR 'jane@secret.org'], ARRAY[VARCHAR 'v1']) tok");
        publish("sales", "maps", "maps", "- {name: tok, type: \"map(varchar, varchar)\", tags: [everywhere]}\n");
        assertThat(mesh.rows("ana", "SELECT map_keys(tok) FROM mesh.sales.maps")).containsExactly("null");
        publish("sales", "open_maps", "maps", "- {name: tok, type: \"map(varchar, varchar)\", mask: {action: sha-256-global, keys: clear}}\n");
        // The tag stays with the field, whichever product publishes it
        assertThat(mesh.rows("ana", "SELECT map_keys(tok) FROM mesh.sales.open_maps")).containsExactly("null");
    }

    /**
     * A server that was never asked for anything yet, and keeps what is known in a directory.
     */
    private String restarted()
    {
        String catalog = "evasive" + restarts++;
        ImmutableMap.Builder<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", mesh.descriptors().path().toString())
                .put("mesh.state-directory", state.toString())
                .put("mesh.mask-key", KEY)
                .put("mesh.slo-interval", "0s");
        mesh.lake().properties().forEach((name, value) -> properties.put("storage.lake." + name, value));
        mesh.runner().createCatalog(catalog, "mesh", properties.buildOrThrow());
        return catalog;
    }

    private void publish(String domain, String name, String table, String columns)
    {
        mesh.publish(domain + "/" + name + ".yaml",
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: %s, domain: %s, owner: %s-data-team, version: 1.0.0}
                spec:
                  description: A product whose author is inventive
                  accessControl:
                    - {role: sales-analysts, permissions: [read]}
                    - {role: %s-data-team, permissions: [read, admin]}
                  outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: %s, table: %s}]
                  columns:
                %s""".formatted(name.replace('_', '-'), domain, domain, domain, domain, table, columns.indent(4)));
    }
}
