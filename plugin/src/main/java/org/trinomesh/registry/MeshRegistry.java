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

import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import org.trinomesh.descriptor.Position;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.registry.MeshDirectory.DirectoryContent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Holds the current mesh. Whoever asks gets a whole one; a refresh builds the next beside it and swaps. When to refresh is
 * the caller's.
 */
public final class MeshRegistry
{
    private static final Logger log = Logger.get(MeshRegistry.class);

    private final Path directory;
    private final MeshDirectory files;
    private final Duration lastGoodTtl;
    private final Clock clock;
    private volatile Generation current;
    private boolean directoryLost;

    /**
     * Reads the directory for the first time.
     *
     * @param lastGoodTtl for how long a product stays whose descriptor broke
     * @throws UncheckedIOException when the directory cannot be read
     */
    public MeshRegistry(Path directory, Duration lastGoodTtl, Clock clock)
    {
        this.directory = requireNonNull(directory, "directory is null");
        this.lastGoodTtl = requireNonNull(lastGoodTtl, "lastGoodTtl is null");
        checkArgument(!lastGoodTtl.isNegative(), "lastGoodTtl is negative");
        this.clock = requireNonNull(clock, "clock is null");
        this.files = new MeshDirectory(directory);
        try {
            long start = System.nanoTime();
            this.current = build(Optional.empty(), files.read(), start);
        }
        catch (IOException e) {
            throw new UncheckedIOException("The mesh directory '%s' cannot be read; create it, or correct its path and its permissions".formatted(directory), e);
        }
    }

    public Mesh current()
    {
        return current.mesh();
    }

    /**
     * Reads what changed. Never fails for what is in the directory: that is in the mesh's problems.
     *
     * @return whether there is a new mesh
     */
    public synchronized boolean refresh()
    {
        long start = System.nanoTime();
        DirectoryContent content;
        try {
            content = files.read();
        }
        catch (IOException e) {
            return lose(e);
        }
        if (!content.changed() && !directoryLost && !current.isOver(clock.instant())) {
            return false;
        }
        directoryLost = false;
        current = build(Optional.of(current), content, start);
        return true;
    }

    private Generation build(Optional<Generation> previous, DirectoryContent content, long start)
    {
        return MeshBuilder.build(content.files(), previous, lastGoodTtl, clock.instant(), Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Without the directory nothing can be known to be revoked or removed, so what is served stays, with a problem.
     */
    private boolean lose(IOException failure)
    {
        log.error(failure, "Cannot read the mesh directory '%s', keeping generation %s", directory, current.mesh().generation());
        if (directoryLost) {
            return false;
        }
        directoryLost = true;
        Generation kept = current;
        List<Problem> problems = ImmutableList.<Problem>builder()
                .addAll(kept.mesh().problems())
                .add(Problem.error(Position.startOf("."), "the mesh directory cannot be read, so what was read before stays: " + failure, "restore the directory or its permissions"))
                .build();
        current = new Generation(kept.mesh().withProblems(clock.instant(), problems), kept.platform(), kept.platformUntil(), kept.retainedUntil(), kept.builtProducts());
        return true;
    }
}
