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
package org.trinomesh.query.generated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;

/**
 * Stored products with columns that analysts see masked or not at all, by rules of every kind, and that the domains finance and
 * marketing publish further. Whoever is in {@code financial-reporting} sees them as they are.
 */
public final class MaskedSources
{
    private static final int ROWS = 6;
    private static final Set<String> BOTH = ImmutableSet.of("finance", "marketing");

    private static final Secret EMAIL = new Secret(0, "sales.customers.email", false, BOTH);
    private static final Secret PHONE = new Secret(1, "sales.customers.phone", false, BOTH);
    private static final Secret SSN = new Secret(2, "sales.customers.ssn", false, BOTH);
    private static final Secret SCORE = new Secret(3, "sales.customers.score", false, BOTH);
    private static final Secret LABELS = new Secret(4, "sales.customers.labels", false, BOTH);
    private static final Secret STREET = new Secret(5, "sales.customers.address.a", true, BOTH);
    private static final Secret CONTACTS = new Secret(6, "sales.customers.contacts", false, BOTH);
    private static final Secret NOTE = new Secret(7, "sales.orders.note", true, BOTH);
    private static final Secret STAFF_NAME = new Secret(8, "hr.staff.name", true, BOTH);
    private static final Secret SALARY = new Secret(9, "hr.staff.salary", false, BOTH);
    private static final Secret CODE = new Secret(10, "hr.staff.code", false, ImmutableSet.of("finance"));
    private static final Secret BADGE = new Secret(11, "hr.staff.badge", false, ImmutableSet.of());

    private static final List<Secret> SECRETS = ImmutableList.of(EMAIL, PHONE, SSN, SCORE, LABELS, STREET, CONTACTS, NOTE, STAFF_NAME, SALARY, CODE, BADGE);

    public static final String MESH =
            """
            apiVersion: datamesh/v1
            kind: Mesh
            metadata: {name: test, owner: platform}
            spec:
              conformance: {interoperability: off, pii-handling: off}
              stewards: [{group: governance}]
              grants:
                - {domain: sales, storage: lake, namespaces: [sales]}
                - {domain: hr, storage: lake, namespaces: [hr]}
            """;

