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
package org.trinomesh.arrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.trinomesh.MeshPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arrows between the packages of this module, and from them to those of core. One more is a decision: draw it here, downhill.
 */
final class TestPluginArrows
{
    private static final AllowedArrows ALLOWED = AllowedArrows.of(
            "function -> error",
            "storage -> error, problem, product, registry, text, type",
            "measure -> error, problem, product, quality, registry, slo, storage, type",
            "connector -> disclosure, filter, governance, policy, product, quality, registry, storage, type",
            "security -> connector, disclosure, filter, governance, mask, policy, product, type",
            "system -> conformance, connector, disclosure, filter, lineage, mask, measure, policy, problem, product, quality, search, slo, storage",
            "wiring -> conformance, connector, disclosure, function, governance, lineage, mask, measure, openlineage, policy, problem, product, quality, registry, search, security, slo, storage, system");

    @Test
    void testPackagesUseOnlyWhatIsBelowThem()
    {
        JavaClasses classes = AllowedArrows.classesBeside(MeshPlugin.class);
        assertThat(ALLOWED.broken(classes)).isEmpty();
        assertThat(ALLOWED.unused(classes)).isEmpty();
    }
}
