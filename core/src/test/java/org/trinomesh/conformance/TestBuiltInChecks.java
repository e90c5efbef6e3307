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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.product.DataProduct;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.MoreCollectors.onlyElement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.conformance.BuiltInChecks.DEFAULT_QUALIFIED_NAME;
import static org.trinomesh.conformance.Enforcement.STRICT;
import static org.trinomesh.conformance.Enforcement.WARN;
import static org.trinomesh.conformance.TestingProducts.GOOD;
import static org.trinomesh.conformance.TestingProducts.product;
import static org.trinomesh.conformance.TestingProducts.without;

final class TestBuiltInChecks
{
    private static final ConformanceContext MASKED = new ConformanceContext(ImmutableSet.of("orders.email"), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.empty());

    @Test
    void testIds()
    {
        assertThat(BuiltInChecks.of(STRICT, WARN, DEFAULT_QUALIFIED_NAME).stream().map(check -> check.id() + " " + check.enforcement())).containsExactly(
                "interoperability/owner strict",
                "interoperability/description strict",
                "interoperability/slos strict",
                "interoperability/schema strict",
                "interoperability/output-port strict",
                "interoperability/qualified-name strict",
                "pii-handling/encryption warn",
                "pii-handling/masking warn",
                "pii-handling/gdpr warn",
                "pii-handling/access-control warn",
                "pii-handling/classification warn",
                "pii-handling/classification-follows-lineage warn");
    }

    @Test
    void testWhatOthersWriteTakesNoProductOutOfService()
    {
        for (Enforcement enforcement : Enforcement.values()) {
            assertThat(BuiltInChecks.of(STRICT, enforcement, DEFAULT_QUALIFIED_NAME))
                    .filteredOn(check -> check.id().equals(BuiltInChecks.CLASSIFICATION_FOLLOWS_LINEAGE))
                    .extracting(Check::enforcement)
                    .containsExactly(enforcement == STRICT ? WARN : enforcement);
        }
    }

    @Test
    void testProductInOrder()
    {
        assertThat(violations(product(GOOD), MASKED)).isEmpty();
    }

    @Test
    void testInteroperability()
    {
        assertThat(violations(without("  owner: sales-team\n", ""), MASKED))
                .containsExactly("interoperability/owner: the data product has no owner");
        assertThat(violations(without("  slos:\n    freshness: {target: 4h}\n", ""), MASKED))
                .containsExactly("interoperability/slos: the data product promises no service level");
        assertThat(violations(without("    - name: sql\n      type: sql\n      catalog: lake\n      schema: sales\n", "    - {name: files, type: sftp, endpoint: /orders}\n"), MASKED))
                .containsExactly(
                        "interoperability/schema: the data product has no registered schema",
                        "interoperability/output-port: the data product has no output port of type sql, rest, graphql or kafka");
    }

    @Test
    void testBlankDescription()
    {
        Map<String, Object> document = new HashMap<>(ProductDocument.of(product(GOOD), Optional.empty(), MASKED));
        CheckExpression check = BuiltInChecks.of(STRICT, STRICT, DEFAULT_QUALIFIED_NAME).stream()
                .filter(candidate -> candidate.id().equals("interoperability/description"))
                .collect(onlyElement())
                .expression();
        assertThat(check.test(document).holds()).isTrue();
        document.put("description", " \n");
        assertThat(check.test(document)).isEqualTo(new CheckExpression.Outcome(false, Optional.empty()));
    }

    @Test
    void testOtherWaysToConsume()
    {
        for (String type : List.of("rest", "graphql", "kafka")) {
            assertThat(violations(without("    - name: sql\n      type: sql\n      catalog: lake\n      schema: sales\n", "    - {name: other, type: %s, endpoint: /orders}\n".formatted(type)), MASKED))
                    .as(type)
                    .containsExactly("interoperability/schema: the data product has no registered schema");
        }
    }

    @Test
    void testQualifiedName()
    {
        assertThat(violations(without("name: orders\n", "name: customer-360\n"), new ConformanceContext(ImmutableSet.of("customer_360.email"), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.empty())))
                .isEmpty();
        assertThat(violations(without("name: orders\n", "name: customer_orders\n"), new ConformanceContext(ImmutableSet.of("customer_orders.email"), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.empty())))
                .containsExactly("interoperability/qualified-name: the name domain.product.vN of the data product does not match ^[a-z]+(-[a-z]+)*\\.[a-z][a-z0-9-]*\\.v\\d+$: sales.customer_orders.v2");
        assertThat(violations(product(GOOD), MASKED, "^dp'\\..*"))
                .containsExactly("interoperability/qualified-name: the name domain.product.vN of the data product does not match ^dp'\\..*: sales.orders.v2");
        assertThat(violations(product(GOOD), MASKED, "^[a-z]+\\.[a-z-]+\\.v\\d+$")).isEmpty();
    }

