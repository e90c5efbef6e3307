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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshBuilder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestPrintableDocuments
{
    private static final String ESCAPES = "\\e[31m\\u009b31m\\u202e\\u2066\\u200b\\u2028\\0\\x07";
    private static final Pattern WRITTEN = Pattern.compile("(?<=[\\w-]: )[^\\s{}\\[\\]\"'|>&*#,][^,{}\\[\\]\"'\\n#]*|(?<=- )[^\\s{}\\[\\]\"'|>&*#,:]+(?=\\n)");

    /**
     * Whatever key of whatever document has them, and wherever the document comes from.
     */
    @Test
    void testNoTextOfADocumentSteersATerminal()
            throws IOException
    {
        Map<String, String> files = documents();
        int texts = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            Matcher written = WRITTEN.matcher(file.getValue());
            while (written.find()) {
                String changed = file.getValue().substring(0, written.start()) + "\"" + written.group().strip().replace("\\", "\\\\") + ESCAPES + "\"" + file.getValue().substring(written.end());
                assertPrintable(file.getKey() + ": " + written.group(), DescriptorReader.read(file.getKey(), changed.getBytes(UTF_8)).toString());
                texts++;
            }
            // All of them at once, as far as the mesh can be built from it
            String all = WRITTEN.matcher(file.getValue()).replaceAll(match -> Matcher.quoteReplacement("\"" + match.group().strip().replace("\\", "\\\\") + ESCAPES + "\""));
            Mesh mesh = MeshBuilder.build(Stream.concat(Stream.of(file.getKey() + "\u001B[2J"), files.keySet().stream().filter(name -> !name.equals(file.getKey())))
                    .map(name -> DescriptorReader.read(name, files.getOrDefault(name, all).getBytes(UTF_8)))
                    .collect(toImmutableList()));
            Governance governance = Governance.of(mesh);
            assertPrintable(file.getKey(), mesh.toString());
            governance.problems().forEach(problem -> assertPrintable(file.getKey(), problem.toString()));
            governance.violations().forEach(violation -> assertPrintable(file.getKey(), violation.toString()));
        }
        assertThat(texts).isGreaterThan(1_000);
    }

    @Test
    void testTheSchemaInsideAContract()
    {
        String contract =
                """
                apiVersion: datacontract/v1
                kind: DataContract
                metadata: {name: c, version: 1.0.0, owner: o}
                producer: {domain: sales, dataProduct: orders}
                schema:
                  type: avro
                  specification: |
                    {"type": "record", "name": "R", "doc": "\\u001b[31m", "fields": [
                      {"name": "a", "type": "string", "doc": "x\\u001b[31my", "classification": "re\\u200bstricted", "tags": ["p\\u202eii"], "identifier": "\\u0007id"},
                      {"name": "b\\u001b", "type": "string"}
                    ]}
                """;
        assertPrintable("contract", DescriptorReader.read("contract.yaml", contract.getBytes(UTF_8)).toString());
        assertPrintable("contract", DescriptorReader.read("contract.yaml", contract.replace("\"b\\u001b\"", "\"b\"").getBytes(UTF_8)).toString());
    }

    private static void assertPrintable(String about, String text)
    {
        assertThat(text.codePoints()
                .filter(character -> Character.isISOControl(character) && character != '\n' && character != '\t' || Character.getType(character) == Character.FORMAT || character == 0x2028 || character == 0x2029)
                .mapToObj(Integer::toHexString)
                .distinct()
                .toList())
                .as(about)
                .isEmpty();
    }

    private static Map<String, String> documents()
            throws IOException
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.builder();
        Path example = Path.of("../etc/mesh");
        try (Stream<Path> found = Files.walk(example)) {
            for (Path file : found.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                files.put(example.relativize(file).toString(), Files.readString(file));
            }
        }
        return new TreeMap<>(files.buildOrThrow());
    }
}
