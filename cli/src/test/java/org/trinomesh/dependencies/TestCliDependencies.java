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
import org.trinomesh.cli.MeshCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command line uses of core.
 */
final class TestCliDependencies
{
    private static final AllowedDependencies ALLOWED = AllowedDependencies.of(
            "cli -> conformance, diff, disclosure, filter, governance, policy, problem, product, query, registry, type");

    @Test
    void testPackagesUseOnlyWhatIsBelowThem()
    {
        JavaClasses classes = AllowedDependencies.classesBeside(MeshCommand.class);
        assertThat(ALLOWED.broken(classes)).isEmpty();
        assertThat(ALLOWED.unused(classes)).isEmpty();
    }
}
