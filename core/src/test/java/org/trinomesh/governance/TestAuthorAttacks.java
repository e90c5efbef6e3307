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

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trinomesh.governance.Federation.Change;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static com.google.common.io.Resources.getResource;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The corpus of what an author of a domain may write to get at other people's data, to get out of the rules of the mesh, or to harm
 * others: none of it works, and every reload ends soon. docs/security.md tells the threats that these attacks come from.
 */
final class TestAuthorAttacks
{
    private static final String HR = "domains/hr/";
    private static final String SALES = "domains/sales/";
    private static final String MARKETING = "domains/marketing/";

    @TempDir
    private Path directory;

    private record Attack(String name, String author, Change change)
    {
        @Override
        public String toString()
        {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @Timeout(value = 30, unit = SECONDS)
    void testAttackGainsNothing(Attack attack)
            throws URISyntaxException
    {
        Path mesh = directory.resolve("mesh");
        Federation.copy(Path.of(getResource("federation").toURI()), mesh);
        Federation federation = new Federation(mesh);
        assertThat(federation.problems()).as("the mesh before").noneMatch(problem -> problem.contains(": error: "));
        assertThat(federation.broken(attack.author(), attack.change())).isEmpty();
    }

    /**
     * What is tried in the folder of another one does harm, and is noticed here.
     */
    @ParameterizedTest
    @MethodSource("harms")
    void testHarmIsNoticed(Attack harm)
            throws URISyntaxException
    {
        Path mesh = directory.resolve("mesh");
        Federation.copy(Path.of(getResource("federation").toURI()), mesh);
        assertThat(new Federation(mesh).broken(harm.author(), harm.change())).isNotEmpty();
    }

    static List<Attack> harms()
    {
        return ImmutableList.of(
                attack("a rule of the mesh is weaker", "sales", replace("governance/protection.yaml", "mask: mask-to-fixed-value", "mask: show-last-4")),
                attack("a rule of the mesh excepts employees", "marketing", replace("governance/protection.yaml", "match: {classifications: [restricted]}, except: [", "match: {classifications: [restricted]}, except: [{group: employees}, ")),
                attack("a row filter of the mesh is gone", "sales", replace("governance/protection.yaml", "    - {id: regions, match: {products: [sales.customers]}, filter: \"region = 'WEST'\", except: [{members: owning-domain}]}\n", "", "  rowFilters:\n", "")),
                attack("a product of another domain is read by more", "sales", replace(HR + "people/product.yaml", "[{group: employees, permissions: [read]}", "[{group: guests, permissions: [read]}, {group: employees, permissions: [read]}")),
                attack("a product of another domain is gone", "sales", mesh -> delete(mesh, HR + "people")),
                attack("a rule of another domain is gone", "sales", write(HR + "governance/own.yaml", policy("hr-own", "  masks: []\n"))));
    }

    @Test
    void testPageTellsEveryAttack()
            throws IOException
    {
        // Tests run in the folder of their module
        String page = Files.readString(Path.of("../docs/security.md"));
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(60).allSatisfy(attack -> assertThat(page).contains(attack.name()));
    }

    static List<Attack> attacks()
    {
        ImmutableList.Builder<Attack> attacks = ImmutableList.builder();
        links(attacks);
        speakingForOthers(attacks);
        leavingRules(attacks);
        loosening(attacks);
        publishingOthers(attacks);
        harming(attacks);
        return attacks.build();
    }

    private static void links(ImmutableList.Builder<Attack> attacks)
    {
        attacks.add(
                attack("a link to the policies of the mesh", "hr", link(HR + "rules", "../../governance")),
                attack("the folder of the domain's policies is a link to those of the mesh", "hr", mesh -> {
                    delete(mesh, HR + "governance");
                    link(HR + "governance", "../../governance").apply(mesh);
                }),
                attack("a link to another domain's policies", "hr", mesh -> {
                    delete(mesh, HR + "governance");
                    link(HR + "governance", "../sales/governance").apply(mesh);
                }),
                attack("a link, early in the alphabet, to another domain", "hr", link(HR + "a", "../sales")),
                attack("a link to the folder of all domains", "hr", link(HR + "a", "..")),
                attack("a link to the mesh itself", "hr", link(HR + "a", "../..")),
                attack("a link to the file of another domain's product", "hr", link(HR + "a.yaml", "../sales/customers/product.yaml")),
                attack("a link to a policy of the mesh", "hr", link(HR + "governance/a.yaml", "../../../governance/protection.yaml")),
                attack("a link to the Mesh document", "hr", link(HR + "mesh.yaml", "../../mesh.yaml")),
                attack("a link out of the mesh", "hr", link(HR + "a", "/etc")),
                attack("a link to itself", "hr", link(HR + "a", "a")),
                attack("links in a circle", "hr", mesh -> {
                    link(HR + "a", "b").apply(mesh);
                    link(HR + "b", "a").apply(mesh);
                }),
                attack("a chain of links out of the folder", "hr", mesh -> {
                    link(HR + "z", "../sales").apply(mesh);
                    link(HR + "a", "z/orders").apply(mesh);
                }),
                attack("a folder becomes a link to another domain's", "hr", mesh -> {
                    delete(mesh, HR + "people");
                    link(HR + "people", "../sales/orders").apply(mesh);
                }),
                attack("a hard link to another domain's product", "hr", mesh -> Files.createLink(mesh.resolve(HR + "copy.yaml"), mesh.resolve(SALES + "orders/product.yaml"))),
                attack("a Domain document that is a link to another domain's", "hr", link(HR + "domain.yaml", "../sales/domain.yaml")),
                attack("the folder of the domain's policies is a link within the domain", "hr", mesh -> {
                    Files.move(mesh.resolve(HR + "governance"), mesh.resolve(HR + "rules"));
                    link(HR + "governance", "rules").apply(mesh);
                }),
                attack("a plain file in the place of the folder of policies", "hr", mesh -> {
                    delete(mesh, HR + "governance");
                    write(HR + "governance", "../../governance").apply(mesh);
                }),
                attack("a link that leads nowhere in the place of a policy", "sales", mesh -> {
                    Files.delete(mesh.resolve(SALES + "governance/own.yaml"));
                    link(SALES + "governance/own.yaml", "nowhere.yaml").apply(mesh);
                }));
    }

    private static void speakingForOthers(ImmutableList.Builder<Attack> attacks)
    {
        attacks.add(
                attack("a product that says it is another domain's", "sales", write(SALES + "pay.yaml", product("hr", "pay", "hr", "{name: ssn, type: varchar}, {name: salary, type: bigint}"))),
                attack("a copy of another domain's product, word for word", "sales", copy(HR + "pay/product.yaml", SALES + "pay/product.yaml")),
                attack("a Domain document for another domain", "sales", write(SALES + "hr.yaml", "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: hr, owner: sales-team}\nspec: {classification: public}\n")),
                attack("a second Mesh document", "sales", write(SALES + "mesh.yaml", "apiVersion: datamesh/v1\nkind: Mesh\nmetadata: {name: m}\nspec:\n  stewards: [{group: sales-team}]\n  grants: [{domain: sales, storage: lake, namespaces: [\"*\"]}]\n")),
                attack("a policy that grants another domain's product", "sales", write(SALES + "governance/g.yaml", policy("g", "  grants: [{id: g, match: {products: [hr.pay]}, principals: [{group: employees}], permissions: [read]}]\n"))),
                attack("a policy that grants everything", "sales", write(SALES + "governance/g.yaml", policy("g", "  grants: [{id: g, principals: [{group: nobody}], permissions: [read, admin]}]\n"))),
                attack("a policy that denies other domains", "sales", write(SALES + "governance/d.yaml", policy("d", "  denials: [{id: d, match: {domains: [hr, marketing]}}]\n"))),
                attack("a policy that hides columns everywhere", "sales", write(SALES + "governance/h.yaml", policy("h", "  hiddenColumns: [{id: h, match: {columns: [\"*\"]}}]\n"))),
                attack("a policy that classifies columns everywhere", "sales", write(SALES + "governance/c.yaml", policy("c", "  classifications: [{id: c, match: {columns: [\"*\"]}, classification: restricted}]\n"))),
                attack("a policy with the name of one of the mesh", "sales", write(SALES + "governance/p.yaml", policy("protection", "  masks: []\n"))),
                attack("a policy with name and rules of the mesh's, excepting everybody", "sales", write(SALES + "governance/p.yaml", policy("protection", "  masks: [{id: pii, match: {tags: [pii]}, mask: mask-alphanum, except: [{group: employees}]}]\n"))),
                attack("a check that no product of others keeps", "sales", write(SALES + "governance/c.yaml", policy("c", "  checks: [{id: c, expression: \"false\", enforcement: strict}]\n"))),
                attack("a waiver for another domain", "sales", write(SALES + "governance/w.yaml", policy("w", "  waivers: [{check: interoperability/owner, product: hr.pay, until: 2030-01-01, reason: r}]\n"))),
                attack("an alias with a name of another domain", "sales", replace(SALES + "orders/product.yaml", "version: 1.0.0", "version: 1.0.0, aliases: [customers]")),
                attack("a contract for another domain's product", "sales", write(SALES + "contract.yaml", contract("hr", "people"))),
                attack("a policy with the name of a lost one of the mesh", "sales", mesh -> {
                    write(SALES + "governance/a.yaml", policy("access", "  denials: []\n")).apply(mesh);
                    write(SALES + "governance/b.yaml", policy("access", "  grants: [{id: pay, match: {products: [hr.pay]}, principals: [{group: employees}], permissions: [read]}]\n")).apply(mesh);
                }),
                attack("tests that ask what others see", "sales", write(SALES + "governance/t.yaml", policy("t", "  tests: [{name: t, user: hugo, groups: [hr-team], product: hr.pay, expect: {access: readable}}]\n"))),
                attack("a policy outside of the folder of policies", "sales", write(SALES + "orders/policy.yaml", policy("o", "  denials: [{id: d}]\n"))),
                attack("a tag that brings masks of others to it", "marketing", replace(MARKETING + "campaigns/product.yaml", "{name: campaign, type: varchar}", "{name: campaign, type: varchar, tags: [pii]}")));
    }

    private static void leavingRules(ImmutableList.Builder<Attack> attacks)
    {
        String customers = SALES + "customers/product.yaml";
        attacks.add(
                attack("the identifier is dropped", "sales", replace(customers, ", identifier: customer_id", ", identifier: none")),
                attack("the identifier is another one", "marketing", replace(MARKETING + "campaigns/product.yaml", "identifier: customer_id", "identifier: campaign_id")),
                attack("the tag is dropped", "sales", replace(customers, ", tags: [pii]}", "}")),
                attack("the tag is written otherwise", "sales", replace(customers, "tags: [pii]", "tags: [PII]")),
                attack("the column is promised by another name", "sales", replace(customers, "{name: email, type: varchar, tags: [pii]}", "{name: contact, type: varchar, physicalName: email}")),
                attack("the product has another name", "sales", replace(customers, "name: customers", "name: clients", "schema: sales}", "schema: sales, table: customers}")),
                attack("the product has another major version", "sales", replace(customers, "version: 1.0.0", "version: 2.0.0", "schema: sales}", "schema: sales, table: customers}")),
                attack("a second product of the table", "sales", write(SALES + "copy.yaml", product("sales", "copy", "sales", "{name: customer_id, type: bigint}, {name: email, type: varchar}, {name: region, type: varchar}").replace("schema: sales", "schema: sales, table: customers"))),
                attack("a second product of the table, without the column of the row filter", "sales", write(SALES + "copy.yaml", product("sales", "copy", "sales", "{name: customer_id, type: bigint}").replace("schema: sales", "schema: sales, table: customers"))),
                attack("a second product of the table in other letters", "sales", write(SALES + "copy.yaml", product("sales", "copy", "sales", "{name: price, type: bigint}").replace("schema: sales", "schema: SALES, table: Orders"))),
                attack("the product of a rule is removed and published by another name", "sales", mesh -> {
                    delete(mesh, SALES + "orders");
                    write(SALES + "new.yaml", product("sales", "sold", "sales", "{name: price, type: bigint}").replace("schema: sales", "schema: sales, table: orders")).apply(mesh);
                }),
                attack("the tier of a denial is another one", "sales", replace(customers, "tier: gold", "tier: silver")),
                attack("the tier is dropped", "sales", replace(customers, "  classification: {tier: gold}\n", "")),
                attack("the classification is a word that nobody knows", "marketing", replace(MARKETING + "campaigns/product.yaml", "classification: restricted", "classification: topsecret")),
                attack("the classification is weaker", "marketing", replace(MARKETING + "campaigns/product.yaml", "classification: restricted", "classification: public")),
                attack("the classification has blanks and capitals", "marketing", replace(MARKETING + "campaigns/product.yaml", "classification: restricted", "classification: \" Restricted\\u200b\"")),
                attack("the field in a row has no tag", "sales", replace(customers, ", fields: [{name: street, tags: [pii]}]", "")),
                attack("the field in a row is public", "sales", replace(customers, "tags: [pii]}]", "classification: public}]")),
                attack("the column with data is typed otherwise", "sales", replace(customers, "{name: email, type: varchar, tags: [pii]}", "{name: email, type: \"array(varchar)\"}")),
                attack("the product's words move to a contract that drops them", "sales", mesh -> {
                    replace(customers, "{name: email, type: varchar, tags: [pii]}", "{name: email, type: varchar}").apply(mesh);
                    write(SALES + "customers/contract.yaml", contract("sales", "customers")).apply(mesh);
                }));
    }

    private static void loosening(ImmutableList.Builder<Attack> attacks)
    {
        String customers = SALES + "customers/product.yaml";
        attacks.add(
                attack("a weaker mask at the column", "sales", replace(customers, "{name: email, type: varchar, tags: [pii]}", "{name: email, type: varchar, tags: [pii], mask: show-last-4}")),
                attack("a mask that shows the whole at the column", "sales", replace(customers, "{name: email, type: varchar, tags: [pii]}", "{name: email, type: varchar, tags: [pii], mask: clear}")),
                attack("a column that is declassified", "sales", write(SALES + "governance/w.yaml", policy("w", "  declassify: [{id: w, match: {products: [sales.customers], columns: [email]}, from: [sales.customers.email], unchanged: true, reason: r}]\n"))),
                attack("a weaker mask of the domain", "sales", write(SALES + "governance/w.yaml", policy("w", "  masks: [{id: w, match: {columns: [email]}, mask: show-first-4, except: [{group: employees}]}]\n"))),
                attack("a row filter that is always true", "sales", write(SALES + "governance/w.yaml", policy("w", "  rowFilters: [{id: w, match: {products: [sales.customers]}, filter: \"region IS NOT NULL\"}]\n"))),
                attack("a grant of the domain against a denial", "hr", write(HR + "governance/w.yaml", policy("w", "  grants: [{id: w, match: {products: [hr.pay]}, principals: [{group: employees}], permissions: [read]}]\n"))),
                attack("a classification of the domain that replaces what was said", "sales", write(SALES + "governance/w.yaml", policy("w", "  classifications: [{id: w, match: {columns: [\"*\"]}, classification: public, replacesEarlier: true}]\n"))),
                attack("members of the domain named by the domain", "sales", write(SALES + "domain2.yaml", "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: sales, owner: sales-team}\nspec: {members: [{group: guests}]}\n")),
                attack("a tag of the mesh with a pseudonym of its own", "marketing", replace(MARKETING + "campaigns/product.yaml", "{name: campaign, type: varchar}", "{name: campaign, type: varchar, mask: {action: tokenize, identifier: ssn}}")));
    }

    private static void publishingOthers(ImmutableList.Builder<Attack> attacks)
    {
        attacks.add(
                attack("the table of another domain", "sales", write(SALES + "pay.yaml", product("sales", "pay", "hr", "{name: salary, type: bigint}"))),
                attack("the table of another domain in other letters", "sales", write(SALES + "pay.yaml", product("sales", "pay", "HR", "{name: salary, type: bigint}"))),
                attack("a namespace that begins with the granted one", "sales", write(SALES + "pay.yaml", product("sales", "pay", "sales.hr", "{name: salary, type: bigint}"))),
                attack("a location beside the granted one", "marketing", write(MARKETING + "l.yaml", located("s3://bucket/marketing-secret/t"))),
                attack("a location above the granted one", "marketing", write(MARKETING + "l.yaml", located("s3://bucket/marketing/../hr/pay"))),
                attack("a location above the granted one, encoded", "marketing", write(MARKETING + "l.yaml", located("s3://bucket/marketing/%2e%2e/hr/pay"))),
                attack("a location of another scheme", "marketing", write(MARKETING + "l.yaml", located("file:///etc/marketing"))),
                attack("a storage that is not granted", "sales", write(SALES + "l.yaml", located("s3://bucket/marketing/t").replace("domain: marketing", "domain: sales"))));
    }

    private static void harming(ImmutableList.Builder<Attack> attacks)
    {
        attacks.add(
                attack("a character beyond U+FFFF where the YAML library fails", "sales", write(SALES + "orders/product.yaml", "# " + "x".repeat(1022) + "😀\nkind: x\n")),
                attack("such characters all over", "sales", write(SALES + "emoji.yaml", "# " + "😀".repeat(20_000) + "\n")),
                attack("bytes that are no text", "sales", mesh -> Files.write(mesh.resolve(SALES + "bytes.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2})),
                attack("an empty file", "sales", write(SALES + "empty.yaml", "")),
                attack("a file that is too large", "sales", write(SALES + "large.yaml", "a: \"" + "x".repeat(2_000_000) + "\"\n")),
                attack("documents that nest deeply", "sales", write(SALES + "deep.yaml", "[".repeat(50_000))),
                attack("types that nest deeply", "sales", write(SALES + "types.yaml", product("sales", "types", "sales", "{name: a, type: \"" + "array(".repeat(20_000) + "bigint" + ")".repeat(20_000) + "\"}"))),
                attack("aliases that grow", "sales", write(SALES + "lol.yaml", laughs())),
                attack("a regular expression without end", "sales", write(SALES + "governance/r.yaml", policy("r", "  checks: [{id: r, expression: \"product.description.matches('(a+)+$')\", enforcement: strict}]\n"))),
                attack("a check that takes hours", "sales", mesh -> {
                    write(SALES + "wide.yaml", product("sales", "wide", "sales", "{name: c, type: bigint}").replace("    - {name: c, type: bigint}\n", columns(1_000)).replace("description: Taken", "description: " + "o".repeat(60_000))).apply(mesh);
                    write(SALES + "governance/slow.yaml", policy("slow", "  checks: [{id: s, enforcement: strict, expression: \"product.columns.all(a, product.columns.all(b, product.columns.all(c, product.description.matches('.*' + a.name + b.name + c.name + '.*') || product.description.contains(product.description))))\"}]\n")).apply(mesh);
                }),
                attack("ten thousand columns", "sales", write(SALES + "wide.yaml", product("sales", "wide", "sales", "{name: c, type: bigint}").replace("    - {name: c, type: bigint}\n", columns(10_000)))),
                attack("ten thousand rules", "sales", write(SALES + "governance/many.yaml", policy("many", "  masks:\n" + rules(5_000)))),
                attack("a name with control characters", "sales", write(SALES + "esc.yaml", product("sales", "esc", "sales", "{name: \"a\\u001b[31m\", type: bigint}"))),
                attack("a folder in the place of a document", "sales", mesh -> {
                    Files.delete(mesh.resolve(SALES + "orders/product.yaml"));
                    Files.createDirectory(mesh.resolve(SALES + "orders/product.yaml"));
                }),
                attack("dates of the year 999999999", "sales", write(SALES + "governance/d.yaml", policy("d", "  denials: [{id: d, validFrom: +999999999-12-31, validUntil: +999999999-12-31}]\n"))),
                attack("numbers without end", "sales", write(SALES + "n.yaml", product("sales", "n", "sales", "{name: a, type: \"decimal(99999999999999999999,99999999999999999999)\"}"))),
                attack("more files than a folder may hold", "sales", mesh -> {
                    for (int index = 0; index <= 5_000; index++) {
                        Files.writeString(mesh.resolve(SALES + "f" + index + ".yaml"), "# nothing\n");
                    }
                }),
                attack("policies of the domain are emptied and renamed", "sales", mesh -> {
                    Files.writeString(mesh.resolve(SALES + "domain.yaml"), "");
                    Files.move(mesh.resolve(SALES + "governance/own.yaml"), mesh.resolve(SALES + "governance/own.yaml.bak"));
                }),
                attack("all documents of the domain are gone", "sales", mesh -> delete(mesh, SALES)));
    }

    private static Attack attack(String name, String author, Change change)
    {
        return new Attack(name, author, change);
    }

    private static Change write(String file, String text)
    {
        return mesh -> {
            Files.createDirectories(mesh.resolve(file).getParent());
            Files.writeString(mesh.resolve(file), text);
        };
    }

    private static Change copy(String from, String to)
    {
        return mesh -> write(to, Files.readString(mesh.resolve(from))).apply(mesh);
    }

    private static Change link(String file, String target)
    {
        return mesh -> Files.createSymbolicLink(mesh.resolve(file), Path.of(target));
    }

    /**
     * @param texts what is there and what comes in its place, in turn
     */
    private static Change replace(String file, String... texts)
    {
        return mesh -> {
            String text = Files.readString(mesh.resolve(file));
            for (int index = 0; index < texts.length; index += 2) {
                assertThat(text).contains(texts[index]);
                text = text.replace(texts[index], texts[index + 1]);
            }
            Files.writeString(mesh.resolve(file), text);
        };
    }

    private static void delete(Path mesh, String folder)
            throws IOException
    {
        deleteRecursively(mesh.resolve(folder), ALLOW_INSECURE);
    }

    private static String product(String domain, String name, String schema, String columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: %s, owner: %s-team, version: 1.0.0}
               spec:
                 description: Taken
                 outputPorts: [{name: sql, type: sql, catalog: lake, schema: %s}]
                 columns:
                   - %s
                 accessControl: [{group: employees, permissions: [read]}, {group: guests, permissions: [read]}]
               """.formatted(name, domain, domain, schema, columns.replace("}, {name:", "}\n    - {name:"));
    }

    private static String located(String location)
    {
        return product("marketing", "taken", "x", "{name: salary, type: bigint}").replace("catalog: lake, schema: x", "catalog: files, location: \"%s\"".formatted(location));
    }

    private static String contract(String domain, String product)
    {
        return """
               apiVersion: datacontract/v1
               kind: DataContract
               metadata: {name: taken, version: 1.0.0, owner: sales-team}
               producer: {domain: %s, dataProduct: %s}
               schema:
                 type: avro
                 specification: '{"type": "record", "name": "R", "fields": [{"name": "email", "type": "string"}, {"name": "region", "type": "string"}]}'
               """.formatted(domain, product);
    }

    private static String policy(String name, String rules)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: %s}\nspec:\n%s".formatted(name, rules);
    }

    private static String laughs()
    {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int index = 1; index < 20; index++) {
            text.append("a%s: &a%s [%s]\n".formatted(index, index, ("*a" + (index - 1) + ", ").repeat(9) + "*a" + (index - 1)));
        }
        return text.toString();
    }

    private static String columns(int count)
    {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < count; index++) {
            text.append("    - {name: c%s, type: bigint}\n".formatted(index));
        }
        return text.toString();
    }

    private static String rules(int count)
    {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < count; index++) {
            text.append("    - {id: r%s, match: {columns: [\"*a*b*c%s*\"]}, mask: replace-with-null}\n".formatted(index, index));
        }
        return text.toString();
    }
}
