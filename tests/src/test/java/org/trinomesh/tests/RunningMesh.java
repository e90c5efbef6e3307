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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The mesh as its users have it: {@code ./mesh up}, with the packaged plugin, the example mesh and two workers as processes
 * of their own. Started once for all test classes and stopped with the JVM.
 */
public final class RunningMesh
{
    private static RunningMesh instance;

    private final int port;
    private final Path state;
    private final Path descriptors;

    private RunningMesh(int port, Path state, Path descriptors)
    {
        this.port = port;
        this.state = state;
        this.descriptors = descriptors;
    }

    public static synchronized RunningMesh get()
    {
        if (instance == null) {
            instance = start();
        }
        return instance;
    }

    private static RunningMesh start()
    {
        try {
            Path target = ProjectFiles.root().resolve("tests/target");
            Path state = target.resolve("running-mesh");
            if (Files.exists(state)) {
                // Of a run that was killed
                deleteRecursively(state, ALLOW_INSECURE);
            }
            Files.createDirectories(state);
            Path descriptors = state.resolve("descriptors");
            copy(ProjectFiles.root().resolve("etc/mesh"), descriptors);
            RunningMesh mesh = new RunningMesh(freePort(), state, descriptors);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> mesh.launcher("down")));
            Output up = mesh.launcher("up", "--detach", "--workers", "2", "--port", String.valueOf(mesh.port));
            if (up.exitCode() != 0) {
                throw new IllegalStateException("./mesh up failed:\n" + up.text());
            }
            return mesh;
        }
        catch (IOException e) {
            throw new IllegalStateException("./mesh up could not be run", e);
        }
    }

    /**
     * The mesh directory that this mesh serves, a copy of the example's.
     */
    public Path descriptors()
    {
        return descriptors;
    }

    /**
     * The folder of the server's files.
     */
    public Path state()
    {
        return state;
    }

    public Connection connect(String user)
            throws SQLException
    {
        Properties properties = new Properties();
        properties.put("user", user);
        return DriverManager.getConnection("jdbc:trino://127.0.0.1:" + port + "/mesh", properties);
    }

    /**
     * What {@code ./mesh} prints and returns.
     */
    public Output launcher(String... arguments)
    {
        return launcher(ImmutableList.copyOf(arguments));
    }

    public Output launcher(List<String> arguments)
    {
        ProcessBuilder builder = new ProcessBuilder(ImmutableList.<String>builder()
                .add(ProjectFiles.root().resolve("mesh").toString())
                .addAll(arguments)
                .build())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(Map.of(
                "MESH_STATE", state.toString(),
                "MESH_DESCRIPTORS", descriptors.toString(),
                "MESH_PLUGIN_ZIP", pluginZip().toString(),
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

    private static int freePort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to)
            throws IOException
    {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    public record Output(int exitCode, String text) {}
}
