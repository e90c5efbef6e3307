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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Packages and classes of which CONTRIBUTING.md speaks are there, and it leaves out no package.
 */
final class TestContributing
{
    private static final Path ROOT = ProjectFiles.root();
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    @Test
    void testEveryPackageIsDescribed()
            throws IOException
    {
        for (String module : List.of("core", "plugin")) {
            Path sources = ROOT.resolve(module).resolve("src/main/java/org/trinomesh");
            Set<String> packages = javaFiles(sources)
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .filter(name -> !name.isEmpty())
                    .collect(toImmutableSet());
            assertThat(packages).isNotEmpty().allSatisfy(name -> assertThat(named()).as("package of %s", module).contains(name));
        }
    }

    @Test
    void testEveryClassIsThere()
            throws IOException
    {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (String module : List.of("core", "plugin", "cli", "tests")) {
            javaFiles(ROOT.resolve(module)).map(file -> file.getFileName().toString().replace(".java", "")).forEach(names::add);
        }
        Set<String> classes = names.build();
        assertThat(named().stream().filter(name -> name.matches("([A-Z][a-z]+){2,}"))).isNotEmpty().allSatisfy(name -> assertThat(classes).contains(name));
    }

    private static Set<String> named()
            throws IOException
    {
        return CODE.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md"))).results()
                .map(code -> code.group(1))
                .collect(toImmutableSet());
    }

    private static Stream<Path> javaFiles(Path folder)
            throws IOException
    {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }
}
