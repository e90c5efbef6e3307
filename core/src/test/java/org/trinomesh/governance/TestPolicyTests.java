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
import org.trinomesh.problem.Problem;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

final class TestPolicyTests
{
    private static final String ORDERS = PRODUCT.replace("      type: bigint\n", "      type: bigint\n    - {name: email, type: varchar}\n    - {name: ssn, type: varchar}\n    - {name: region, type: varchar}\n");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii, owner: privacy}
            spec:
              masks:
                - {id: total, match: {columns: [order_id]}, mask: {action: bucket, width: 10}}
                - {id: email, match: {columns: [email]}, mask: email-domain, validUntil: 2200-12-31}
              hiddenColumns:
                - {id: ssn, match: {columns: [ssn]}}
              rowFilters:
                - {id: region, match: {products: [sales.orders]}, filter: "region IN (${groups:region-}) AND order_id > 5"}
              tests:
            """;

    @Test
    void testWhatIsSeenAsExpected()
    {
        assertThat(problems(
                """
                    - {name: all, user: ana, groups: [analysts, region-WEST, region-EAST], product: sales.orders, expect: {access: readable, columns: {order_id: bucket(10), email: email-domain, ssn: hidden, region: clear}, rowFilter: "order_id > 5 AND region IN ('WEST', 'EAST')"}}
                    - {name: by action, user: ana, roles: [analysts], product: sales.orders_v1, expect: {columns: {order_id: bucket}}}
                    - {name: later, user: ana, groups: [analysts], product: sales.orders, on: 2201-01-01, expect: {columns: {email: clear}}}
                    - {name: last day, user: ana, groups: [analysts], product: sales.orders, on: 2200-12-31, expect: {columns: {email: email-domain}}}
                    - {name: nobody, user: eve, product: sales.orders, expect: {access: hidden}}
                    - {name: somebody, user: emma, groups: [employees], product: sales.orders, expect: {access: discoverable}}
                """)).isEmpty();
    }

    @Test
    void testWhatIsSeenOtherwise()
    {
        assertThat(problems(
                """
                    - {name: columns, user: ana, groups: [analysts], product: sales.orders, expect: {columns: {email: clear, region: hidden, ssn: email-domain}}}
                    - {name: rows, user: ana, groups: [analysts, region-WEST], product: sales.orders, expect: {rowFilter: none}}
                    - {name: other rows, user: ana, groups: [analysts, region-WEST], product: sales.orders, expect: {rowFilter: "region IN ('EAST') AND order_id > 5"}}
                    - {name: access, user: eve, product: sales.orders, expect: {access: readable}}
                    - {name: inside, user: eve, product: sales.orders, expect: {columns: {email: hidden}}}
                    - {user: ana, groups: [analysts], product: sales.orders, expect: {access: discoverable}}
                """)).containsExactly(
                "governance/pii.yaml:13:103: error: test 'columns' fails: column email is expected to be clear, but is email-domain (rule pii/email, governance/pii.yaml:7:7); correct the rule, or the test",
                "governance/pii.yaml:13:118: error: test 'columns' fails: column region is expected to be hidden, but is clear; correct the rule, or the test",
                "governance/pii.yaml:13:131: error: test 'columns' fails: column ssn is expected to be email-domain, but is hidden (rule pii/ssn, governance/pii.yaml:9:7); correct the rule, or the test",
                "governance/pii.yaml:14:107: error: test 'rows' fails: rowFilter is expected to be none, but is region IN ('WEST') AND order_id > '5' (rule pii/region, governance/pii.yaml:11:7); correct the rule, or the test",
                "governance/pii.yaml:15:113: error: test 'other rows' fails: rowFilter is expected to be region IN ('EAST') AND order_id > '5', but is region IN ('WEST') AND order_id > '5' (rule pii/region, governance/pii.yaml:11:7); correct the rule, or the test",
                "governance/pii.yaml:16:73: error: test 'access' fails: access is expected to be readable, but is hidden (no rule lets the requester know of sales.orders); correct the rule, or the test",
                "governance/pii.yaml:17:7: error: test 'inside' fails: access is expected to be readable, but is hidden (no rule lets the requester know of sales.orders); correct the rule, or the test",
                "governance/pii.yaml:18:79: error: test 'ana and sales.orders' fails: access is expected to be discoverable, but is readable (role:analysts may read sales.orders); correct the rule, or the test");
    }

    @Test
    void testWhatCannotBeExpected()
    {
        assertThat(problems(
                """
                    - {name: product, user: ana, product: sales.order, expect: {access: hidden}}
                    - {name: column, user: ana, groups: [analysts], product: sales.orders, expect: {columns: {mail: clear}}}
                    - {name: word, user: ana, groups: [analysts], product: sales.orders, expect: {access: readible}}
                    - {name: filter, user: ana, groups: [analysts], product: sales.orders, expect: {rowFilter: "order_id = 1 OR region = 'WEST'"}}
                    - {name: both, user: eve, product: sales.orders, expect: {access: hidden, columns: {email: hidden}}}
                """)).containsExactly(
                "governance/pii.yaml:13:43: error: test 'product' fails: data product 'sales.order' is expected to be there, but is not there; write 'sales.orders'",
                "governance/pii.yaml:14:101: error: test 'column' fails: column mail is expected to be clear, but is not there; write a column of sales.orders: order_id, email, ssn, region",
                "governance/pii.yaml:15:91: error: test 'word' fails: access is expected to be readible, but is readable (role:analysts may read sales.orders); write hidden, discoverable or readable",
                "governance/pii.yaml:16:96: error: test 'filter' fails: rowFilter is expected to be order_id = 1 OR region = 'WEST', but is no row filter (OR is not allowed in a row filter); write IN (...) for several values of one column; join comparisons with AND; a choice between columns needs a column of its own in the table",
                "governance/pii.yaml:17:71: error: test 'both' fails: access is expected to be readable where columns or rows are expected, but is hidden; remove columns and rowFilter from the test");
    }

    @Test
    void testOutcomesAndWhoIsTold()
    {
        Governance governance = governance(
                """
                    - {name: good, user: eve, product: sales.orders, expect: {access: hidden}}
                    - {name: bad, user: eve, product: sales.orders, expect: {access: readable}}
                """);
        List<PolicyTestOutcome> outcomes = PolicyTests.run(governance, governance.mesh().loadedAt());
        assertThat(outcomes).extracting(PolicyTestOutcome::name).containsExactly("good", "bad");
        assertThat(outcomes).extracting(PolicyTestOutcome::passed).containsExactly(true, false);
        assertThat(PolicyTests.problems(governance)).singleElement().extracting(problem -> problem.owner().orElseThrow()).isEqualTo("privacy");
    }

    private static List<String> problems(String tests)
    {
        return PolicyTests.problems(governance(tests)).stream().map(Problem::toString).toList();
    }

    private static Governance governance(String tests)
    {
        return Governance.of(mesh(ImmutableMap.of("orders.yaml", ORDERS, "governance/pii.yaml", POLICY + tests)));
    }
}
