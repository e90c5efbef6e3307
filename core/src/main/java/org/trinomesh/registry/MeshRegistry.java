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

import io.airlift.log.Logger;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.registry.MeshDirectory.DirectoryContent;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Holds the current mesh. Callers always get a complete one: a refresh builds the next beside it and then replaces it. The
 * caller decides when to refresh.
 */
public final class MeshRegistry
{
    private static final Logger log = Logger.get(MeshRegistry.class);

    private final Path directory;
    private final MeshDirectory files;
    private final Duration lastGoodTtl;
    private final Clock clock;
    private final DescriptorChecks checks;
    private final KeptPromises kept;
    private volatile Generation current;
    private List<DescriptorFile> lastRead;
    // Whether files differ from those that the current mesh was built of
    private boolean pending;
    private Optional<LostDirectory> lost = Optional.empty();
    private volatile Instant lastRefresh;
    private volatile int failedRefreshes;

    /**
     * Reads the directory for the first time.
     *
     * @param lastGoodTtl for how long a product stays whose descriptor broke
     * @param checks what layers above know to be wrong with a document
     * @throws UncheckedIOException when the directory cannot be read
     */
    public MeshRegistry(Path directory, Duration lastGoodTtl, Clock clock, DescriptorChecks checks)
    {
        this(directory, lastGoodTtl, clock, checks, KeptPromises.UNKNOWN);
    }

    /**
     * @param kept what is known of the tables behind products
     */
    public MeshRegistry(Path directory, Duration lastGoodTtl, Clock clock, DescriptorChecks checks, KeptPromises kept)
    {
        this.kept = requireNonNull(kept, "kept is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.lastGoodTtl = requireNonNull(lastGoodTtl, "lastGoodTtl is null");
        checkArgument(!lastGoodTtl.isNegative(), "lastGoodTtl is negative");
        this.clock = requireNonNull(clock, "clock is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.files = new MeshDirectory(directory);
        try {
            long start = System.nanoTime();
            this.lastRead = files.read().files();
            this.current = build(Optional.empty(), start);
            this.lastRefresh = current.mesh().loadedAt();
        }
        catch (IOException e) {
            throw new UncheckedIOException("The mesh directory '%s' cannot be read; create it, or correct its path and its permissions".formatted(directory), e);
        }
        catch (RuntimeException | StackOverflowError e) {
            throw new IllegalStateException("No mesh can be built from the mesh directory '%s' because of a fault in the mesh: %s".formatted(directory, e), e);
        }
    }

    public Mesh current()
    {
        return current.mesh();
    }

    /**
     * How many refreshes failed as a whole since the last that did not.
     */
    public int failedRefreshes()
    {
        return failedRefreshes;
    }

    /**
     * When everything was last read without failing as a whole, whether anything had changed or not.
     */
    public Instant lastRefresh()
    {
        return lastRefresh;
    }

    /**
     * Whether the directory was last read longer ago than that, as when a refresh hangs. Never waits for a refresh.
     */
    public boolean isOlderThan(Duration limit)
    {
        return clock.instant().isAfter(lastRefresh.plus(limit));
    }

    /**
     * The empty mesh that is served instead of a mesh that is too old.
     */
    public Mesh closed()
    {
        return LostDirectory.unseen(current.mesh(), lastRefresh, clock.instant());
    }

    public boolean refresh()
    {
        return refresh(_ -> {});
    }

    /**
     * Reads what changed. What is wrong with a file is in the mesh's problems. When it fails as a whole, the current mesh stays
     * for the time that a broken product stays, with a problem; then nothing is served.
     *
     * @param publisher makes of a new mesh what depends on it; when that fails, the mesh is not current
     * @return whether there is a new mesh
     */
    public synchronized boolean refresh(Consumer<Mesh> publisher)
    {
        long start = System.nanoTime();
        try {
            DirectoryContent content = files.read();
            lastRead = content.files();
            pending |= content.changed();
            Instant now = clock.instant();
            boolean due = pending || lost.isPresent() || current.isOver(now);
            if (due) {
                publish(build(Optional.of(current), start), publisher);
                // Not earlier: the directory reports a change once, and a failed build must be tried again
                pending = false;
                lost = Optional.empty();
            }
            lastRefresh = now;
            failedRefreshes = 0;
            return due;
        }
        // A file that breaks the build must not keep revoked rights in force
        catch (IOException | RuntimeException | Error e) {
            failedRefreshes = failedRefreshes + 1;
            return lose(e, start, publisher);
        }
    }

    private void publish(Generation next, Consumer<Mesh> publisher)
    {
        publisher.accept(next.mesh());
        current = next;
    }

    private Generation build(Optional<Generation> previous, long start)
    {
        return MeshBuilder.build(lastRead, previous, checks, kept, lastGoodTtl, clock.instant(), Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Without the directory it is unknown what was revoked or removed. What is served stays as long as a product whose
     * descriptor broke, with a problem; then nothing does.
     */
    private boolean lose(Throwable failure, long start, Consumer<Mesh> publisher)
    {
        log.error(failure, "Cannot refresh the mesh of directory '%s'; it is at generation %s", directory, current.mesh().generation());
        Instant now = clock.instant();
        LostDirectory found = lost.orElseGet(() -> new LostDirectory(now, now.plus(lastGoodTtl), false)).at(now);
        boolean ended = current.isOver(now);
        if (lost.equals(Optional.of(found)) && (found.over() || !ended)) {
            return false;
        }
        if (!found.over()) {
            try {
                // Read files can be built again only when reading them is what failed
                Generation kept = ended ? build(Optional.of(current), start) : current;
                publish(found.keep(current, kept, now, failure), publisher);
                lost = Optional.of(found);
                return true;
            }
            catch (RuntimeException | Error e) {
                log.error(e, "What was read before can no longer be served");
            }
        }
        LostDirectory over = new LostDirectory(found.since(), now, true);
        publish(over.empty(current, now, failure), publisher);
        lost = Optional.of(over);
        return true;
    }
}
