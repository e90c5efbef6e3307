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
import org.trinomesh.MeshPlugin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which packages of this module may use which others, here and in core. A new entry is a decision: a package uses only those below it.
 */
final class TestPluginDependencies
{
    private static final AllowedDependencies ALLOWED = AllowedDependencies.of(
            "function -> error",
            "storage -> cache, error, problem, product, registry, text, type",
            "measure -> cache, error, materialized, problem, product, quality, registry, slo, storage, type",
            "connector -> cache, disclosure, filter, governance, materialized, policy, product, quality, registry, storage, type",
            "security -> connector, disclosure, filter, governance, mask, policy, product, type",
            "system -> conformance, connector, disclosure, filter, lineage, mask, materialized, measure, policy, problem, product, quality, search, slo, storage",
            "wiring -> cache, conformance, connector, disclosure, function, governance, lineage, mask, measure, openlineage, policy, problem, product, quality, registry, search, security, slo, storage, system");

    @Test
    void testPackagesUseOnlyWhatIsBelowThem()
    {
        JavaClasses classes = AllowedDependencies.classesBeside(MeshPlugin.class);
        assertThat(ALLOWED.broken(classes)).isEmpty();
        assertThat(ALLOWED.unused(classes)).isEmpty();
    }
}
