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
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.tests.MeshLauncher.Output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./mesh} does before and after there is a server: two projects share one folder of servers, two people one state
 * folder, and what ended says why.
 */
final class TestLauncher
{
    @TempDir
    private Path directory;

    @Test
    void testWhatWasPublishedIsNeverChanged()
            throws IOException
    {
        String publish =
                """
                make() { step "Making $2"; printf '%s' "$2" >"$1/file"; }
                publish "$server/thing-1-1" make first
                publish "$server/thing-1-1" make second
                publish "$server/thing-2-1" make third
                """;
        Output output = bash(publish);
        assertThat(output.text()).contains("Making first").doesNotContain("Making second").contains("Making third");
        assertThat(output.exitCode()).isZero();
        assertThat(directory.resolve("server/thing-1-1/file")).hasContent("first");
        assertThat(names(directory.resolve("server"))).containsExactlyInAnyOrder("thing-1-1", "thing-2-1");
    }

    @Test
    void testWhatCannotBeMadeIsNotThere()
            throws IOException
    {
        Output output = bash(
                """
                make() { printf 'half' >"$1/file"; die "Cannot make it"; }
                publish "$server/thing-1-1" make
                """);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.text()).contains("mesh: Cannot make it");
        assertThat(directory.resolve("server/thing-1-1")).doesNotExist();
        assertThat(bash("make() { :; }; publish \"$server/thing-1-1\" make").exitCode()).isZero();
        assertThat(names(directory.resolve("server"))).containsExactly("thing-1-1");
    }

    @Test
    void testOnlyWhatNobodyUsesIsRemoved()
            throws IOException
    {
        Output output = bash(
                """
                mkdir -p "$server"/mesh-{1,2,3,4}-9
                touch -d '3 days ago' "$server"/mesh-{1,2,3}-9
                bash -c 'sleep 20; :' "used-by=$server/mesh-2-9/" >/dev/null 2>&1 &
                user=$!
                remove_unused "$server/mesh-3-9"
                kill "$user"
                """);
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(names(directory.resolve("server"))).containsExactlyInAnyOrder("mesh-2-9", "mesh-3-9", "mesh-4-9");
    }

    @Test
    void testTwoProjectsOfTheSameContentHaveOneServer()
            throws IOException
    {
        for (String project : new String[] {"one", "two"}) {
            Files.createDirectories(directory.resolve(project + "/tests/server/target"));
            Files.writeString(directory.resolve(project + "/tests/server/pom.xml"), "<project/>");
            Files.writeString(directory.resolve(project + "/tests/server/target/" + project), project);
        }
        Output output = bash(
                """
                home=%1$s/one; checksum tests/server
                home=%1$s/two; checksum tests/server
                echo changed >"$home/tests/server/pom.xml"; checksum tests/server
                """.formatted(directory));
        assertThat(output.text().lines().distinct()).hasSize(2);
        assertThat(output.text().lines()).hasSize(3);
    }

    @Test
    void testSecondUpInOneStateFolderIsRefused()
            throws IOException
    {
        Output output = bash(
                """
                exec 7>"$state/up.lock"; flock 7
                lock_state
                echo "got it"
                """);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.text()).contains("Another ./mesh up starts or runs a mesh in " + directory).doesNotContain("got it");
    }

    @Test
    void testReasonOfDeath()
    {
        assertThat(reason(
                """
                2026-11-28T10:00:00.000Z\tERROR\tmain\tio.trino.server.Server\tConfiguration errors:

                1) Error: Configuration property 'mesh.refresh' was not used

                2) Error: Invalid configuration property mesh.slo-timeout: may not be null (for class MeshConfig.sloTimeout)

                2 errors
                """))
                .isEqualTo(
                        """
                        these settings are wrong:
                          Configuration property 'mesh.refresh' was not used
                          Invalid configuration property mesh.slo-timeout: may not be null (for class MeshConfig.sloTimeout)
                        """);
        assertThat(reason(
                """
                2026-11-28T10:00:00.000Z\tWARN\tmain\tio.trino.memory.RemoteNodeMemory\tError fetching memory info
                2026-11-28T10:00:00.000Z\tERROR\tmain\tio.trino.server.Server\tCatalog 'mesh' is not configured correctly:
                storage.lake: Configuration property 'nonsense' was not used
                Configuration property 'mesh.refresh' was not used
                io.trino.spi.TrinoException: Catalog 'mesh' is not configured correctly:
                storage.lake: Configuration property 'nonsense' was not used
                \tat org.trinomesh.MeshConnectorFactory.create(MeshConnectorFactory.java:123)
                """))
                .isEqualTo(
                        """
                        these settings are wrong:
                          storage.lake: Configuration property 'nonsense' was not used
                          Configuration property 'mesh.refresh' was not used
                        """);
        assertThat(reason("2026-11-28T10:00:00.000Z\tERROR\tmain\tio.trino.server.Server\tCannot bind\n")).isEqualTo("Cannot bind");
        assertThat(reason(
                """
                2026-11-28T10:00:00.000Z\tINFO\tmain\tio.trino.server.Server\tServer startup completed in 10s
                2026-11-28T10:00:01.000Z\tINFO\tquery-1\torg.apache.iceberg.SnapshotScan\tScanning table sales.events
                """)).contains("it was killed").doesNotContain("Scanning");
        assertThat(reason("2026-11-28T10:00:00.000Z\tINFO\tmain\tx\tRead\0\0 it\njava.lang.OutOfMemoryError: Java heap space\n")).isEqualTo("java.lang.OutOfMemoryError: Java heap space");
    }

    @Test
    void testLogsOfEarlierStartsStay()
            throws IOException
    {
        for (int start = 1; start <= 7; start++) {
            Files.createDirectories(directory.resolve("coordinator"));
            Files.writeString(directory.resolve("coordinator/server.log"), "start " + start);
            assertThat(bash("keep_log coordinator").exitCode()).isZero();
        }
        assertThat(names(directory.resolve("log"))).containsExactlyInAnyOrder("coordinator.log.1", "coordinator.log.2", "coordinator.log.3", "coordinator.log.4", "coordinator.log.5");
        assertThat(directory.resolve("log/coordinator.log.1")).hasContent("start 7");
        assertThat(directory.resolve("log/coordinator.log.5")).hasContent("start 3");
    }

    @Test
    void testFormatsAreChecked()
            throws IOException
    {
        Process process = new ProcessBuilder(ProjectFiles.root().resolve("mesh").toString(), "sql", "--output-format", "XX", "SELECT 1").redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(text).startsWith("mesh: There is no format 'XX': use one of ALIGNED").hasLineCount(1);
    }

    private String reason(String log)
    {
        try {
            Files.createDirectories(directory.resolve("node"));
            Files.writeString(directory.resolve("node/server.log"), log);
            Output output = bash("reason_of_death \"$state/node\"");
            assertThat(output.exitCode()).isZero();
            return output.text();
        }
        catch (IOException e) {
            throw new IllegalStateException("The log cannot be written", e);
        }
    }

    /**
     * Runs lines of shell with the launcher's functions.
     */
    private Output bash(String script)
            throws IOException
    {
        String set =
                """
                set -euo pipefail
                home=%s
                for piece in output java build server data; do source "$home/etc/launcher/$piece.sh"; done
                state=%s
                server=$state/server
                build_log=$state/build.log
                """.formatted(ProjectFiles.root(), directory);
        Process process = new ProcessBuilder("bash", "-c", set + script).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            return new Output(process.waitFor(), text);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while bash ran", e);
        }
    }

    private static Iterable<String> names(Path folder)
            throws IOException
    {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(toImmutableList());
        }
    }
}
