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
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Governance masks e-mail addresses; the product says something weaker of its own column.
 */
final class TestLoosening
{
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii}
            spec:
              masks:
                - {id: mask-email, match: {columns: [email]}, mask: mask-to-fixed-value}
            """;

    @Test
    void testWeakerMaskOfAProductNamesTheRule()
    {
        Governance governance = govern(POLICY, own("email-domain"), Optional.empty());
        assertThat(loosened(governance)).containsExactly(
                "rule sales.orders/own would loosen rule pii/mask-email (governance/pii.yaml:6:7): it shows column 'email' of sales.orders as email-domain; the other rule says mask-to-fixed-value and stays in force; " +
                        "remove the rule, or make it stricter: a product may only tighten");
        assertThat(email(governance)).isEqualTo("mask-to-fixed-value");
    }

    @Test
    void testStricterOrEqualMaskIsFine()
    {
        for (String mask : List.of("replace-with-null", "mask-to-fixed-value")) {
            Governance governance = govern(POLICY, own(mask), Optional.empty());
            assertThat(loosened(governance)).as(mask).isEmpty();
            assertThat(email(governance)).isEqualTo(mask);
        }
    }

    @Test
    void testWeakerMaskForThoseWhomTheRuleSparesIsFine()
    {
        String sparing = POLICY.replace("mask: mask-to-fixed-value", "mask: mask-to-fixed-value, except: [{group: analysts}]");
        Governance governance = govern(sparing, own("email-domain"), Optional.empty());
        assertThat(loosened(governance)).isEmpty();
        assertThat(email(governance)).isEqualTo("email-domain");
    }

    @Test
    void testWeakerMaskForTheTimeAfterTheRuleIsFine()
    {
        String ending = POLICY.replace("mask: mask-to-fixed-value", "mask: mask-to-fixed-value, validUntil: 2020-12-31");
        assertThat(loosened(govern(ending, own("email-domain"), Optional.empty()))).isEmpty();
        // It holds on a day on which the other one does, too, but not only on those
        assertThat(loosened(govern(ending, own("email-domain, validUntil: 2020-06-30"), Optional.empty()))).hasSize(1);
    }

    @Test
    void testHiddenColumnCannotBeShownMasked()
    {
        String hiding = POLICY.replace("masks:", "hiddenColumns:").replace(", mask: mask-to-fixed-value", "");
        Governance governance = govern(hiding, own("replace-with-null"), Optional.empty());
        assertThat(loosened(governance)).hasSize(1);
        assertThat(email(governance)).isEqualTo("hidden");
    }

    @Test
    void testWhatARefusedRuleSaidBeforeStays()
    {
        Governance strict = govern(POLICY, own("replace-with-null"), Optional.empty());
        assertThat(email(strict)).isEqualTo("replace-with-null");
        Governance loosened = govern(POLICY, own("email-domain"), Optional.of(strict));
        assertThat(loosened(loosened)).hasSize(1);
        assertThat(email(loosened)).isEqualTo("replace-with-null");
        // Also in the generation after the next
        assertThat(email(govern(POLICY, own("show-last-4"), Optional.of(loosened)))).isEqualTo("replace-with-null");
        // A rule that is removed is gone, and one that is right counts again
        assertThat(email(govern(POLICY, "", Optional.of(loosened)))).isEqualTo("mask-to-fixed-value");
        assertThat(email(govern(POLICY, own("mask-to-fixed-value"), Optional.of(loosened)))).isEqualTo("mask-to-fixed-value");
    }

    private static String own(String mask)
    {
        return "  masks: [{id: own, match: {columns: [email]}, mask: %s}]\n".formatted(mask);
    }

    private static Governance govern(String policy, String own, Optional<Governance> previous)
    {
        String product = TestingMesh.PRODUCT.replace("  accessControl:\n", "    - {name: email, type: varchar}\n" + own + "  accessControl:\n");
        Mesh mesh = TestingMesh.mesh(ImmutableMap.of("orders.yaml", product, "governance/pii.yaml", policy));
        assertThat(TestingMesh.problems(mesh)).isEmpty();
        return Governance.of(mesh, MaskKeyVersions.UNKNOWN, previous);
    }

    private static List<String> loosened(Governance governance)
    {
        return governance.problems().stream()
                .filter(problem -> problem.message().contains("would loosen"))
                .map(problem -> problem.message() + "; " + problem.remedy())
                .toList();
    }

    private static String email(Governance governance)
    {
        GovernedMesh governed = new GovernedMesh(governance, new Requester("ana", Set.of("analysts"), Set.of()), governance.mesh().loadedAt());
        return governed.access(governance.mesh().table("sales", "orders").orElseThrow()).orElseThrow().column("email").orElseThrow().toString();
    }
}
