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
package org.trinomesh.tests.bench;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.registry.MeshRegistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Loads a mesh directory, or only parses its files, in a process of its own: a server starts with classes that nothing has warmed.
 */
public final class ColdStart
{
    private ColdStart() {}

    /**
     * @param heapKilobytes what is kept for each product; 0 for the parser, which keeps nothing
     */
    record Start(double millis, double heapKilobytes) {}

    static Start mesh(Path directory)
    {
        return run("mesh", directory);
    }

    /**
     * The YAML parser alone, on all processors.
     */
    static Start parser(Path directory)
    {
        return run("parser", directory);
    }

    private static Start run(String what, Path directory)
    {
        try {
            Process process = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ColdStart.class.getName(),
                    what,
                    directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            checkState(process.waitFor() == 0, "The process that starts the %s failed", what);
            String[] figures = output.strip().split(" ");
            return new Start(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments)
            throws IOException, InterruptedException
    {
        Path directory = Path.of(arguments[1]);
        long before = heap();
        long start = System.nanoTime();
        if (arguments[0].equals("parser")) {
            parse(directory);
            System.out.printf(Locale.ROOT, "%f 0%n", (System.nanoTime() - start) / 1e6);
            return;
        }
        MeshRegistry registry = new MeshRegistry(directory, Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks());
        Governance governance = Governance.of(registry.current());
        double millis = (System.nanoTime() - start) / 1e6;
        long products = registry.current().domains().stream().mapToLong(domain -> domain.products().size()).sum();
        System.out.printf(Locale.ROOT, "%f %f%n", millis, (heap() - before) / 1024.0 / products);
        Reference.reachabilityFence(registry);
        Reference.reachabilityFence(governance);
    }

    private static void parse(Path directory)
            throws IOException
    {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
        long events = files.parallelStream().mapToLong(ColdStart::events).sum();
        checkState(events > files.size(), "Nothing was parsed");
    }

    private static long events(Path file)
    {
        try {
            String text = Files.readString(file);
            long events = 0;
            for (Event _ : new Parse(LoadSettings.builder().setBufferSize(text.length() + 1).build()).parseString(text)) {
                events++;
            }
            return events;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long heap()
            throws InterruptedException
    {
        for (int round = 0; round < 4; round++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
