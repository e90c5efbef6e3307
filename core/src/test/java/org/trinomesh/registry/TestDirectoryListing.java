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

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What changes after a directory was listed shows when it is looked at again, also where the times of folders do not show it.
 */
final class TestDirectoryListing
{
    @TempDir
    private Path directory;

    @BeforeEach
    void write()
            throws IOException
    {
        write("governance/pii.yaml", "a: 1");
        write("domains/sales/orders/data-product.yaml", "a: 1");
        write("domains/hr/pay/data-product.yaml", "a: 1");
        Files.createSymbolicLink(directory.resolve("domains/sales/current"), Path.of("orders"));
    }

    @Test
    void testNothingChanges()
            throws IOException
    {
        DirectoryListing listing = list();
        assertThat(listing.files()).containsOnlyKeys("governance/pii.yaml", "domains/sales/orders/data-product.yaml", "domains/hr/pay/data-product.yaml");
        assertThat(listing.isStill()).isTrue();
        assertThat(list().differences(listing)).isEmpty();
    }

    @Test
    void testFileIsWrittenInPlace()
            throws IOException
    {
        DirectoryListing listing = list();
        Files.writeString(directory.resolve("domains/hr/pay/data-product.yaml"), "a: 22");
        assertThat(listing.isStill()).isFalse();
    }

    @Test
    void testFileAppearsAndVanishes()
            throws IOException
    {
        DirectoryListing listing = list();
        write("governance/new.yaml", "a: 1");
        assertThat(listing.isStill()).isFalse();
        DirectoryListing next = list();
        Files.delete(directory.resolve("governance/new.yaml"));
        assertThat(next.isStill()).isFalse();
    }

    @Test
    void testFolderThatWasJustChangedHasTheSameTime()
            throws IOException
    {
        Path governance = directory.resolve("governance");
        FileTime time = FileTime.from(Instant.now());
        Files.setLastModifiedTime(governance, time);
        DirectoryListing listing = list();
        write("governance/new.yaml", "a: 1");
        Files.setLastModifiedTime(governance, time);
        assertThat(listing.isStill()).isFalse();
    }

    @Test
    void testLinkLeadsElsewhere()
            throws IOException
    {
        Path inner = directory.resolve("domains/sales/orders");
        Files.createSymbolicLink(directory.resolve("domains/sales/latest"), Path.of("current"));
        DirectoryListing listing = list();
        Files.move(inner, directory.resolve("domains/sales/orders2"));
        assertThat(listing.isStill()).isFalse();
    }

    @Test
    void testDirectoryItselfIsReplaced(@TempDir Path other)
            throws IOException
    {
        Path link = other.resolve("mesh");
        Files.createSymbolicLink(link, directory);
        DirectoryListing listing = DirectoryWalk.list(link, ImmutableSet.of());
        assertThat(listing.isStill()).isTrue();
        Files.delete(link);
        Files.createDirectory(link);
        assertThat(listing.isStill()).isFalse();
    }

    private DirectoryListing list()
            throws IOException
    {
        return DirectoryWalk.list(directory, ImmutableSet.of());
    }

    private void write(String file, String content)
            throws IOException
    {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
