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
package org.trinomesh.registry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.descriptor.Descriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.problem.Problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;

final class TestMeshDirectory
{
    @TempDir
    private Path directory;

    @Test
    void testReadsDescriptorsOfAllFolders()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("domains/sales/orders.yml", PRODUCT);
        write("domains/sales/returns.json", "{}");
        write("README.md", "not read");
        write(".hidden.yaml", "not read");
        write(".git/config.yaml", "not read");
        assertThat(new MeshDirectory(directory).read().files()).extracting(DescriptorFile::path)
                .containsExactlyInAnyOrder("mesh.yaml", "domains/sales/orders.yml", "domains/sales/returns.json");
    }

    @Test
    void testUnchangedFilesAreNotParsedAgain()
            throws IOException
    {
        write("mesh.yaml", MESH);
        Path orders = write("orders.yaml", PRODUCT);
        MeshDirectory files = new MeshDirectory(directory);
        assertThat(files.read().changed()).isTrue();
        Descriptor mesh = descriptor(files, "mesh.yaml");
        Descriptor before = descriptor(files, "orders.yaml");
        assertThat(files.read().changed()).isFalse();

        // The same content again is no change, whatever its time says
        Files.setLastModifiedTime(orders, FileTime.fromMillis(1_000_000));
        assertThat(files.read().changed()).isFalse();
        assertThat(descriptor(files, "orders.yaml")).isSameAs(before);

        write("orders.yaml", PRODUCT.replace("Orders", "Ordres"));
        assertThat(files.read().changed()).isTrue();
        assertThat(descriptor(files, "mesh.yaml")).isSameAs(mesh);
        assertThat(descriptor(files, "orders.yaml")).isNotSameAs(before);

        Files.delete(orders);
        assertThat(files.read().changed()).isTrue();
        assertThat(files.read().changed()).isFalse();
    }

    @Test
    void testLinksMayNotLeaveTheDirectory(@TempDir Path outside)
            throws IOException
    {
        Files.writeString(outside.resolve("secret.yaml"), PRODUCT);
        write(".versions/1/orders.yaml", PRODUCT);
        Files.createSymbolicLink(directory.resolve("inside"), Path.of(".versions/1"));
        Files.createSymbolicLink(directory.resolve("orders.yaml"), Path.of("inside/orders.yaml"));
        Files.createSymbolicLink(directory.resolve("file.yaml"), outside.resolve("secret.yaml"));
        Files.createSymbolicLink(directory.resolve("folder"), outside);
        Files.createSymbolicLink(directory.resolve("circle"), directory);
        Files.createSymbolicLink(directory.resolve("nowhere.yaml"), directory.resolve("gone.yaml"));
        List<DescriptorFile> files = new MeshDirectory(directory).read().files();
        assertThat(files.stream().filter(file -> !file.descriptors().isEmpty())).extracting(DescriptorFile::path).containsExactly("orders.yaml");
        assertThat(files.stream().flatMap(file -> file.problems().stream()).map(Problem::toString)).containsExactlyInAnyOrder(
                "file.yaml:1:1: error: the symbolic link leads nowhere, or out of the mesh directory; remove the link, or copy its target into the folder",
                "folder:1:1: error: the symbolic link leads nowhere, or out of the mesh directory; remove the link, or copy its target into the folder",
                "nowhere.yaml:1:1: error: the symbolic link leads nowhere, or out of the mesh directory; remove the link, or copy its target into the folder",
                "circle:1:1: warning: this symbolic link leads to the mesh directory, which is already read under that name; remove the link, or move its target here",
                "inside/orders.yaml:1:1: warning: this symbolic link leads to 'orders.yaml', which is already read under that name; remove the link, or move its target here");
    }

    @Test
    void testEndingsAreReadInAnyCase()
            throws IOException
    {
        write("mesh.YAML", MESH);
        write("orders.Yml", PRODUCT);
        write("returns.JSON", "{\n\t\"kind\": \"x\"\n}");
        assertThat(new MeshDirectory(directory).read().files()).extracting(DescriptorFile::path).containsExactlyInAnyOrder("mesh.YAML", "orders.Yml", "returns.JSON");
    }

    @Test
    void testFileWithTheSizeAndTheTimeOfTheOneBeforeIsReadAgain()
            throws IOException
    {
        Path orders = write("orders.yaml", PRODUCT);
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(orders, old);
        MeshDirectory files = new MeshDirectory(directory);
        files.read();
        Files.writeString(orders, PRODUCT.replace("Orders", "Ordres"));
        Files.setLastModifiedTime(orders, old);
        assertThat(files.read().changed()).isTrue();
    }

    @Test
    void testWhatChangesWhileItIsReadIsReadAgain()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("domains/sales/orders.yaml", PRODUCT);
        AtomicInteger reads = new AtomicInteger();
        MeshDirectory files = new MeshDirectory(directory, (name, content) -> {
            if (reads.incrementAndGet() == 3) {
                // As a deployment that replaces the directory does, in the middle of a refresh
                change(() -> {
                    Files.delete(directory.resolve("domains/sales/orders.yaml"));
                    write("domains/sales/returns.yaml", PRODUCT.replace("name: orders", "name: returns"));
                });
            }
            return DescriptorReader.read(name, content);
        });
        files.read();
        write("mesh.yaml", MESH + "# changed\n");
        assertThat(files.read().files()).extracting(DescriptorFile::path).containsExactlyInAnyOrder("mesh.yaml", "domains/sales/returns.yaml");
    }

    @Test
    void testWhatChangesAllTheTimeIsNotRead()
            throws IOException
    {
        write("governance/pii.yaml", "# 0\n");
        AtomicInteger reads = new AtomicInteger();
        MeshDirectory files = new MeshDirectory(directory, (name, content) -> {
            change(() -> write("governance/pii.yaml", "# " + "x".repeat(reads.incrementAndGet())));
            return DescriptorReader.read(name, content);
        });
        assertThatThrownBy(files::read).isInstanceOf(IOException.class).hasMessage("the files change while they are read, such as 'governance/pii.yaml'");
    }

    @Test
    void testDomainThatChangesAllTheTimeHoldsUpNobodyElse()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("domains/sales/orders.yaml", PRODUCT);
        AtomicInteger reads = new AtomicInteger();
        MeshDirectory files = new MeshDirectory(directory, (name, content) -> {
            if (name.startsWith("domains/")) {
                change(() -> write("domains/sales/orders.yaml", PRODUCT + "# " + "x".repeat(reads.incrementAndGet())));
            }
            return DescriptorReader.read(name, content);
        });
        assertThat(files.read().files()).extracting(DescriptorFile::path).containsExactlyInAnyOrder("mesh.yaml", "domains/sales/orders.yaml");
    }

    @Test
    void testDirectoryThatIsEmptiedIsLost()
            throws IOException
    {
        Path orders = write("orders.yaml", PRODUCT);
        MeshDirectory files = new MeshDirectory(directory);
        files.read();
        Files.delete(orders);
        assertThatThrownBy(files::read).isInstanceOf(IOException.class).hasMessage("the mesh directory is empty, and was not before");
    }

    private interface Change
    {
        void run()
                throws IOException;
    }

    private static void change(Change change)
    {
        try {
            change.run();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Descriptor descriptor(MeshDirectory files, String path)
            throws IOException
    {
        return files.read().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .descriptors()
                .getFirst();
    }

    private Path write(String name, String text)
            throws IOException
    {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
