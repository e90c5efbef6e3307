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

import io.airlift.units.Duration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The folder in which a reader of the manual works: the launcher, and a mesh directory that the running mesh serves. What a page
 * changes in it is undone when it is closed.
 */
final class ManualFolder
        implements AutoCloseable
{
    private static final Duration REFRESH = new Duration(30, SECONDS);

    private final RunningMesh mesh;
    private final Path folder;
    private final Map<Path, String> pristine;

    private ManualFolder(RunningMesh mesh, Path folder)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.pristine = files(mesh.descriptors());
    }

    static ManualFolder of(RunningMesh mesh)
    {
        Path folder = mesh.state().resolve("manual");
        ManualFolder manual = new ManualFolder(mesh, folder);
        write(folder.resolve("mesh"), "#!/usr/bin/env bash\nexec '%s' \"$@\"\n".formatted(ProjectFiles.root().resolve("mesh")));
        assertThat(folder.resolve("mesh").toFile().setExecutable(true)).isTrue();
        manual.pristine.forEach((file, text) -> write(manual.descriptors().resolve(file), text));
        return manual;
    }

    /**
     * Writes a file, or more of it, and waits until the running mesh knows.
     *
     * @param file from the folder, such as {@code etc/mesh/domains/sales/product.yaml}
     */
    void save(String file, String text, boolean append)
    {
        Path path = folder.resolve(file);
        try {
            write(path, append ? Files.readString(path) + text : text);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        publish();
    }

    /**
     * What a command prints that is typed in the folder.
     */
    String run(String command)
    {
        String text = mesh.launcher().script("cd '%s' && { %s\n}".formatted(folder, command)).text();
        publish();
        return text;
    }

    private void publish()
    {
        Map<Path, String> wanted = files(descriptors());
        Map<Path, String> served = files(mesh.descriptors());
        if (wanted.equals(served)) {
            return;
        }
        try {
            long generation = generation();
            for (Path file : served.keySet()) {
                if (!wanted.containsKey(file)) {
                    Files.delete(mesh.descriptors().resolve(file));
                }
            }
            wanted.forEach((file, text) -> {
                if (!text.equals(served.get(file))) {
                    write(mesh.descriptors().resolve(file), text);
                }
            });
            assertEventually(REFRESH, () -> assertThat(generation()).isGreaterThan(generation));
        }
        catch (IOException | SQLException e) {
            throw new IllegalStateException("The running mesh could not be changed", e);
        }
    }

    private long generation()
            throws SQLException
    {
        return Long.parseLong(mesh.rows("gus", "SELECT generation FROM mesh.system.registry").getFirst());
    }

    private Path descriptors()
    {
        return folder.resolve("etc/mesh");
    }

    private static Map<Path, String> files(Path directory)
    {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(directory.relativize(file), Files.readString(file));
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void write(Path file, String text)
    {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close()
    {
        try {
            deleteRecursively(descriptors(), ALLOW_INSECURE);
            pristine.forEach((file, text) -> write(descriptors().resolve(file), text));
            publish();
            deleteRecursively(folder, ALLOW_INSECURE);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