    private static final String PRIVACY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: email, match: {products: [sales.customers], columns: [email]}, mask: email-domain, except: [EXCEPT]}
                - {id: score, match: {products: [sales.customers], columns: [score, labels, contacts]}, mask: replace-with-null, except: [EXCEPT]}
                - {id: street, match: {tags: [street]}, mask: replace-with-null, except: [EXCEPT]}
                - {id: name, match: {tags: [pii]}, mask: mask-to-fixed-value, except: [EXCEPT]}
                - {id: note, match: {tags: [remark]}, mask: show-last-4, except: [EXCEPT]}
                - {id: code, match: {products: [hr.staff], columns: [code]}, mask: mask-to-fixed-value, except: [{domain: finance}, {group: financial-reporting}]}
              hiddenColumns:
                - {id: salary, match: {products: [hr.staff], columns: [salary]}, except: [EXCEPT]}
            """.replace("EXCEPT", "{domain: finance}, {domain: marketing}, {group: financial-reporting}");

    private static final String CUSTOMERS =
            """
            columns:
                - {name: id, type: bigint}
                - {name: email, type: varchar}
                - {name: phone, type: varchar}
                - {name: ssn, type: varchar}
                - {name: region, type: varchar}
                - {name: score, type: bigint}
                - {name: labels, type: array(varchar)}
                - {name: address, type: "row(a varchar, b bigint)", fields: [{name: a, tags: [street]}]}
                - {name: contacts, type: "map(varchar, varchar)"}
              masks:
                - {id: phone, match: {columns: [phone]}, mask: show-last-4, except: [{domain: finance}, {domain: marketing}, {group: financial-reporting}]}
              hiddenColumns:
                - {id: ssn, match: {columns: [ssn]}, except: [{domain: finance}, {domain: marketing}, {group: financial-reporting}]}
            """;

    private static final String ORDERS =
            """
            columns:
                - {name: id, type: bigint}
                - {name: customer, type: bigint}
                - {name: status, type: varchar}
                - {name: amount, type: bigint}
                - {name: note, type: varchar, tags: [remark]}
            """;

    private static final String STAFF =
            """
            columns:
                - {name: id, type: bigint}
                - {name: name, type: varchar, tags: [pii]}
                - {name: salary, type: bigint}
                - {name: city, type: varchar}
                - {name: code, type: varchar}
                - {name: badge, type: varchar, mask: show-last-4}
            """;

    public static final List<GeneratedProduct> PRODUCTS = ImmutableList.of(
            new GeneratedProduct(
                    "sales",
                    "customers",
                    rows("id, email, phone, ssn, region, score, labels, address, contacts", row -> "BIGINT '%s', %s, %s, %s, VARCHAR 'west', %s, ARRAY[%s], CAST(ROW(%s, %s) AS row(a varchar, b bigint)), MAP(ARRAY[%s], ARRAY[%s])".formatted(
                            row, EMAIL.text(row), PHONE.text(row), SSN.text(row), SCORE.number(row), LABELS.text(row), STREET.text(row), row, CONTACTS.text(row), CONTACTS.text(row + 100))),
                    ImmutableList.of(
                            key("id"),
                            secret("email", EMAIL, ValueType.TEXT),
                            secret("phone", PHONE, ValueType.TEXT),
                            secret("ssn", SSN, ValueType.TEXT),
                            clear("region", ValueType.TEXT),
                            secret("score", SCORE, ValueType.NUMBER),
                            secret("labels", LABELS, ValueType.TEXTS),
                            new GeneratedColumn("address", ValueType.PAIR, ImmutableList.of(TrackedOrigin.of(STREET), TrackedOrigin.NONE), false),
                            new GeneratedColumn("contacts", ValueType.MAP, ImmutableList.of(TrackedOrigin.of(CONTACTS), TrackedOrigin.of(CONTACTS)), false)),
                    0),
            new GeneratedProduct(
                    "sales",
                    "orders",
                    rows("id, customer, status, amount, note", row -> "BIGINT '%s', BIGINT '%s', VARCHAR 'open', BIGINT '%s', %s".formatted(row, row, 10 * row, NOTE.text(row))),
                    ImmutableList.of(key("id"), key("customer"), clear("status", ValueType.TEXT), clear("amount", ValueType.NUMBER), secret("note", NOTE, ValueType.TEXT)),
                    0),
            new GeneratedProduct(
                    "hr",
                    "staff",
                    rows("id, name, salary, city, code, badge", row -> "BIGINT '%s', %s, %s, VARCHAR 'town', %s, %s".formatted(row, STAFF_NAME.text(row), SALARY.number(row), CODE.text(row), BADGE.text(row))),
                    ImmutableList.of(key("id"), secret("name", STAFF_NAME, ValueType.TEXT), secret("salary", SALARY, ValueType.NUMBER), clear("city", ValueType.TEXT), secret("code", CODE, ValueType.TEXT), secret("badge", BADGE, ValueType.TEXT)),
                    0));

    private MaskedSources() {}

    static Secret secret(int number)
    {
        checkArgument(number < SECRETS.size(), "a value of no column: %s", number);
        return SECRETS.get(number);
    }

    /**
     * The secrets that some domain publishes as they are.
     */
    public static Set<Secret> clearToSome()
    {
        return SECRETS.stream().filter(secret -> !secret.clearTo().isEmpty()).collect(toImmutableSet());
    }

    /**
     * The documents of the mesh, without products that queries compute.
     */
    public static Map<String, String> documents()
    {
        return ImmutableMap.of(
                "mesh.yaml", MESH,
                "governance/privacy.yaml", PRIVACY,
                "domains/sales/customers.yaml", document("customers", "sales", CUSTOMERS),
                "domains/sales/orders.yaml", document("orders", "sales", ORDERS),
                "domains/hr/staff.yaml", document("staff", "hr", STAFF));
    }

    private static String document(String name, String domain, String columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %1$s, domain: %2$s, owner: %2$s-team, version: 1.0.0}
               spec:
                 description: A stored product
                 outputPorts: [{name: sql, type: sql, catalog: lake, schema: %2$s, table: %1$s}]
                 %3$s  accessControl:
                   - {group: sales-analysts, permissions: [read]}
                   - {group: financial-reporting, permissions: [read]}
                   - {domain: finance, permissions: [read, share]}
                   - {domain: marketing, permissions: [read, share]}
               """.formatted(name, domain, columns);
    }

    private static String rows(String columns, IntFunction<String> row)
    {
        return "SELECT * FROM (VALUES %s) AS stored (%s)".formatted(
                IntStream.rangeClosed(1, ROWS).mapToObj(number -> "(" + row.apply(number) + ")").collect(joining(", ")),
                columns);
    }

    private static GeneratedColumn key(String name)
    {
        return new GeneratedColumn(name, ValueType.NUMBER, ImmutableList.of(TrackedOrigin.NONE), true);
    }

    private static GeneratedColumn clear(String name, ValueType type)
    {
        return GeneratedExpression.constant(type, name).named(name);
    }

    private static GeneratedColumn secret(String name, Secret secret, ValueType type)
    {
        return new GeneratedColumn(name, type, IntStream.range(0, type.parts()).mapToObj(_ -> TrackedOrigin.of(secret)).collect(toImmutableList()), false);
    }
}
