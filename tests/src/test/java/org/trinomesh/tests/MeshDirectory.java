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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Objects.requireNonNull;

/**
 * A mesh directory that a test writes, gone when closed.
 */
public final class MeshDirectory
        implements AutoCloseable
{
    private final Path directory;

    private MeshDirectory(Path directory)
    {
        this.directory = requireNonNull(directory, "directory is null");
    }

    public static MeshDirectory create()
            throws IOException
    {
        return new MeshDirectory(Files.createTempDirectory("mesh"));
    }

    public Path path()
    {
        return directory;
    }

    public MeshDirectory write(String file, String content)
            throws IOException
    {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        // As editors and git do it, so that nobody reads half a file
        Path whole = Files.writeString(Files.createTempFile(directory, ".", null), content);
        Files.move(whole, path, ATOMIC_MOVE, REPLACE_EXISTING);
        return this;
    }

    public void delete(String file)
            throws IOException
    {
        Files.delete(directory.resolve(file));
    }

    @Override
    public void close()
            throws IOException
    {
        deleteRecursively(directory, ALLOW_INSECURE);
    }
}
