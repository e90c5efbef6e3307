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
package org.trinomesh.dependencies;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.trinomesh.registry.Mesh;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which packages of this module may use which others. A new entry is a decision: a package uses only those below it.
 */
final class TestCoreDependencies
{
    private static final AllowedDependencies ALLOWED = AllowedDependencies.of(
            "problem -> text",
            "yaml -> problem, text",
            "rule -> problem, yaml",
            "product -> problem, rule, text, type",
            "platform -> descriptor, problem, product, rule",
            "descriptor -> problem, product, rule, text, yaml",
            "descriptor.odcs -> descriptor, problem, product, yaml",
            "descriptor.odps -> descriptor, problem, product, rule, yaml",
            "query -> problem, product, type",
            "validation -> descriptor, platform, problem, product, query, rule, text, type",
            "registry -> descriptor, descriptor.odcs, descriptor.odps, platform, problem, product, query, rule, validation, yaml",
            "mask -> filter, type",
            "policy -> filter, mask, platform, problem, product, rule, text, type",
            "conformance -> descriptor, platform, policy, problem, product, registry, rule, text, type",
            "governance -> conformance, descriptor, filter, mask, platform, policy, problem, product, registry, rule, text, type, validation",
            "diff -> conformance, descriptor, filter, governance, mask, platform, policy, problem, product, registry, text",
            "slo -> product",
            "materialized -> product",
            "openlineage -> text",
            "lineage -> openlineage, problem, product, registry",
            "quality -> openlineage, product, registry, type",
            "search -> product, registry",
            "disclosure -> conformance, governance, lineage, mask, openlineage, platform, policy, problem, product, quality, query, registry, rule, search, slo, text, type",
            "filter -> product");

    @Test
    void testPackagesUseOnlyWhatIsBelowThem()
    {
        JavaClasses classes = AllowedDependencies.classesBeside(Mesh.class);
        assertThat(ALLOWED.broken(classes)).isEmpty();
        assertThat(ALLOWED.unused(classes)).isEmpty();
    }

    @Test
    void testWhatIsNotAllowedIsForbidden()
    {
        // The same without an entry that the code needs
        AllowedDependencies narrower = AllowedDependencies.of("slo ->");
        assertThat(narrower.broken(AllowedDependencies.classesBeside(Mesh.class)))
                .anyMatch(line -> line.startsWith("slo must not use product: ") && line.contains("Measurement"));
    }
}
