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

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README shows is what the running mesh does: every SQL block is run, as the person named in front of it, and
 * where an output follows, it is the output.
 */
final class TestReadme
{
    // ```sql, optionally "user=eve fails" behind it, and optionally a ```text block right after
    private static final Pattern BLOCK = Pattern.compile("```sql(?: user=(\\w+))?( fails)?\\n([^`]*)```\\n(?:\\n```text\\n([^`]*)```\\n)?");

    @Test
    void testEverySqlBlockDoesWhatItShows()
            throws IOException
    {
        List<Example> examples = examples(Files.readString(ProjectFiles.root().resolve("README.md")));
        assertThat(examples).hasSizeGreaterThan(5);
        RunningMesh mesh = RunningMesh.get();
        for (Example example : examples) {
            MeshLauncher.Output output = mesh.launcher().run("sql", "--user", example.user(), example.sql());
            assertThat(output.exitCode() != 0).as("%s\n%s", example, output.text()).isEqualTo(example.fails());
            example.output().ifPresent(expected ->
                    assertThat(withoutNoise(output.text())).as(example.sql()).isEqualTo(withoutNoise(expected)));
        }
    }

    private static List<Example> examples(String readme)
    {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(readme);
        while (matcher.find()) {
            examples.add(new Example(
                    Optional.ofNullable(matcher.group(1)).orElse("ana"),
                    matcher.group(2) != null,
                    matcher.group(3).strip().replaceAll(";$", ""),
                    Optional.ofNullable(matcher.group(4))));
        }
        return examples;
    }

    /**
     * Query ids, row counts and blanks at the end of a line are not what is shown.
     */
    private static String withoutNoise(String output)
    {
        return output
                .replaceAll("(?m)^WARNING:.*\\n", "")
                .replaceAll("Query [0-9]{8}_\\w+ ", "Query ")
                .replaceAll("(?m)^\\([0-9]+ rows?\\)\\n?", "")
                .replaceAll("(?m) +$", "")
                .strip();
    }

    private record Example(String user, boolean fails, String sql, Optional<String> output) {}
}
