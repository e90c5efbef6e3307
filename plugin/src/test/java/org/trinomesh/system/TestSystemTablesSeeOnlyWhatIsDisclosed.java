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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.RequesterAccess;
import org.trinomesh.lineage.ColumnEdge;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.Relationship;
import org.trinomesh.product.Terms;
import org.trinomesh.product.Terms.Definition;
import org.trinomesh.registry.Mesh;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
    private static final JavaClasses SYSTEM = new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS).importPackagesOf(SystemTables.class);
    private static final Set<Class<?>> UNGOVERNED = ImmutableSet.of(Mesh.class, Domain.class, Governance.class, RequesterAccess.class);
    // Each has parts that are told to some only, and a value of the disclosure that has those which may be told
    private static final Set<Class<?>> PARTLY_TOLD = ImmutableSet.of(InputPort.class, Relationship.class, ColumnEdge.class, Definition.class);
    // Of these, what whoever may discover a product may know. Whatever is not named here is asked of the disclosure
    private static final Map<Class<?>, Set<String>> TOLD_TO_DISCOVERERS = ImmutableMap.of(
            DataProduct.class, ImmutableSet.of("archetype", "classification", "contract", "deprecation", "description", "displayName", "domain", "howToAsk", "objectives", "outputPorts", "owner", "qualifiedName", "sqlName", "status", "support", "tags", "terms", "tier", "version"),
            Contract.class, ImmutableSet.of("approvers", "consumers", "contact", "name", "owner", "terms", "version"),
            // Custom properties are for stewards, which the declaration of their column says
            Terms.class, ImmutableSet.of("customProperties", "description", "id", "instructions", "managementPorts", "members", "price", "standard", "status"),
            QualityRule.class, ImmutableSet.of("check", "columns", "condition", "description", "dimension", "name", "origin", "severity"),
            QualityCondition.class, ImmutableSet.of());

    @Test
    void testPackageKnowsNothingUngoverned()
    {
        assertThat(SYSTEM.contain(SystemTables.class)).isTrue();
        noClasses().that().resideInAPackage(SystemTables.class.getPackageName())
                .should().dependOnClassesThat().belongToAnyOf(UNGOVERNED.toArray(Class<?>[]::new))
                .check(SYSTEM);
    }

    @Test
    void testPackageKnowsNothingThatIsPartlyTold()
    {
        noClasses().that().resideInAPackage(SystemTables.class.getPackageName())
                .should().dependOnClassesThat().belongToAnyOf(PARTLY_TOLD.toArray(Class<?>[]::new))
                .check(SYSTEM);
    }

    @Test
    void testPackageAsksProductsForWhatDiscoverersMayKnow()
    {
        Map<Class<?>, Set<String>> asked = new HashMap<>();
        SYSTEM.stream()
                .filter(found -> found.getPackageName().equals(SystemTables.class.getPackageName()))
                .flatMap(found -> found.getCodeUnitAccessesFromSelf().stream())
                .forEach(access -> TOLD_TO_DISCOVERERS.keySet().stream()
                        .filter(type -> access.getTargetOwner().isAssignableTo(type))
                        .forEach(type -> asked.computeIfAbsent(type, _ -> new TreeSet<>()).add(access.getTarget().getName())));
        TOLD_TO_DISCOVERERS.forEach((type, told) -> assertThat(asked.getOrDefault(type, Set.of())).as(type.getSimpleName()).containsExactlyInAnyOrderElementsOf(told));
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
