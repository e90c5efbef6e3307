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
import org.intellij.lang.annotations.Language;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The mesh as its users have it: {@code ./mesh up}, with the packaged plugin, the example mesh and two workers as processes
 * of their own. Started once for all test classes and stopped with the JVM.
 */
public final class RunningMesh
{
    private static RunningMesh instance;

    private final int port;
    private final MeshLauncher launcher;

    private RunningMesh(int port, MeshLauncher launcher)
    {
        this.port = port;
        this.launcher = requireNonNull(launcher, "launcher is null");
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
            RunningMesh mesh = new RunningMesh(freePort(), new MeshLauncher(state, descriptors));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> mesh.launcher.run("down")));
            mesh.up();
            return mesh;
        }
        catch (IOException e) {
            throw new IllegalStateException("./mesh up could not be run", e);
        }
    }

    private void up()
    {
        MeshLauncher.Output up = launcher.run("up", "--detach", "--workers", "2", "--port", String.valueOf(port));
        if (up.exitCode() != 0) {
            throw new IllegalStateException("./mesh up failed:\n" + up.text());
        }
    }

    /**
     * The mesh directory that this mesh serves, a copy of the example's.
     */
    public Path descriptors()
    {
        return launcher.descriptors();
    }

    /**
     * The folder of the server's files.
     */
    public Path state()
    {
        return launcher.state();
    }

    public MeshLauncher launcher()
    {
        return launcher;
    }

    public Connection connect(String user)
            throws SQLException
    {
        Properties properties = new Properties();
        properties.put("user", user);
        return DriverManager.getConnection("jdbc:trino://127.0.0.1:" + port + "/mesh", properties);
    }

    /**
     * What somebody gets by JDBC: a line for each row, in the order in which the rows come.
     */
    public List<String> rows(String user, @Language("SQL") String sql)
            throws SQLException
    {
        try (Connection connection = connect(user);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ImmutableList.Builder<String> rows = ImmutableList.builder();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getObject(column)));
                }
                rows.add(String.join(" | ", row));
            }
            return rows.build();
        }
    }

    /**
     * What somebody is told by JDBC whose statement must fail, without the query's id, which differs from run to run.
     */
    public String failure(String user, @Language("SQL") String sql)
    {
        Throwable failure = catchThrowable(() -> rows(user, sql));
        assertThat(failure).as("failure of %s: %s", user, sql).isNotNull();
        return failure.getMessage().replaceAll("\\(#[0-9a-z_]+\\)", "");
    }

    /**
     * Stops the coordinator as a failing machine does, and starts the mesh again.
     */
    public void killCoordinator()
            throws IOException
    {
        long pid = Long.parseLong(Files.readString(launcher.state().resolve("coordinator/pid")).strip());
        ProcessHandle coordinator = ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("The coordinator does not run"));
        coordinator.destroyForcibly();
        coordinator.onExit().join();
        launcher.run("down");
        up();
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
}