    @Test
    void testQualifiedNameThatIsNoPattern()
    {
        assertThatThrownBy(() -> BuiltInChecks.of(STRICT, STRICT, "^(sales"))
                .isInstanceOfSatisfying(InvalidCheckException.class, failure -> {
                    assertThat(failure.getMessage()).isEqualTo("'^(sales' is not a regular expression of RE2, or too large");
                    assertThat(failure.remedy()).isEqualTo("write one for domain.product.vN, without back references and look-around: " + DEFAULT_QUALIFIED_NAME);
                });
    }

    @Test
    void testPiiHandling()
    {
        assertThat(violations(without("    encryption: at-rest\n", ""), MASKED))
                .containsExactly("pii-handling/encryption: the data product contains data about persons, and neither the product nor mesh.yaml declares that it is encrypted");
        assertThat(violations(without("    encryption: at-rest\n", ""), new ConformanceContext(ImmutableSet.of("orders.email"), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.of("at-rest"))))
                .isEmpty();
        assertThat(violations(without("    gdprCompliant: true\n", "    gdprCompliant: false\n"), MASKED))
                .containsExactly("pii-handling/gdpr: the data product contains data about persons and does not declare GDPR compliance");
        assertThat(violations(without("  accessControl:\n    - role: analysts\n      permissions: [read, admin]\n", ""), MASKED))
                .containsExactly("pii-handling/access-control: the data product contains data about persons and does not declare who may read it");
        assertThat(violations(product(GOOD), ConformanceContext.NONE))
                .containsExactly("pii-handling/masking: columns with data about persons are neither masked nor hidden: orders.email");
    }

    @Test
    void testPiiByNameNeedsAClassification()
    {
        DataProduct product = without("    - {name: email, type: varchar, classification: restricted, tags: [pii]}", "    - {name: email, type: varchar}\n    - {name: last_name, type: varchar}\n    - {name: campaign_name, type: varchar}");
        assertThat(violations(product, ConformanceContext.NONE)).containsExactly(
                "pii-handling/masking: columns with data about persons are neither masked nor hidden: orders.email, orders.last_name",
                "pii-handling/classification: columns that look like data about persons have no classification: orders.email, orders.last_name");
        ConformanceContext classified = new ConformanceContext(
                ImmutableSet.of("orders.email", "orders.last_name"),
                ImmutableMap.of(),
                ImmutableMap.of("orders.email", "restricted", "orders.last_name", "internal"),
                ImmutableSet.of(),
                Optional.empty());
        assertThat(violations(product, classified)).isEmpty();
    }

    @Test
    void testWhatMakesAProductOneWithPii()
    {
        String none = GOOD
                .replace("    pii: true\n", "")
                .replace("    gdprCompliant: true\n", "")
                .replace("    - {name: email, type: varchar, classification: restricted, tags: [pii]}\n", "");
        String violation = "pii-handling/gdpr: the data product contains data about persons and does not declare GDPR compliance";
        assertThat(violations(product(none), ConformanceContext.NONE)).isEmpty();
        assertThat(violations(product(none.replace("    tier: gold\n", "    pii: true\n")), ConformanceContext.NONE)).containsExactly(violation);
        assertThat(violations(product(none.replace("identifier: order_id", "tags: [pii]")), new ConformanceContext(ImmutableSet.of("orders.order_id"), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.empty())))
                .containsExactly(violation);
        assertThat(violations(product(none.replace("name: order_id", "classification: internal, name: phone")), new ConformanceContext(ImmutableSet.of("orders.phone"), ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of(), Optional.empty())))
                .containsExactly(violation);
    }

    private static List<String> violations(DataProduct product, ConformanceContext context)
    {
        return violations(product, context, DEFAULT_QUALIFIED_NAME);
    }

    private static List<String> violations(DataProduct product, ConformanceContext context, String qualifiedName)
    {
        return new Conformance(BuiltInChecks.of(STRICT, STRICT, qualifiedName), ImmutableList.of()).evaluate(product, Optional.empty(), context).stream()
                .map(violation -> violation.check() + ": " + violation.message())
                .toList();
    }
}
