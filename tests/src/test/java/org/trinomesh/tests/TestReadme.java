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

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.tests.ManualPage.Block;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What README.md and the pages of the manual show is what the running mesh does. The blocks of a page are run in their order:
 * <ul>
 * <li>{@code sql}, or {@code sql fails}: a statement of the user whom its first line names, {@code -- as eve}. A {@code text} block
 * right behind is its output
 * <li>{@code console}: commands behind {@code $}, each with its output. They are run in a folder with the launcher and the mesh
 * directory {@code etc/mesh}, which the running mesh serves
 * <li>{@code yaml file=etc/mesh/...} and {@code yaml append=etc/mesh/...}: a file, or more of it, which the reader writes
 * </ul>
 * In an output, {@code ...} stands for the rest of a line, or for any number of lines.
 */
final class TestReadme
{
    private static final Pattern STATEMENT = Pattern.compile("-- as (\\w+)\\n(.+)", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> testEverySqlBlockDoesWhatItShows()
    {
        List<ManualPage> pages = ManualPage.all().stream().filter(page -> page.blocks().stream().anyMatch(TestReadme::isRun)).collect(toImmutableList());
        assertThat(pages.stream().flatMap(page -> page.blocks().stream()).filter(block -> block.language().equals("sql"))).hasSizeGreaterThan(30);
        return pages.stream().map(page -> DynamicTest.dynamicTest(page.file().toString(), () -> run(page)));
    }

    @Test
    void testDocumentsCanBeRead()
    {
        for (ManualPage page : ManualPage.all()) {
            for (Block block : page.blocks()) {
                if (block.language().equals("yaml") && block.content().startsWith("apiVersion: ") && !block.value("file").orElse("").contains("broken")) {
                    assertThat(DescriptorReader.read("page.yaml", block.content().getBytes(UTF_8)).problems()).as("%s\n%s", page.file(), block.content()).isEmpty();
                }
            }
        }
    }

    private static boolean isRun(Block block)
    {
        return block.language().equals("sql") || block.language().equals("console") || block.value("file").isPresent() || block.value("append").isPresent();
    }

    private static void run(ManualPage page)
    {
        RunningMesh mesh = RunningMesh.get();
        try (ManualFolder folder = ManualFolder.of(mesh)) {
            for (Block block : page.blocks()) {
                block.value("file").ifPresent(file -> folder.save(file, block.content(), false));
                block.value("append").ifPresent(file -> folder.save(file, block.content(), true));
                switch (block.language()) {
                    case "sql" -> ask(mesh, block);
                    case "console" -> type(folder, block);
                    default -> {}
                }
            }
        }
    }

    private static void ask(RunningMesh mesh, Block block)
    {
        Matcher written = STATEMENT.matcher(block.content().strip());
        assertThat(written.matches()).as("-- as USER in the first line of %s", block).isTrue();
        String sql = written.group(2);
        MeshLauncher.Output output = mesh.launcher().run("sql", "--user", written.group(1), sql);
        assertThat(output.exitCode() != 0).as("%s\n%s", block, output.text()).isEqualTo(block.says("fails"));
        block.output().ifPresent(expected -> assertOutput(sql, output.text(), expected));
    }

    private static void type(ManualFolder folder, Block block)
    {
        List<String> lines = block.content().lines().toList();
        assertThat(lines.getFirst()).startsWith("$ ");
        for (int line = 0; line < lines.size(); line++) {
            String command = lines.get(line).substring("$ ".length());
            List<String> expected = new ArrayList<>();
            while (line + 1 < lines.size() && !lines.get(line + 1).startsWith("$ ")) {
                line++;
                expected.add(lines.get(line));
            }
            assertOutput(command, folder.run(command), String.join("\n", expected));
        }
    }

    private static void assertOutput(String question, String actual, String expected)
    {
        String pattern = withoutNoise(expected).lines()
                .map(line -> line.equals("...") ? "(?:.*\\n)*" : Stream.of(line.split("\\.\\.\\.$", -1)).map(Pattern::quote).collect(joining(".*")) + "\\n")
                .collect(joining());
        String text = withoutNoise(actual);
        // The first comparison says more when it fails
        if (!(text + "\n").matches(pattern)) {
            assertThat(text).as(question).isEqualTo(withoutNoise(expected));
        }
    }

    /**
     * Query ids, row counts, steps of the launcher, today and blanks at the end of a line are not what is shown.
     */
    private static String withoutNoise(String output)
    {
        return output
                .replaceAll("(?m)^WARNING:.*\\n", "")
                .replaceAll("(?m)^\\[[0-9]+] +[0-9]+s .*\\n", "")
                .replaceAll("Query [0-9]{8}_\\w+ ", "Query ")
                .replaceAll("(?m)^\\([0-9]+ rows?\\)\\n?", "")
                .replaceAll("(?m) on [0-9]{4}-[0-9]{2}-[0-9]{2}$", " on this day")
                .replaceAll("(?m) +$", "")
                .strip();
    }
}
