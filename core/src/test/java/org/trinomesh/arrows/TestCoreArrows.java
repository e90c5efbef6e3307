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
import org.trinomesh.registry.Mesh;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The arrows between the packages of this module. One more is a decision: draw it here, downhill.
 */
final class TestCoreArrows
{
    private static final AllowedArrows ALLOWED = AllowedArrows.of(
            "text ->",
            "descriptor -> text",
            "registry -> descriptor, text",
            "governance.conformance -> descriptor, registry",
            "governance -> descriptor, governance.conformance, registry",
            "slo -> registry",
            "openlineage -> text",
            "lineage -> descriptor, openlineage, registry",
            "quality -> openlineage, registry",
            "search -> descriptor, governance, registry",
            "disclosure -> governance, registry, slo");

    @Test
    void testPackagesUseOnlyWhatIsBelowThem()
    {
        JavaClasses classes = AllowedArrows.classesBeside(Mesh.class);
        assertThat(ALLOWED.broken(classes)).isEmpty();
        assertThat(ALLOWED.unused(classes)).isEmpty();
    }

    @Test
    void testWhatIsNotAllowedIsForbidden()
    {
        // The same without one arrow that the code needs
        AllowedArrows narrower = AllowedArrows.of("slo ->");
        assertThat(narrower.broken(AllowedArrows.classesBeside(Mesh.class)))
                .anyMatch(line -> line.startsWith("slo must not use registry: ") && line.contains("Measurement"));
    }
}
