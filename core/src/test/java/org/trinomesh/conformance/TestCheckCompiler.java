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
import org.junit.jupiter.api.Test;
import org.trinomesh.conformance.CheckExpression.Outcome;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestCheckCompiler
{
    private static final String UNKNOWN_REMEDY = "use the variable 'product', the macros has, all, exists, exists_one, filter and map, and the functions of CEL and of CEL's strings";
    private static final String TYPES_REMEDY = "give it values of types that belong together: texts with texts, numbers with numbers";

    private static final Map<String, Object> DOCUMENT = ImmutableMap.of(
            "metadata", ImmutableMap.of("name", "orders", "owner", "sales-team", "tags", ImmutableList.of("core", "sales")),
            "governance", ImmutableMap.of("gdprCompliant", true),
            "outputPorts", ImmutableList.of(ImmutableMap.of("type", "sql"), ImmutableMap.of("type", "rest")),
            "slos", ImmutableMap.of("freshness", "4h"),
            "columns", Collections.nCopies(200, ImmutableMap.of("name", "x", "pii", false)));

    @Test
    void testExpressionsThatHold()
    {
        assertHolds("product.metadata.owner != ''");
        assertHolds("product['metadata']['owner'] == 'sales-team'");
        assertHolds("size(product) == 5 && 'slos' in product");
        assertHolds("product.outputPorts.exists(p, p.type in ['sql', 'rest', 'graphql', 'kafka'])");
        assertHolds("product.governance.gdprCompliant");
        assertHolds("has(product.slos.freshness) && product.slos.freshness.endsWith('h')");
        assertHolds("size(product.columns) > 3");
        assertHolds("product.metadata.owner.matches('^[a-z]+-team$')");
        assertHolds("product.metadata.owner.replace('-', '_') == 'sales_team'");
        assertHolds("product.metadata.tags.map(t, t.upperAscii()).join('+') == 'CORE+SALES'");
        assertHolds("product.metadata.owner.split('-')[1] == 'team'");
    }

    @Test
    void testExpressionsThatDoNotHold()
    {
        assertThat(test("product.metadata.owner == ''")).isEqualTo(new Outcome(false, Optional.empty()));
        assertThat(test("!product.governance.gdprCompliant")).isEqualTo(new Outcome(false, Optional.empty()));
        assertThat(test("product.outputPorts.all(p, p.type == 'sql')")).isEqualTo(new Outcome(false, Optional.empty()));
    }

    @Test
    void testErrorsAreViolations()
    {
        assertFails("product.slos.availability != ''", "key 'availability' is not present in map.");
        assertFails("product.metadata.owner", "the result is not true or false");
        assertFails("product.metadata.owner > 3", "No matching overload for function '_>_'");
        assertFails("1 / (size(product.slos) - 1) == 0", "/ by zero");
        assertFails("product.outputPorts[7].type == 'sql'", "Index out of bounds: 7");
        assertFails("product.metadata.owner.matches('(' + product.metadata.name)", "error parsing regexp: missing closing ): `(orders`");
    }

    @Test
    void testErrorBesideAnAnswer()
    {
        // CEL's own logic: an error on one side does not matter when the other side decides
        assertHolds("product.slos.availability != '' || product.metadata.owner != ''");
    }

    @Test
    void testBrokenText()
    {
        assertInvalid("", "the expression is empty", "write what must hold for a product: product.metadata.owner != ''");
        assertInvalid("prodct.metadata.owner != ''", "column 1 of the expression: 'prodct' is unknown", UNKNOWN_REMEDY);
        assertInvalid("product.metadata.owner !=", "column 26 of the expression: it ends too early", CompilerMessages.GENERAL_REMEDY);
        assertInvalid("product.metadata.owner != '", "column 27 of the expression: ''' cannot be read", "close every text with the quote it starts with, and write only CEL");
        assertInvalid("product.columns.every(c, c.pii)", "column 22 of the expression: 'every' is unknown", UNKNOWN_REMEDY);
        assertInvalid("product.metadata.owner != '' or true", "column 30 of the expression: 'or' is not expected here", CompilerMessages.GENERAL_REMEDY);
        assertInvalid("size(product.columns) == '3'", "column 23 of the expression: '==' does not take (int, string)", TYPES_REMEDY);
        assertInvalid("product.description == 3", "column 21 of the expression: '==' does not take (string, int)", TYPES_REMEDY);
        assertInvalid("true &&\n  1 == 'a'", "line 2, column 5 of the expression: '==' does not take (int, string)", TYPES_REMEDY);
    }

    @Test
    void testWrongResult()
    {
        assertInvalid("'yes'", "the result of the expression is string, not true or false", "compare it with something: product.metadata.owner != ''");
        assertInvalid("size(product.columns)", "the result of the expression is int, not true or false", "compare it with something: product.metadata.owner != ''");
    }

    @Test
    void testFieldsThatNoProductHas()
    {
        assertInvalid(
                "product.metdata.owner != ''",
                "column 8 of the expression: product has no field 'metdata'",
                "write one of metadata, description, classification, inputPorts, outputPorts, columns, schema, slos, governance, accessControl, contract, support");
        assertInvalid(
                "true && has(product.metadata.team)",
                "column 12 of the expression: product.metadata has no field 'team'",
                "write one of name, domain, owner, version, status, tags, qualifiedName");
    }

    @Test
    void testFieldsThatEveryProductHas()
    {
        assertInvalid(
                "has(product.contract)",
                "column 4 of the expression: every product has that field",
                "compare a value inside it: product.contract.name != '' or size(product.support) > 0");
        assertHolds("!has(product.slos.availability)");
    }

    @Test
    void testRegularExpressionsAreRe2()
    {
        assertInvalid(
                "product.metadata.name.matches('(a)\\\\1')",
                "column 31 of the expression: '(a)\\1' is not a regular expression of RE2, or too large",
                "write it without back references and look-around, and with small repetitions");
        assertInvalid(
                "product.metadata.name.matches('((a{30}){30}){30}')",
                "column 31 of the expression: '((a{30}){30}){30}' is not a regular expression of RE2, or too large",
                "write it without back references and look-around, and with small repetitions");
        // Exponential for an engine that backtracks
        assertThat(CheckCompiler.compile("product.metadata.name.matches('^(a+)+$')").test(ImmutableMap.of("metadata", ImmutableMap.of("name", "a".repeat(5000) + "b"))))
                .isEqualTo(new Outcome(false, Optional.empty()));
    }

    @Test
    void testLimits()
    {
        assertInvalid("true" + " ".repeat(2000), "the expression has 2004 characters, and 2000 are allowed", "split it into several checks");
        assertInvalid("[" + "1,".repeat(600) + "1] == []", "column 1000 of the expression: it is too large from here", "split it into several checks");
        assertInvalid("(".repeat(60) + "true" + ")".repeat(60), "column 1 of the expression: it is too large from here", "split it into several checks");
        assertInvalid(
                "['a'].map(x, x + x).map(x, x + x).map(x, x + x).exists(x, x != '')",
                "column 10 of the expression: more than 3 of all, exists, filter and map inside or behind each other",
                "split it into several checks");
        assertInvalid(
                "['a'].map(_x, _x + _x + _x + _x).map(x, x + x + x + x + x).exists(x, x != '')",
                "column 55 of the expression: more than 6 times '+' inside of all, exists, filter and map",
                "split it into several checks");
        assertHolds("['a'].map(x, x + x + x + x).map(x, x + x + x + x) == ['aaaaaaaaaaaaaaaa']");
        assertFails("product.columns.all(a, product.columns.all(b, a.name == b.name))", "Iteration budget exceeded: 10000");
        assertFails("product.metadata.tags.map(t, t.replace('e', '" + "x".repeat(1000) + "').replace('x', 'xxxxxxxxxxxxx')).size() > 0", "the result of replace() is longer than 10000 characters");
        assertFails("product.metadata.owner.replace('', 'x') != ''", "replace() was asked to replace the empty text");
        assertFails("product.columns.map(c, '" + "x".repeat(60) + "').join(', ') != ''", "the result of join() is longer than 10000 characters");
        assertFails("product.columns.map(c, c.pii).join(', ') != ''", "join() was given something that is not text");
    }

    @Test
    void testOnlyPureFunctions()
    {
        // Neither a clock nor anything of the server: the same product always has the same violations
        assertInvalid("now() > timestamp('2026-01-01T00:00:00Z')", "column 4 of the expression: 'now' is unknown", UNKNOWN_REMEDY);
        assertInvalid("env.HOME != ''", "column 1 of the expression: 'env' is unknown", UNKNOWN_REMEDY);
        assertInvalid("strings.quote('a') != ''", "column 1 of the expression: 'strings' is unknown", UNKNOWN_REMEDY);
    }

    @Test
    void testNames()
    {
        assertThat(CheckCompiler.compileNames("product.metadata.tags").names(DOCUMENT)).isEqualTo("core, sales");
        assertThat(CheckCompiler.compileNames("product.metadata.tags.filter(t, t == 'x')").names(DOCUMENT)).isEmpty();
        assertThat(CheckCompiler.compileNames("['a'].map(x, product.slos[x])").names(DOCUMENT)).isEmpty();
        assertThatThrownBy(() -> CheckCompiler.compileNames("true"))
                .isInstanceOf(InvalidCheckException.class)
                .hasMessage("the result of the expression is bool, not a list of texts");
    }

    private static Outcome test(String expression)
    {
        return CheckCompiler.compile(expression).test(DOCUMENT);
    }

    private static void assertHolds(String expression)
    {
        assertThat(test(expression)).as(expression).isEqualTo(new Outcome(true, Optional.empty()));
    }

    private static void assertFails(String expression, String error)
    {
        assertThat(test(expression)).as(expression).isEqualTo(new Outcome(false, Optional.of(error)));
    }

    private static void assertInvalid(String expression, String message, String remedy)
    {
        assertThatThrownBy(() -> CheckCompiler.compile(expression))
                .as(expression)
                .isInstanceOfSatisfying(InvalidCheckException.class, failure -> {
                    assertThat(failure.getMessage()).isEqualTo(message);
                    assertThat(failure.remedy()).isEqualTo(remedy);
                });
    }
}
