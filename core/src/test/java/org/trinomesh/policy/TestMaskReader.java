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

import org.junit.jupiter.api.Test;
import org.trinomesh.descriptor.PolicyDescriptor;
import org.trinomesh.problem.Problems;
import org.trinomesh.registry.DescriptorReader;

import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestMaskReader
{
    @Test
    void testMasksAsPeopleWriteThem()
    {
        for (String name : List.of(
                "replace-with-null",
                "mask-to-fixed-value",
                "sha-256-query-local",
                "sha-256-global",
                "mask-alphanum",
                "email-domain",
                "show-first-4",
                "show-last-4",
                "truncate-to-year",
                "truncate-to-month",
                "truncate-to-day")) {
            assertThat(read(name)).isEqualTo(name);
            assertThat(read("{action: " + name + "}")).isEqualTo(name);
        }
        assertThat(read("tokenize")).isEqualTo("tokenize(*)");
        assertThat(read("{action: tokenize, identifier: customer_id, keyVersion: 2}")).isEqualTo("tokenize(customer_id, key 2)");
        assertThat(read("{action: bucket, width: 0.5}")).isEqualTo("bucket(0.5)");
        assertThat(read("{action: generalise, prefix: 3}")).isEqualTo("generalise(prefix 3)");
        assertThat(read("{action: generalise, ranges: [-1, 0, 65]}")).isEqualTo("generalise(ranges [-1, 0, 65])");
        assertThat(read("{action: generalise, values: {a: x, b: x}, otherwise: other}")).startsWith("generalise(");
        assertThat(read("{action: row-fields, fields: {city: clear, street: {action: row-fields, fields: {name: show-last-4}}}}"))
                .isEqualTo("row-fields{city=clear, street=row-fields{name=show-last-4}}");
    }

    @Test
    void testNamesThatAreNone()
    {
        assertThat(read("hash")).startsWith("mask 'hash' is not known; write one of replace-with-null, mask-to-fixed-value, ");
        assertThat(read("clear")).isEqualTo("'clear' is not a mask, and no rule can remove a mask; remove the rule, or exempt people in the rule that masks");
    }

    @Test
    void testParametersThatAMaskDoesNotTake()
    {
        assertThat(read("{action: email-domain, width: 3}")).isEqualTo("mask 'email-domain' does not take 'width'; remove it");
        assertThat(read("{action: tokenize, prefix: 3}")).isEqualTo("mask 'tokenize' does not take 'prefix'; it takes identifier, keyVersion, keys");
        assertThat(read("{action: bucket, width: 1, ranges: [1]}")).isEqualTo("mask 'bucket' does not take 'ranges'; it takes width");
        assertThat(read("{action: generalise, prefix: 1, fields: {a: clear}}")).isEqualTo("mask 'generalise' does not take 'fields'; it takes values, otherwise, prefix, ranges");
        assertThat(read("{action: row-fields, fields: {a: clear}, identifier: x}")).isEqualTo("mask 'row-fields' does not take 'identifier'; it takes fields, keys");
    }

    @Test
    void testParametersThatAreMissingOrWrong()
    {
        assertThat(read("{action: tokenize, identifier: customer-id}")).isEqualTo("'customer-id' cannot be an identifier type; write lower-case letters, digits and '_': customer_id");
        assertThat(read("bucket")).isEqualTo("bucket has no width; write {action: bucket, width: 100}");
        assertThat(read("{action: bucket, width: 0}")).isEqualTo("width '0' is not positive; write how wide a bucket is: 100");
        assertThat(read("{action: bucket, width: -1}")).isEqualTo("width '-1' is not positive; write how wide a bucket is: 100");
        assertThat(read("{action: bucket, width: 1e3}")).isEqualTo("'1e3' is not a number; write digits, such as 100 or 0.5");
        assertThat(read("{action: bucket, width: 1234567890123456789}")).isEqualTo("'1234567890123456789' is not a number; write digits, such as 100 or 0.5");
        String oneWay = "generalise needs exactly one of values, prefix and ranges; write {action: generalise, prefix: 3}, or values with otherwise, or ranges: [0, 18, 65]";
        assertThat(read("generalise")).isEqualTo(oneWay);
        assertThat(read("{action: generalise, prefix: 1, ranges: [1]}")).isEqualTo(oneWay);
        assertThat(read("{action: generalise, values: {a: x}}")).isEqualTo("generalise with values does not say what other values become; add 'otherwise: other'");
        assertThat(read("{action: generalise, ranges: [1, 1.0]}")).isEqualTo("the bounds do not ascend; write each bound once, in ascending order: [0, 18, 65]");
        assertThat(read("{action: generalise, ranges: [1, many]}")).isEqualTo("'many' is not a number; write digits, such as 100 or 0.5");
        assertThat(read("row-fields")).startsWith("row-fields lists no field; write {action: row-fields, fields: ");
        assertThat(read("{action: row-fields, fields: {a: {action: row-fields, fields: {b: hash}}}}")).startsWith("mask 'hash' is not known; ");
    }

    @Test
    void testNumbersThatAreNone()
    {
        assertThat(read("{action: generalise, prefix: 0}")).isEqualTo("'prefix' is '0'; write a whole number of at least 1");
        assertThat(read("{action: tokenize, keyVersion: latest}")).isEqualTo("'keyVersion' is 'latest'; write a whole number of at least 1");
    }

    /**
     * The mask, or the first thing that is wrong with it.
     */
    private static String read(String mask)
    {
        String policy =
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: p}
                spec:
                  masks:
                    - {id: m, match: {columns: ["*"]}, mask: %s}
                """.formatted(mask);
        PolicyDescriptor descriptor = (PolicyDescriptor) DescriptorReader.read("p.yaml", policy.getBytes(UTF_8)).descriptors().getFirst();
        Problems problems = new Problems();
        problems.addAll(descriptor.problems());
        List<Rule> rules = new RuleReader(problems).read(descriptor.rules(), "p", Level.GLOBAL, Optional.empty());
        if (!problems.toList().isEmpty()) {
            return problems.toList().getFirst().message() + "; " + problems.toList().getFirst().remedy();
        }
        return ((Rule.Effect.MaskColumns) rules.getFirst().effect()).mask().toString();
    }
}
