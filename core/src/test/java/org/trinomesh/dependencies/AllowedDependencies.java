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

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Which packages of a module may use which other packages of the mesh. What is not allowed is forbidden; a package that is not
 * named may use nothing. Byte code is looked at, so that a type that is never imported counts, too.
 *
 * @param uses from the name of a package below {@code org.trinomesh} to those that it may use; that package itself is "wiring"
 */
public record AllowedDependencies(Map<String, Set<String>> uses)
{
    private static final String BASE = "org.trinomesh";

    public AllowedDependencies
    {
        uses = ImmutableMap.copyOf(requireNonNull(uses, "uses is null"));
    }

    /**
     * @param lines each {@code "governance -> policy, product"}
     */
    public static AllowedDependencies of(String... lines)
    {
        ImmutableMap.Builder<String, Set<String>> uses = ImmutableMap.builder();
        for (String line : lines) {
            String[] parts = line.split("->", -1);
            checkArgument(parts.length == 2, "Write \"package -> package, package\" instead of: %s", line);
            uses.put(parts[0].strip(), ImmutableSet.copyOf(Splitter.on(',').trimResults().omitEmptyStrings().split(parts[1])));
        }
        return new AllowedDependencies(uses.buildOrThrow());
    }

    /**
     * The classes of the module that the given one is from, without tests.
     */
    public static JavaClasses classesBeside(Class<?> member)
    {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importUrl(member.getProtectionDomain().getCodeSource().getLocation());
    }

    /**
     * One line for each use of a package that is not allowed, in order.
     */
    public List<String> broken(JavaClasses classes)
    {
        Set<String> broken = new TreeSet<>();
        for (JavaClass user : classes) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                String from = packageOf(user);
                String to = packageOf(dependency.getTargetClass().getBaseComponentType());
                if (isOurs(dependency.getTargetClass().getBaseComponentType()) && !from.equals(to) && !uses.getOrDefault(from, ImmutableSet.of()).contains(to)) {
                    broken.add("%s must not use %s: %s".formatted(from, to, dependency.getDescription()));
                }
            }
        }
        return broken.stream().collect(toImmutableList());
    }

    /**
     * Allowed uses that the code does not have, so that the list stays as short as the code allows.
     */
    public List<String> unused(JavaClasses classes)
    {
        Set<String> unused = new TreeSet<>();
        uses.forEach((from, allowed) -> allowed.forEach(to -> unused.add(from + " -> " + to)));
        for (JavaClass user : classes) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                unused.remove(packageOf(user) + " -> " + packageOf(dependency.getTargetClass().getBaseComponentType()));
            }
        }
        return unused.stream().collect(toImmutableList());
    }

    private static boolean isOurs(JavaClass type)
    {
        return type.getPackageName().equals(BASE) || type.getPackageName().startsWith(BASE + ".");
    }

    private static String packageOf(JavaClass type)
    {
        return type.getPackageName().equals(BASE) ? "wiring" : type.getPackageName().substring(Math.min(type.getPackageName().length(), BASE.length() + 1));
    }
}
