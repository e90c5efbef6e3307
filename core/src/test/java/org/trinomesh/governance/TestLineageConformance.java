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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleViolation;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.meshOf;

/**
 * Customers have an e-mail address and a risk that is restricted; segments are made of them.
 */
final class TestLineageConformance
{
    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sales-team, version: 1.0.0}
            spec:
              description: Customers
              outputPorts:
                - {name: sql, type: sql, catalog: lake, schema: sales}
              columns:
                - {name: id, type: bigint}
                - {name: mail, type: varchar, tags: [pii]}
                - {name: risk, type: varchar, classification: restricted}
                - {name: phone, type: varchar}
              accessControl:
                - {role: analysts, permissions: [read]}
            """;

    private static final String SEGMENTS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: segments, domain: marketing, owner: marketing-team, version: 1.0.0}
            spec:
              description: Segments
              outputPorts:
                - {name: sql, type: sql, catalog: lake, schema: marketing}
              columns:
                - {name: segment, type: varchar, derivedFrom: [sales.customers.id]}
                - name: contact
                  type: varchar
                  derivedFrom:
                    - sales.customers.id
                    - sales.customers.mail
              accessControl:
                - {role: analysts, permissions: [read]}
                - {role: keepers, permissions: [read, admin]}
            """;

    @Test
    void testUnclassifiedColumnMadeOfPersonalData()
    {
        Governance governance = governance("audit", SEGMENTS);
        assertThat(violations(governance)).containsExactly(
                "segments.yaml:14:11 audit columns are derived from data about persons and are not classified: segments.contact is derived from sales.customers.mail");
        assertThat(governance.problems()).extracting(Problem::message).noneMatch(message -> message.contains("lineage"));
        assertThat(governance("strict", SEGMENTS).problems().stream().filter(problem -> problem.message().contains("lineage"))).singleElement().hasToString(
                "segments.yaml:14:11: warning: check pii-handling/classification-follows-lineage is violated: columns are derived from data about persons and are not classified: segments.contact is derived from sales.customers.mail; " +
                        "add 'classification' or 'tags: [pii]' to the column; if it no longer contains data about persons, say so with a classification of its own");
        assertThat(violations(governance("off", SEGMENTS))).isEmpty();
    }

    @Test
    void testWhatCountsAsPersonal()
    {
        assertThat(violations(governance("audit", SEGMENTS.replace("customers.mail", "customers.risk")))).hasSize(1);
        assertThat(violations(governance("audit", SEGMENTS.replace("customers.mail", "customers.phone")))).hasSize(1);
        assertThat(violations(governance("audit", SEGMENTS.replace("customers.mail", "customers.nothing")))).isEmpty();
    }

    @Test
    void testFieldsInsideColumns()
    {
        String types = "row(street varchar, city varchar, geo row(lat double, lon double), \"home.phone\" varchar)";
        for (String type : List.of(types, "array(%s)".formatted(types), "map(varchar, array(%s))".formatted(types))) {
            String customers = CUSTOMERS.replace("    - {name: phone", "    - name: addr\n      type: '%s'\n      fields: [{name: street, tags: [pii]}, {name: geo, fields: [{name: lon, classification: restricted}]}]\n    - {name: phone".formatted(type));
            assertThat(violations(customers, "sales.customers.addr.street")).as(type).containsExactly("segments.contact is derived from sales.customers.addr.street");
            assertThat(violations(customers, "Sales.Customers.ADDR.Street")).as(type).hasSize(1);
            assertThat(violations(customers, "sales.customers.addr.geo.lon")).as(type).hasSize(1);
            // What holds such a field carries what the field carries
            assertThat(violations(customers, "sales.customers.addr.geo")).as(type).hasSize(1);
            assertThat(violations(customers, "sales.customers.addr")).as(type).hasSize(1);
            // By its name
            assertThat(violations(customers, "sales.customers.addr.home.phone")).as(type).hasSize(1);
            assertThat(violations(customers, "sales.customers.addr.city")).as(type).isEmpty();
            assertThat(violations(customers, "sales.customers.addr.geo.lat")).as(type).isEmpty();
            assertThat(violations(customers, "sales.customers.addr.nothing")).as(type).isEmpty();
        }
    }

    @Test
    void testFieldsThatARuleClassifies()
    {
        Governance governance = Governance.of(meshOf(ImmutableMap.of(
                "mesh.yaml", MESH.replace("pii-handling: off", "pii-handling: audit"),
                "customers.yaml", CUSTOMERS.replace("{name: phone, type: varchar}", "{name: addr, type: 'row(street varchar, city varchar)'}"),
                "segments.yaml", SEGMENTS.replace("sales.customers.mail", "sales.customers.addr"),
                "governance/streets.yaml",
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: streets}
                spec:
                  classifications:
                    - {id: streets, match: {columns: [addr.street]}, tags: [pii]}
                """)));
        assertThat(governance.problems()).extracting(Problem::message).isEmpty();
        assertThat(violations(governance)).hasSize(1);
    }

    @Test
    void testClassificationOfAFieldIsNotMadeWeaker()
    {
        String customers = CUSTOMERS.replace("{name: phone, type: varchar}", "{name: addr, type: 'row(street varchar)', fields: [{name: street, classification: restricted}]}");
        String confidential = SEGMENTS.replace("customers.mail", "customers.addr").replace("  columns:", "  governance: {dataClassification: confidential}\n  columns:");
        assertThat(violations(Governance.of(mesh("audit", customers, confidential)))).hasSize(1);
        assertThat(violations(Governance.of(mesh("audit", customers, confidential.replace("dataClassification: confidential", "dataClassification: restricted"))))).isEmpty();
    }

    private static List<String> violations(String customers, String source)
    {
        return violations(Governance.of(mesh("audit", customers, SEGMENTS.replace("sales.customers.mail", source)))).stream()
                .map(violation -> violation.substring(violation.lastIndexOf(": ") + 2))
                .toList();
    }

    @Test
    void testWhatCountsAsClassified()
    {
        assertThat(violations(governance("audit", SEGMENTS.replace("name: contact", "name: contact\n      classification: internal")))).isEmpty();
        assertThat(violations(governance("audit", SEGMENTS.replace("name: contact", "name: contact\n      tags: [pii]")))).isEmpty();
        String confidential = SEGMENTS.replace("  columns:", "  governance: {dataClassification: confidential}\n  columns:");
        assertThat(violations(governance("audit", confidential))).isEmpty();
        // What the whole product says is less than what its source says
        assertThat(violations(governance("audit", confidential.replace("customers.mail", "customers.risk")))).hasSize(1);
    }

    @Test
    void testWaiver()
    {
        Governance governance = Governance.of(meshOf(ImmutableMap.of(
                "mesh.yaml", MESH.replace("pii-handling: off", "pii-handling: strict"),
                "customers.yaml", CUSTOMERS,
                "segments.yaml", SEGMENTS,
                "governance/waivers.yaml",
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: waivers}
                spec:
                  waivers:
                    - {check: pii-handling/classification-follows-lineage, product: marketing.segments, until: 2999-01-31, reason: new, approvedBy: governance}
                """)));
        assertThat(governance.violations()).filteredOn(violation -> violation.check().endsWith("lineage")).singleElement().satisfies(violation ->
                assertThat(violation.waivedUntil()).contains(LocalDate.of(2999, 1, 31)));
        assertThat(governance.problems()).extracting(Problem::message).noneMatch(message -> message.contains("lineage"));
    }

    @Test
    void testChangeUpstreamIsSeen()
    {
        Mesh before = mesh("audit", CUSTOMERS.replace("tags: [pii]", "classification: public"), SEGMENTS);
        Governance governance = Governance.of(before);
        assertThat(violations(governance)).isEmpty();
        // Segments are the same, and are not compiled again
        assertThat(violations(Governance.of(mesh("audit", CUSTOMERS, SEGMENTS), MaskKeyVersions.UNKNOWN, Optional.of(governance)))).hasSize(1);
    }

    @Test
    void testWhoIsTold()
    {
        Governance governance = governance("audit", SEGMENTS);
        // Who may not discover the source must not find out by writing what it is
        assertThat(told(governance, "keepers")).isEmpty();
        assertThat(told(governance, "keepers", "analysts")).containsExactly("columns are derived from data about persons and are not classified: segments.contact is derived from sales.customers.mail");
        assertThat(told(governance, "analysts")).containsExactly("columns are derived from data about persons and are not classified");
        assertThat(told(governance, "nobody")).isEmpty();
    }

    @Test
    void testNobodyIsToldOfFieldsInsideColumnsThatAreHidden()
    {
        String customers = CUSTOMERS.replace("{name: phone, type: varchar}", "{name: addr, type: 'row(street varchar)', fields: [{name: street, tags: [pii]}], hidden: true}");
        Governance governance = Governance.of(mesh("audit", customers, SEGMENTS.replace("customers.mail", "customers.addr.street")));
        assertThat(violations(governance)).hasSize(1);
        assertThat(told(governance, "keepers", "analysts")).isEmpty();
        assertThat(told(Governance.of(mesh("audit", customers.replace(", hidden: true", ""), SEGMENTS.replace("customers.mail", "customers.addr.street"))), "keepers", "analysts")).hasSize(1);
    }

    private static List<String> told(Governance governance, String... groups)
    {
        return new GovernedMesh(governance, new Requester("x", Set.of(groups), Set.of()), governance.mesh().loadedAt()).visibleViolations().stream()
                .filter(violation -> violation.check().endsWith("lineage"))
                .map(VisibleViolation::message)
                .toList();
    }

    private static List<String> violations(Governance governance)
    {
        return governance.violations().stream()
                .filter(violation -> violation.check().equals("pii-handling/classification-follows-lineage"))
                .map(violation -> "%s %s %s".formatted(violation.position(), violation.enforcement(), violation.message()))
                .toList();
    }

    private static Governance governance(String enforcement, String segments)
    {
        return Governance.of(mesh(enforcement, CUSTOMERS, segments));
    }

    private static Mesh mesh(String enforcement, String customers, String segments)
    {
        return meshOf(ImmutableMap.of("mesh.yaml", MESH.replace("pii-handling: off", "pii-handling: " + enforcement), "customers.yaml", customers, "segments.yaml", segments));
    }
}
