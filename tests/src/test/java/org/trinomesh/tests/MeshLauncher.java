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

import com.google.common.collect.ImmutableList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The command {@code ./mesh} with the packaged plugin.
 *
 * @param state the folder of the server's files
 * @param descriptors the mesh directory
 */
public record MeshLauncher(Path state, Path descriptors)
{
    public MeshLauncher
    {
        requireNonNull(state, "state is null");
        requireNonNull(descriptors, "descriptors is null");
    }

    /**
     * What the command prints and returns.
     */
    public Output run(String... arguments)
    {
        return start(ImmutableList.<String>builder().add(launcher()).add(arguments).build());
    }

    /**
     * What a script of bash prints and returns, in which {@code $0} is the launcher.
     */
    public Output script(String script)
    {
        return start(ImmutableList.of("bash", "-c", script, launcher()));
    }

    private static String launcher()
    {
        return ProjectFiles.root().resolve("mesh").toString();
    }

    private Output start(List<String> command)
    {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(Map.of(
                "MESH_STATE", state.toString(),
                "MESH_DESCRIPTORS", descriptors.toString(),
                "MESH_PLUGIN_ZIP", pluginZip().toString(),
                "MESH_CLI_JAR", ProjectFiles.root().resolve("cli/target/mesh-cli.jar").toString(),
                "MESH_HEAP", "1500m",
                "MESH_WORKER_HEAP", "1g",
                "JAVA_HOME", System.getProperty("java.home")));
        // Into a file, not a pipe: servers that go on in the background would keep a pipe open
        try {
            Path output = Files.createTempFile(state, "launcher", ".out");
            int exitCode = builder.redirectOutput(output.toFile()).start().waitFor();
            return new Output(exitCode, Files.readString(output, UTF_8));
        }
        catch (IOException e) {
            throw new IllegalStateException("./mesh could not be run", e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ./mesh ran", e);
        }
    }

    private static Path pluginZip()
    {
        try (Stream<Path> files = Files.list(ProjectFiles.root().resolve("plugin/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("trino-mesh-.*\\.zip"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The plugin is not packaged; run the tests by ./mesh test"));
        }
        catch (IOException e) {
            throw new IllegalStateException("The plugin is not packaged; run the tests by ./mesh test", e);
        }
    }

    public record Output(int exitCode, String text) {}
}
