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
package org.trinomesh.system;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.RequesterAccess;
import org.trinomesh.product.Domain;
import org.trinomesh.registry.Mesh;

import java.util.Set;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * System tables and functions cannot ask for what the requester may not know: they see neither the mesh as it is nor its rules, only what
 * {@code org.trinomesh.disclosure} tells.
 */
final class TestSystemTablesSeeOnlyWhatIsDisclosed
{
    private static final Set<Class<?>> UNGOVERNED = ImmutableSet.of(Mesh.class, Domain.class, Governance.class, RequesterAccess.class);

    @Test
    void testPackageKnowsNothingUngoverned()
    {
        JavaClasses classes = new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackagesOf(SystemTables.class);
        assertThat(classes.contain(SystemTables.class)).isTrue();
        noClasses().that().resideInAPackage(SystemTables.class.getPackageName())
                .should().dependOnClassesThat().belongToAnyOf(UNGOVERNED.toArray(Class<?>[]::new))
                .check(classes);
    }

    @Test
    void testDisclosureHandsOutNothingUngoverned()
    {
        JavaClasses classes = new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackagesOf(GovernedMesh.class);
        assertThat(classes.contain(GovernedMesh.class)).isTrue();
        assertThat(classes.stream()
                .flatMap(found -> found.getMethods().stream())
                .filter(method -> method.getModifiers().contains(PUBLIC) && method.getOwner().getModifiers().contains(PUBLIC))
                .filter(method -> UNGOVERNED.stream().anyMatch(type -> method.getAllInvolvedRawTypes().stream().anyMatch(used -> used.isEquivalentTo(type)) && !isGiven(method, type))))
                .isEmpty();
    }

    /**
     * Whoever has the mesh may give it to be asked about, as the commands of operators do.
     */
    private static boolean isGiven(JavaMethod method, Class<?> type)
    {
        return method.getReturnType().getAllInvolvedRawTypes().stream().noneMatch(used -> used.isEquivalentTo(type));
    }
}
