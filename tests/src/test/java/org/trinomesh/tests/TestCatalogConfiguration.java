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

import com.google.common.collect.ImmutableMap;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.MeshPlugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static io.trino.SessionTestUtils.TEST_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An operator who makes several mistakes in a catalog file is told all of them at once, in words of the file.
 */
final class TestCatalogConfiguration
{
    @Test
    void testAllMistakesAreToldAtOnce(@TempDir Path directory)
    {
        Throwable failure = catchThrowable(() -> createCatalog(ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", directory.toString())
                .put("storage.lake.iceberg.catalog.type", "rest")
                .put("storage.lake.iceberg.rest-catalog.uri", "http://127.0.0.1:1")
                .put("storage.lake.nonsense", "1")
                .put("storage.other.fs.native-local.enabled", "true")
                .put("mesh.slo-timeout", "ten seconds")
                .put("mesh.refresh-intervall", "1s")
                .put("parquet.max-read-block-sizze", "1MB")
                .buildOrThrow()));
        assertThat(failure.getMessage().lines())
                .hasSize(6)
                .startsWith("Catalog 'mesh' is not configured correctly:")
                .anyMatch(line -> line.startsWith("storage.lake: Configuration property 'nonsense' was not used"))
                .anyMatch(line -> line.equals("storage.other: Configuration property 'iceberg.catalog.type' is missing; write rest, jdbc, glue, hive_metastore, nessie, snowflake or location"))
                .anyMatch(line -> line.contains("'ten seconds'") && line.contains("mesh.slo-timeout"))
                .anyMatch(line -> line.startsWith("Configuration property 'mesh.refresh-intervall' was not used"))
                .anyMatch(line -> line.startsWith("Configuration property 'parquet.max-read-block-sizze' was not used"));
    }

    /**
     * A value that cannot be read hides neither the limits of others, nor the keys, nor the directories.
     */
    @Test
    void testMistakesOfEveryKindAreToldAtOnce(@TempDir Path directory)
    {
        Throwable failure = catchThrowable(() -> createCatalog(ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", directory.resolve("absent").toString())
                .put("storage.files.iceberg.catalog.type", "location")
                .put("storage.files.fs.native-local.enabled", "true")
                .put("storage.files.local.location", directory.toString())
                .put("mesh.refresh-interval", "soon")
                .put("mesh.slo-timeout", "1ms")
                .put("mesh.mask-key", "short")
                .put("mesh.mask-key-version", "0")
                .put("mesh.previous-mask-keys", "1:short")
                .buildOrThrow()));
        assertThat(failure.getMessage().lines())
                .hasSize(7)
                .noneMatch(line -> line.contains("in order to call") || line.contains("for class"))
                .startsWith("Catalog 'mesh' is not configured correctly:")
                .anyMatch(line -> line.startsWith("The mesh directory") && line.contains("absent"))
                .anyMatch(line -> line.contains("'soon'") && line.contains("mesh.refresh-interval"))
                .anyMatch(line -> line.contains("mesh.slo-timeout"))
                .anyMatch(line -> line.contains("mesh.mask-key has fewer than"))
                .anyMatch(line -> line.contains("mesh.mask-key-version"))
                .anyMatch(line -> line.contains("mesh.previous-mask-keys is not a list"));
    }

    @Test
    void testADirectoryThatIsNotThere(@TempDir Path directory)
    {
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> createCatalog(ImmutableMap.of(
                "mesh.descriptors", absent.toString(),
                "storage.files.iceberg.catalog.type", "location",
                "storage.files.fs.native-local.enabled", "true",
                "storage.files.local.location", directory.toString())))
                .hasMessage("Catalog 'mesh' is not configured correctly:\nThe mesh directory '%s' cannot be read; create it, or correct its path and its permissions".formatted(absent));
    }

    @Test
    void testOtherDirectories(@TempDir Path directory)
            throws IOException
    {
        Path absent = directory.resolve("absent");
        Path file = Files.writeString(directory.resolve("file"), "");
        Map<String, String> properties = ImmutableMap.of(
                "mesh.descriptors", directory.toString(),
                "storage.files.iceberg.catalog.type", "location",
                "storage.files.fs.native-local.enabled", "true",
                "storage.files.local.location", directory.toString());
        assertThatThrownBy(() -> createCatalog(with(properties, absent.toString(), file.resolve("state").toString())))
                .hasMessage(
                        """
                        Catalog 'mesh' is not configured correctly:
                        mesh.results: the directory '%s' cannot be read; create it, or correct its path and its permissions
                        mesh.state-directory: the directory '%s' cannot be created or written; correct its path and its permissions
                        '%2$s/known-fields.json' cannot be read: correct its permissions, or mesh.state-directory""".formatted(absent, file.resolve("state")));
        assertThatThrownBy(() -> createCatalog(with(properties, file.toString(), directory.toString()))).hasMessageContaining("mesh.results: the directory '%s' cannot be read".formatted(file));
        // What only the coordinator writes it may make
        createCatalog(with(properties, directory.toString(), absent.resolve("state").toString()));
        assertThat(absent.resolve("state")).isDirectory();
    }

    private static Map<String, String> with(Map<String, String> properties, String results, String state)
    {
        return ImmutableMap.<String, String>builder().putAll(properties).put("mesh.results", results).put("mesh.state-directory", state).buildOrThrow();
    }

    private static void createCatalog(Map<String, String> properties)
    {
        try (QueryRunner runner = new StandaloneQueryRunner(TEST_SESSION)) {
            runner.installPlugin(new MeshPlugin());
            runner.createCatalog("mesh", "mesh", properties);
        }
    }
}
