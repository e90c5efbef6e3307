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
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sales has customers with addresses of mail, and finance publishes what their domains are. Governance may say that those are no personal data; finance
 * may not.
 */
final class TestDeclassification
{
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Customers
              governance: {gdprCompliant: true}
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: varchar, identifier: customer_id}
                - {name: email, type: varchar, classification: restricted, tags: [pii]}
                - {name: phone, type: varchar, classification: internal, tags: [pii]}
                - {name: region, type: varchar}
              accessControl:
                - {domain: sales, permissions: [read, share]}
                - {domain: finance, permissions: [read, share]}
            """;

    private static final String BILLING =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: billing, domain: finance, owner: billers, version: 1.0.0}
            spec:
              description: Billing
              governance: {gdprCompliant: true}
              outputPorts: [{name: sql, type: sql, query: {sql: "SELECT email AS mail, substr(email, 5) AS mail_domain, region FROM sales.customers"}}]
              columns:
                - {name: mail, type: varchar}
                - {name: mail_domain, type: varchar}
                - {name: region, type: varchar}
              accessControl:
                - {group: analysts, permissions: [read]}
                - {domain: finance, permissions: [read, share]}
            """;

    /**
     * The same of the domain that has the customers.
     */
    private static final String CONTACTS = BILLING.replace("billing", "contacts").replace("domain: finance", "domain: sales").replace("billers", "sellers");

    /**
     * On top of the billing.
     */
    private static final String REPORT = onTop("finance", "billing");

    private static final String MASK = policy("pii", "  masks: [{id: mask, match: {tags: [pii]}, mask: replace-with-null, except: [{domain: sales}, {domain: finance}]}]\n");

    private static final String FROM_EMAIL = "from: [sales.customers.email]";

    @Test
    void testGovernanceDeclassifiesTheDomainOfTheMail()
    {
        assertThat(seen(governed(), "billing")).isEqualTo("mail=null, mail_domain=null, region=clear");
        Governance governance = governed("governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(seen(governance, "billing")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        assertThat(problems(governance)).isEmpty();
        List<ColumnAttributes> attributes = governance.attributes(governance.mesh().table("finance", "billing").orElseThrow());
        assertThat(attributes.get(0).tags()).containsExactly("pii");
        assertThat(attributes.get(0).classification()).contains("restricted");
        assertThat(attributes.get(1).tags()).isEmpty();
        assertThat(attributes.get(1).classification()).isEmpty();
        // Also what is shown as it is
        assertThat(seen(governed("governance/d.yaml", declassifyShown("Finance.Billing", "MAIL")), "billing")).isEqualTo("mail=clear, mail_domain=null, region=clear");
    }

    @Test
    void testStoredRowsToo()
    {
        String stored = BILLING.replace("FROM sales.customers\"}}]", "FROM sales.customers\", materialized: {storage: lake, schema: finance, table: billing}}}]");
        assertThat(seen(governed("billing.yaml", stored), "billing")).isEqualTo("mail=null, mail_domain=null, region=clear");
        Governance governance = governed("billing.yaml", stored, "governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(seen(governance, "billing")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        assertThat(problems(governance)).isEmpty();
    }

    @Test
    void testRulesAboutTheColumnItselfHold()
    {
        String declassified = declassifyShown("finance.billing", "mail");
        for (String match : List.of("columns: [mail]", "products: [finance.billing], columns: [mail]", "tags: [own]", "classifications: [internal]")) {
            String rule = policy("own", "  masks: [{id: own, match: {%s}, mask: replace-with-null}]\n".formatted(match));
            Governance governance = governed(
                    "billing.yaml",
                    BILLING.replace("{name: mail, type: varchar}", "{name: mail, type: varchar, tags: [own], classification: internal}"),
                    "governance/d.yaml",
                    declassified,
                    "governance/own.yaml",
                    rule);
            assertThat(seen(governance, "billing")).as(match).startsWith("mail=null, ");
            assertThat(problems(governance)).as(match).isEmpty();
        }
        assertThat(seen(governed("billing.yaml", BILLING.replace("{name: mail, type: varchar}", "{name: mail, type: varchar, mask: replace-with-null}"), "governance/d.yaml", declassified), "billing")).startsWith("mail=null, ");
    }

    @Test
    void testWhatIsBuiltOnTopInheritsWhatTheColumnIsNow()
    {
        assertThat(seen(governed("report.yaml", REPORT), "report")).isEqualTo("mail=null, mail_domain=null, region=clear");
        Governance governance = governed("report.yaml", REPORT, "governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(seen(governance, "report")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        assertThat(problems(governance)).isEmpty();
        // What is declassified on top says nothing of what is below
        Governance above = governed("report.yaml", REPORT, "governance/d.yaml", declassify("finance.report", "mail_domain").replace(FROM_EMAIL, "from: [finance.billing.mail_domain]"));
        assertThat(seen(above, "report")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        assertThat(seen(above, "billing")).isEqualTo("mail=null, mail_domain=null, region=clear");
    }

    @Test
    void testADomainDoesNotDeclassifyWhatTheMeshMasks()
    {
        for (String column : List.of("mail", "mail_domain")) {
            Governance governance = governed("contacts.yaml", CONTACTS, "domains/sales/governance/d.yaml", declassifyShown("sales.contacts", column));
            assertThat(seen(governance, "contacts")).isEqualTo("mail=null, mail_domain=null, region=clear");
            assertThat(problems(governance)).as(column).singleElement().asString().matches(("domains/sales/governance/d.yaml:5:70: error: rule d/d cannot declassify column '%s' of sales.contacts, which inherits all as before: " +
                    "rule pii/mask \\(governance/pii.yaml:5:11\\) of the whole mesh (says replace-with-null|is about what it inherits); " +
                    "ask governance for an entry in a policy below governance/; a domain may declassify only what nobody but its own rules and products says").formatted(column));
        }
        // The policy of the mesh may be about the product alone, and mean it because of what its column inherits
        Governance governance = governed(
                "contacts.yaml",
                CONTACTS,
                "governance/pii.yaml",
                policy("pii", "  masks: [{id: mask, match: {products: [sales.contacts], tags: [pii]}, mask: replace-with-null}]\n"),
                "domains/sales/governance/d.yaml",
                declassify("sales.contacts", "mail_domain"));
        assertThat(seen(governance, "contacts")).isEqualTo("mail=null, mail_domain=null, region=clear");
        assertThat(problems(governance)).singleElement().asString().contains("rule pii/mask (governance/pii.yaml:5:11) of the whole mesh is about what it inherits");
    }

    @Test
    void testADomainDoesNotDeclassifyWhatTheMeshClassifies()
    {
        Map<String, String> policies = Map.of(
                "of the source", policy("pii", "  classifications: [{id: c, match: {products: [sales.customers], columns: [email]}, tags: [contact]}]\n"),
                "of what inherits", policy("pii", "  classifications: [{id: c, match: {products: [sales.contacts], tags: [pii]}, classification: internal}]\n"));
        policies.forEach((name, classification) -> {
            Governance governance = governed("contacts.yaml", CONTACTS, "governance/pii.yaml", classification, "domains/sales/governance/d.yaml", declassify("sales.contacts", "mail_domain"));
            assertThat(governance.attributes(governance.mesh().table("sales", "contacts").orElseThrow()).get(1).tags()).as(name).contains("pii");
            assertThat(problems(governance)).as(name).singleElement().asString().contains("rule d/d cannot declassify column 'mail_domain' of sales.contacts", "rule pii/c (governance/pii.yaml:5:21)");
        });
    }

    @Test
    void testADomainDeclassifiesItsOwn()
    {
        String own = policy("own", "  masks: [{id: mask, match: {tags: [pii]}, mask: replace-with-null, except: [{domain: sales}]}]\n  classifications: [{id: c, match: {columns: [email]}, tags: [contact]}]\n");
        Map<String, String> files = files("governance/pii.yaml", policy("pii", ""), "contacts.yaml", CONTACTS, "domains/sales/governance/own.yaml", own);
        assertThat(seen(governance(files), "contacts")).isEqualTo("mail=null, mail_domain=null, region=clear");
        Governance governance = governance(with(files, "domains/sales/governance/d.yaml", declassifyShown("sales.contacts", "mail, mail_domain")));
        assertThat(problems(governance)).isEmpty();
        assertThat(seen(governance, "contacts")).isEqualTo("mail=clear, mail_domain=clear, region=clear");
        assertThat(governance.attributes(governance.mesh().table("sales", "contacts").orElseThrow()).get(1).tags()).isEmpty();
        // The rules of its products, too
        String ofProduct = CUSTOMERS.replace("  accessControl:", "  masks: [{id: m, match: {columns: [email]}, mask: replace-with-null, except: [{domain: sales}]}]\n  accessControl:");
        Map<String, String> masked = with(files, "customers.yaml", ofProduct);
        assertThat(seen(governance(masked), "contacts")).startsWith("mail=null, ");
        assertThat(seen(governance(with(masked, "domains/sales/governance/d.yaml", declassifyShown("sales.contacts", "mail, mail_domain"))), "contacts")).isEqualTo("mail=clear, mail_domain=clear, region=clear");
    }

    @Test
    void testADomainDoesNotDeclassifyWhatOthersSay()
    {
        Map<String, String> files = files("governance/pii.yaml", policy("pii", ""), "domains/finance/governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(problems(governance(files))).singleElement().asString()
                .contains("rule d/d cannot declassify column 'mail_domain' of finance.billing, which inherits all as before: sales.customers of domain 'sales' says what it is; ask governance");
        // A rule of the other domain, with nothing that is said of the column
        String untagged = CUSTOMERS.replace(", classification: restricted, tags: [pii]", "");
        String rules = policy("own", "  masks: [{id: mask, match: {columns: [email]}, mask: replace-with-null, except: [{domain: finance}]}]\n");
        Governance ruled = governance(with(with(with(files, "customers.yaml", untagged), "domains/sales/governance/own.yaml", rules), "domains/finance/governance/d.yaml", declassifyShown("finance.billing", "mail")));
        assertThat(seen(ruled, "billing")).startsWith("mail=null, ");
        assertThat(problems(ruled)).filteredOn(problem -> problem.contains("error")).singleElement().asString().contains("rule own/mask (domains/sales/governance/own.yaml:5:11) of domain 'sales' says replace-with-null; ask governance");
        // Through a product of its own
        Governance through = governance(with(with(files, "report.yaml", REPORT), "domains/finance/governance/d.yaml", declassify("finance.report", "mail_domain").replace(FROM_EMAIL, "from: [finance.billing.mail_domain]")));
        assertThat(problems(through)).singleElement().asString().contains("column 'mail_domain' of finance.report", "finance.billing has it from another product; ask governance");
        // Which governance has declassified, so that it is finance's own
        String report = "domains/finance/governance/r.yaml";
        Map<String, String> said = files(
                "governance/d.yaml",
                declassify("finance.billing", "mail_domain"),
                "billing.yaml",
                BILLING.replace("{name: mail_domain, type: varchar}", "{name: mail_domain, type: varchar, tags: [ours]}"),
                "report.yaml",
                REPORT,
                report,
                declassify("finance.report", "mail_domain").replace("{name: d}", "{name: r}").replace(FROM_EMAIL, "from: [finance.billing.mail_domain]"));
        Governance ours = governance(said);
        assertThat(problems(ours)).isEmpty();
        assertThat(ours.attributes(ours.mesh().table("finance", "report").orElseThrow()).get(1).tags()).isEmpty();
        // Another domain published the table before, and what it said holds
        String people = CUSTOMERS.replace("name: customers, domain: sales", "name: people, domain: marketing").replace("schema: sales}", "schema: sales, table: customers}");
        Governance before = governance(ImmutableMap.of("mesh.yaml", meshDocument("marketing"), "people.yaml", people.replace(", identifier: customer_id", "")));
        assertThat(problems(before)).isEmpty();
        Map<String, String> now = files("governance/pii.yaml", policy("pii", ""), "contacts.yaml", CONTACTS, "domains/sales/governance/d.yaml", declassify("sales.contacts", "mail_domain"));
        assertThat(problems(governance(now))).isEmpty();
        assertThat(problems(Governance.of(TestingMesh.meshOf(now), MaskKeyVersions.UNKNOWN, Optional.of(before)))).singleElement().asString()
                .contains("rule d/d cannot declassify column 'mail_domain' of sales.contacts", "another domain published the table of sales.customers, and said what it is; ask governance");
    }

    @Test
    void testADomainSpeaksOfItsOwnProducts()
    {
        Governance governance = governed("domains/sales/governance/d.yaml", declassify("finance.billing", "mail_domain"), "contacts.yaml", CONTACTS);
        assertThat(seen(governance, "billing")).isEqualTo("mail=null, mail_domain=null, region=clear");
        assertThat(problems(governance)).singleElement().asString().contains("d.yaml:5:43: warning: rule d/d matches nothing: there is no data product 'finance.billing'");
    }

    @Test
    void testNothingIsDeclassifiedBesidesTheSourcesThatTheRuleNames()
    {
        // Whoever writes the query could show something else in the column
        String other = BILLING.replace("substr(email, 5)", "substr(email, 5) || phone");
        Governance governance = governed("billing.yaml", other, "governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(seen(governance, "billing")).isEqualTo("mail=null, mail_domain=null, region=clear");
        assertThat(problems(governance)).singleElement().isEqualTo("governance/d.yaml:5:71: error: rule d/d cannot declassify column 'mail_domain' of finance.billing, which inherits all as before: " +
                "it also comes from sales.customers.phone, which 'from' does not name; name all columns that it comes from, or let the query show fewer");
        Governance named = governed("billing.yaml", other, "governance/d.yaml", declassify("finance.billing", "mail_domain").replace(FROM_EMAIL, "from: [sales.customers.email, Sales.Customers.phone]"));
        assertThat(seen(named, "billing")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        assertThat(problems(named)).isEmpty();
        Governance unused = governed("governance/d.yaml", declassify("finance.billing", "mail_domain").replace(FROM_EMAIL, "from: [sales.customers.email, sales.customers.emial]"));
        assertThat(seen(unused, "billing")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        assertThat(problems(unused)).singleElement().isEqualTo("governance/d.yaml:5:116: warning: rule d/d: no column of finance.billing that it names comes from 'sales.customers.emial'; write 'sales.customers.email' if you mean that");
        // Where it is not known what it comes from, that is all
        String unknown = BILLING.replaceAll("SELECT .* FROM sales.customers", "SELECT mail, mail_domain, region FROM (SELECT * FROM sales.customers MATCH_RECOGNIZE (MEASURES last(A.email) AS mail, last(A.region) AS mail_domain, last(A.region) AS region PATTERN (A) DEFINE A AS true))");
        Governance recognized = governed("customers.yaml", CUSTOMERS.replace(", identifier: customer_id", ""), "billing.yaml", unknown, "governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(seen(recognized, "billing")).isEqualTo("mail=null, mail_domain=null, region=null");
        assertThat(problems(recognized)).anySatisfy(problem -> assertThat(problem).contains("it also comes from sales.customers.id, which 'from' does not name"));
    }

    @Test
    void testValuesAreShownAsTheyAreOnlyIfTheRuleSaysSo()
    {
        String problem = "governance/d.yaml:5:71: error: rule d/d cannot declassify column 'mail_domain' of finance.billing, which inherits all as before: " +
                "it shows sales.customers.email as it is; let the query compute something of it, or write 'unchanged: true' if its readers may see its values";
        // Governance permits a part of the mail, and then the query shows all of it
        for (String shown : List.of("email AS mail_domain", "coalesce(email, '-') AS mail_domain", "CASE WHEN email > 'n' THEN email ELSE substr(email, 5) END AS mail_domain")) {
            String query = BILLING.replace("substr(email, 5) AS mail_domain", shown);
            Governance governance = governed("billing.yaml", query, "governance/d.yaml", declassify("finance.billing", "mail_domain"));
            assertThat(seen(governance, "billing")).as(shown).isEqualTo("mail=null, mail_domain=null, region=clear");
            assertThat(problems(governance)).as(shown).containsExactly(problem);
            assertThat(seen(governed("billing.yaml", query, "governance/d.yaml", declassify("finance.billing", "mail_domain").replace("}]\n", ", unchanged: false}]\n")), "billing")).as(shown).contains("mail_domain=null");
            Governance permitted = governed("billing.yaml", query, "governance/d.yaml", declassifyShown("finance.billing", "mail_domain"));
            assertThat(seen(permitted, "billing")).as(shown).isEqualTo("mail=null, mail_domain=clear, region=clear");
            assertThat(problems(permitted)).as(shown).isEmpty();
        }
        // A domain says so of its own, too
        Map<String, String> own = files("governance/pii.yaml", policy("pii", ""), "contacts.yaml", CONTACTS, "domains/sales/governance/d.yaml", declassify("sales.contacts", "mail"));
        assertThat(problems(governance(own))).singleElement().asString().contains("rule d/d cannot declassify column 'mail' of sales.contacts", "it shows sales.customers.email as it is; let the query compute");
        assertThat(problems(governance(with(own, "domains/sales/governance/d.yaml", declassifyShown("sales.contacts", "mail"))))).isEmpty();
    }

    @Test
    void testAnotherEntryMayPermitIt()
    {
        Governance governance = governed("governance/d.yaml", declassify("finance.billing", "mail"), "governance/e.yaml", declassifyShown("finance.billing", "mail").replace("{name: d}", "{name: e}"));
        assertThat(seen(governance, "billing")).isEqualTo("mail=clear, mail_domain=null, region=clear");
        assertThat(problems(governance)).isEmpty();
    }

    @Test
    void testSuggestionsEnd()
    {
        // Comparing every name with every other one takes long
        String columns = IntStream.range(0, 300).mapToObj(index -> "mail_domai" + index).collect(joining(", "));
        Governance governance = governed("governance/d.yaml", declassify("finance.billing", columns));
        assertThat(problems(governance)).hasSize(300).filteredOn(problem -> problem.endsWith("write 'mail_domain' if you mean that")).isNotEmpty().hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void testNoRuleMatchesNothingInSilence()
    {
        assertWarned(declassifyShown("finance.biling", "mail"), "5:43: warning: rule d/d matches nothing: there is no data product 'finance.biling'; write 'finance.billing' if you mean that");
        assertWarned(declassifyShown("sales.customers", "email"), "5:43: warning: rule d/d matches nothing: no query computes columns of sales.customers; name columns of queries that inherit something, each by its whole name");
        assertWarned(declassify("finance.billing", "mail_domian"), "5:71: warning: rule d/d matches nothing: no query of finance.billing has a column 'mail_domian'; write 'mail_domain' if you mean that");
        assertWarned(declassify("finance.billing", "\"*\""), "5:71: warning: rule d/d matches nothing: no query of finance.billing has a column '*'; name columns of queries that inherit something, each by its whole name");
        assertWarned(declassify("finance.billing", "region"), "5:71: warning: rule d/d matches nothing: column 'region' of finance.billing inherits nothing; name columns of queries that inherit something, each by its whole name");
        // A product that broke is none that readers see
        Governance broken = governed("billing.yaml", BILLING.replace("type: varchar", "type: text"), "governance/d.yaml", declassifyShown("finance.billing", "mail"));
        assertThat(problems(broken)).anySatisfy(problem -> assertThat(problem).contains("rule d/d matches nothing: data product 'finance.billing' is not served"));
    }

    private static void assertWarned(String policy, String problem)
    {
        Governance governance = governed("governance/d.yaml", policy);
        assertThat(seen(governance, "billing")).isEqualTo("mail=null, mail_domain=null, region=clear");
        assertThat(problems(governance)).singleElement().isEqualTo("governance/d.yaml:" + problem);
    }

    @Test
    void testWhatIsWrittenWrongly()
    {
        assertThat(problems(governed("governance/d.yaml", declassifyShown("finance.billing", "mail").replace(", reason: Domains are public", ""))))
                .contains("governance/d.yaml:5:16: error: an entry of declassify has no 'reason'; add the key 'reason'");
        assertThat(problems(governed("governance/d.yaml", declassifyShown("finance.billing", "mail").replace("columns: [mail]", "tags: [pii]"))))
                .contains("governance/d.yaml:5:61: error: key 'tags' is not known in match of a rule about named columns; remove it, or move it under customProperties");
        assertThat(problems(governed("governance/d.yaml", declassifyShown("finance.billing", "mail").replace("declassify:", "declasify:"))))
                .contains("governance/d.yaml:5:3: error: key 'declasify' is not known in spec; write 'declassify'");
        assertThat(problems(governed("governance/d.yaml", declassifyShown("finance.billing", "mail").replace("[sales.customers.email]", "[]"))))
                .contains("governance/d.yaml:5:85: error: from is empty; write the columns that the query reads, as it names them: sales.customer_360.email");
    }

    @Test
    void testNothingIsToldOfSourcesThatTheDomainMayNotRead()
    {
        // Otherwise the domain would find out what there is, and which rules others have
        String secret = CUSTOMERS.replace("    - {domain: finance, permissions: [read, share]}\n", "");
        for (String declassified : List.of(declassifyShown("finance.billing", "mail"), declassify("finance.billing", "region"))) {
            Governance governance = governed("customers.yaml", secret, "domains/finance/governance/d.yaml", declassified);
            assertThat(problems(governance)).singleElement().asString().contains("the query of 'finance.billing' reads sales.customers, which does not exist, or which domain 'finance' may not publish");
        }
    }

    @Test
    void testPersonalDataIsNoMoreWhenTheMeshSaysSo()
    {
        String named = BILLING.replace("AS mail,", "AS email,").replace("name: mail,", "name: email,");
        Map<String, String> files = files("mesh.yaml", strict(), "customers.yaml", CUSTOMERS, "billing.yaml", named);
        assertThat(seen(governance(files), "billing")).isEqualTo("email=null, mail_domain=null, region=clear");
        Governance governance = governance(with(files, "governance/d.yaml", declassifyShown("finance.billing", "email, mail_domain")));
        assertThat(seen(governance, "billing")).isEqualTo("email=clear, mail_domain=clear, region=clear");
        assertThat(violations(governance)).isEmpty();
        // Nor is what is built on top
        Map<String, String> more = with(with(files, "governance/d.yaml", declassifyShown("finance.billing", "email, mail_domain")), "report.yaml", REPORT.replace("SELECT mail,", "SELECT email,").replace("name: mail,", "name: email,"));
        assertThat(seen(governance(more), "report")).isEqualTo("email=clear, mail_domain=clear, region=clear");
        assertThat(violations(governance(more))).isEmpty();
        // But what the author himself calls so is
        Governance own = governance(with(with(files, "governance/d.yaml", declassifyShown("finance.billing", "email, mail_domain")), "billing.yaml", named.replace("{name: email, type: varchar}", "{name: email, type: varchar, tags: [pii], classification: internal, mask: show-last-4}")));
        assertThat(violations(own)).isEmpty();
        assertThat(violations(governance(with(with(with(files, "governance/d.yaml", declassifyShown("finance.billing", "email, mail_domain")), "governance/pii.yaml", policy("pii", "")), "billing.yaml", named.replace("{name: email, type: varchar}", "{name: email, type: varchar, tags: [pii]}")))))
                .containsExactly("pii-handling/masking: columns with data about persons are neither masked nor hidden: billing.email");
    }

    @Test
    void testTablesOfOtherCatalogsAreNotDeclassifiedWithTheColumnsOfTheMesh()
    {
        String domains = BILLING.replace("AS mail_domain", "AS email_domain").replace("name: mail_domain", "name: email_domain");
        String report = onTop("finance", "billing").replaceAll("SELECT .* FROM billing", "SELECT email_domain AS email, region FROM billing").replace("    - {name: mail, type: varchar}\n", "").replace("name: mail_domain", "name: email");
        Map<String, String> files = files("mesh.yaml", strict() + "    - {domain: finance, trinoCatalog: erp, schemas: [hr], runAs: reader}\n", "billing.yaml", domains, "report.yaml", report, "governance/d.yaml", declassify("finance.billing", "email_domain"));
        assertThat(violations(governance(files), "report")).isEmpty();
        // Whose mails the author shows in the same column
        Governance foreign = governance(with(files, "report.yaml", report.replaceAll("SELECT .* FROM billing", "SELECT coalesce(p.email, d.email_domain) AS email, d.region FROM erp.hr.persons p, billing d")));
        assertThat(violations(foreign, "report")).containsExactly(
                "pii-handling/masking: columns with data about persons are neither masked nor hidden: report.email",
                "pii-handling/classification: columns that look like data about persons have no classification: report.email");
    }

    @Test
    void testADomainDoesNotSayThatNamesMeanNothing()
    {
        String named = CONTACTS.replace("AS mail,", "AS email,").replace("name: mail,", "name: email,");
        String own = policy("own", "  masks: [{id: mask, match: {tags: [pii]}, mask: replace-with-null, except: [{domain: sales}]}]\n");
        Map<String, String> files = files("mesh.yaml", strict(), "governance/pii.yaml", policy("pii", ""), "domains/sales/governance/own.yaml", own, "contacts.yaml", named);
        assertThat(violations(governance(files), "contacts")).isEmpty();
        assertThat(violations(governance(with(files, "domains/sales/governance/d.yaml", declassifyShown("sales.contacts", "email"))), "contacts"))
                .containsExactly("pii-handling/masking: columns with data about persons are neither masked nor hidden: contacts.email", "pii-handling/classification: columns that look like data about persons have no classification: contacts.email");
        assertThat(violations(governance(with(files, "domains/sales/governance/d.yaml", declassify("sales.contacts", "mail_domain"))), "contacts")).isEmpty();
    }

    @Test
    void testDeclaredOriginsAreDeclassifiedToo()
    {
        String derived = BILLING.replace("{name: mail_domain, type: varchar}", "{name: mail_domain, type: varchar, derivedFrom: [sales.customers.email]}");
        Map<String, String> files = files("mesh.yaml", strict(), "billing.yaml", derived, "governance/d.yaml", declassify("finance.billing", "mail_domain"));
        assertThat(violations(governance(files))).isEmpty();
        // What the query does not read is not meant
        assertThat(violations(governance(with(files, "billing.yaml", derived.replace("[sales.customers.email]", "[sales.customers.phone]")))))
                .containsExactly("pii-handling/classification-follows-lineage: columns are derived from data about persons and are not classified: billing.mail_domain is derived from sales.customers.phone");
    }

    @Test
    void testTestsOfPoliciesSeeIt()
    {
        String tested = declassify("finance.billing", "mail_domain") + "  tests: [{user: ana, groups: [analysts], product: finance.billing, expect: {columns: {mail_domain: clear, mail: replace-with-null}}}]\n";
        assertThat(problems(governed("governance/d.yaml", tested))).isEmpty();
        assertThat(problems(governed("governance/d.yaml", tested.replace("[mail_domain], products", "[mail], products").replace("columns: [mail_domain]", "columns: [mail]")))).hasSize(2);
    }

    @Test
    void testItTakesEffectAndEndsWithThePolicy()
    {
        Governance before = governed("report.yaml", REPORT);
        Governance after = Governance.of(TestingMesh.meshOf(files("report.yaml", REPORT, "governance/d.yaml", declassify("finance.billing", "mail_domain"))), MaskKeyVersions.UNKNOWN, Optional.of(before));
        assertThat(seen(after, "report")).isEqualTo("mail=null, mail_domain=clear, region=clear");
        Governance again = Governance.of(TestingMesh.meshOf(files("report.yaml", REPORT)), MaskKeyVersions.UNKNOWN, Optional.of(after));
        assertThat(seen(again, "report")).isEqualTo("mail=null, mail_domain=null, region=clear");
        // The policy stays, and the words of the source come to be those of another level
        Map<String, String> files = files("governance/pii.yaml", policy("pii", ""), "contacts.yaml", CONTACTS, "report.yaml", onTop("sales", "contacts"), "domains/sales/governance/d.yaml", declassify("sales.contacts", "mail_domain"));
        Governance permitted = governance(files);
        assertThat(problems(permitted)).isEmpty();
        Map<String, String> elsewhere = with(
                files,
                "contacts.yaml",
                CONTACTS.replace("FROM sales.customers", "FROM marketing.people AS customers"),
                "mesh.yaml",
                meshDocument("marketing"),
                "people.yaml",
                CUSTOMERS.replace("name: customers, domain: sales", "name: people, domain: marketing").replace("schema: sales", "schema: market").replace(", identifier: customer_id", ""));
        Governance other = Governance.of(TestingMesh.meshOf(elsewhere), MaskKeyVersions.UNKNOWN, Optional.of(permitted));
        assertThat(problems(other)).anySatisfy(problem -> assertThat(problem).contains("rule d/d cannot declassify column 'mail_domain' of sales.contacts", "it also comes from marketing.people.email"));
        assertThat(other.attributes(other.mesh().table("sales", "report").orElseThrow()).get(1).tags()).containsExactly("pii");
    }

    /**
     * Whatever rules the mesh has: what a domain declassifies takes none of them from its columns.
     */
    @Test
    void testNoDomainLoosensTheMesh()
    {
        List<String> matches = List.of(
                "tags: [pii]",
                "columns: [email]",
                "columns: [\"*mail*\"]",
                "classifications: [confidential]",
                "identifiers: [customer_id]",
                "products: [sales.customers], columns: [id, email]",
                "products: [sales.contacts], tags: [pii]",
                "domains: [sales], classifications: [restricted]",
                "columns: [region]",
                "types: [varchar], tags: [pii]",
                "products: [sales.contacts0], columns: [email]");
        List<String> queries = List.of("email AS mail, substr(email, 5)", "id AS mail, phone || email", "max(email) AS mail, cast(count(id) AS varchar)", "coalesce(email, id) AS mail, region || id");
        Map<String, String> files = new HashMap<>(files());
        for (int index = 0; index < queries.size(); index++) {
            String contacts = CONTACTS.replace("name: contacts", "name: contacts" + index).replace("email AS mail, substr(email, 5)", queries.get(index));
            files.put("contacts%s.yaml".formatted(index), queries.get(index).startsWith("max") ? contacts.replace("FROM sales.customers", "FROM sales.customers GROUP BY region") : contacts);
        }
        String declassify = declassifyShown("sales.contacts0, sales.contacts1, sales.contacts2, sales.contacts3", "mail, mail_domain").replace(FROM_EMAIL, "from: [sales.customers.id, sales.customers.email, sales.customers.phone, sales.customers.region]");
        int declassified = 0;
        for (String match : matches) {
            for (String rule : List.of(
                    "masks: [{id: r, match: {%s}, mask: replace-with-null, except: [{domain: sales}]}]",
                    "hiddenColumns: [{id: r, match: {%s}, except: [{group: analysts}]}]",
                    "classifications: [{id: r, match: {%s}, tags: [more]}]")) {
                Map<String, String> before = with(files, "governance/pii.yaml", policy("pii", "  " + rule.formatted(match) + "\n"));
                Governance after = governance(with(before, "domains/sales/governance/d.yaml", declassify));
                assertThat(global(after)).as(rule.formatted(match)).isEqualTo(global(governance(before)));
                declassified += (int) contacts(after).filter(column -> column.declassified().isPresent()).count();
            }
        }
        assertThat(declassified).isPositive();
    }

    /**
     * The rules of the whole mesh that apply to the columns, and what they add.
     */
    private static List<String> global(Governance governance)
    {
        return contacts(governance)
                .map(column -> column.column().path() + column.column().tags().contains("more") + column.rules().stream().map(rule -> rule.rule().name() + " " + rule.effect() + " " + rule.audience()).distinct().sorted().toList())
                .toList();
    }

    private static Stream<ColumnPolicy> contacts(Governance governance)
    {
        return Stream.of("contacts0", "contacts1", "contacts2", "contacts3").flatMap(name -> governance.policy(product(governance, name)).tables().getFirst().columns().stream());
    }

    private static String onTop(String domain, String product)
    {
        return BILLING.replace("name: billing, domain: finance", "name: report, domain: " + domain)
                .replace("{domain: finance,", "{domain: %s,".formatted(domain))
                .replaceAll("SELECT .* FROM sales.customers", "SELECT mail, mail_domain || '' AS mail_domain, region FROM " + product);
    }

    private static String policy(String name, String rules)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: %s}\nspec:\n%s".formatted(name, rules.isEmpty() ? "  masks: []\n" : rules);
    }

    private static String declassify(String product, String columns)
    {
        return policy("d", "  declassify: [{id: d, match: {products: [%s], columns: [%s]}, %s, reason: Domains are public}]\n".formatted(product, columns, FROM_EMAIL));
    }

    /**
     * Also values of the sources as they are.
     */
    private static String declassifyShown(String product, String columns)
    {
        return declassify(product, columns).replace("}]\n", ", unchanged: true}]\n");
    }

    private static String meshDocument(String... publishing)
    {
        StringBuilder grants = new StringBuilder("    - {domain: finance, storage: lake, namespaces: [finance]}\n");
        for (String domain : publishing) {
            grants.append("    - {domain: %s, storage: lake, namespaces: [sales]}\n".formatted(domain));
        }
        return TestingMesh.MESH.replace("spec:\n", "spec:\n  identifiers:\n    - {type: customer_id, domains: [sales]}\n") + grants;
    }

    /**
     * With checks of personal data that take products out of service.
     */
    private static String strict()
    {
        return meshDocument().replace("pii-handling: off", "pii-handling: strict").replace("spec:\n", "spec:\n  encryption: at-rest\n");
    }

    private static Governance governed(String... more)
    {
        return governance(files(more));
    }

    private static Map<String, String> files(String... more)
    {
        return with(ImmutableMap.of("mesh.yaml", meshDocument(), "customers.yaml", CUSTOMERS, "billing.yaml", BILLING, "governance/pii.yaml", MASK), more);
    }

    private static Map<String, String> with(Map<String, String> files, String... more)
    {
        Map<String, String> all = new HashMap<>(files);
        for (int index = 0; index < more.length; index += 2) {
            all.put(more[index], more[index + 1]);
        }
        return ImmutableMap.copyOf(all);
    }

    private static Governance governance(Map<String, String> files)
    {
        return Governance.of(TestingMesh.meshOf(files));
    }

    private static DataProduct product(Governance governance, String name)
    {
        return governance.mesh().domains().stream().flatMap(domain -> domain.products().stream()).filter(product -> product.sqlName().equals(name)).findFirst().orElseThrow();
    }

    private static String seen(Governance governance, String name)
    {
        Decision decision = new GovernedMesh(governance, new Requester("ana", ImmutableSet.of("analysts"), Set.of()), NOW).decide(product(governance, name));
        assertThat(decision.reason().text()).contains("may read");
        return ((Decision.Readable) decision).tables().get(name).columns().entrySet().stream()
                .map(column -> column.getKey() + "=" + (column.getValue() instanceof ColumnAccess.Clear ? "clear" : "null"))
                .collect(joining(", "));
    }

    private static List<String> problems(Governance governance)
    {
        return governance.problems().stream().map(Problem::toString).toList();
    }

    private static List<String> violations(Governance governance)
    {
        return violations(governance, "billing", "report");
    }

    private static List<String> violations(Governance governance, String... products)
    {
        return governance.violations().stream()
                .filter(violation -> Set.of(products).contains(violation.product().name()))
                .map(violation -> violation.check() + ": " + violation.message())
                .toList();
    }
}
