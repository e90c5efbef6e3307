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
package org.trinomesh.search;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.airlift.log.Logger;
import org.apache.lucene.util.ThreadInterruptedException;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import static com.google.common.base.Verify.verify;
import static java.util.Objects.requireNonNull;

/**
 * Finds data products by words. The index follows the mesh beside queries: until it knows a new generation, searches of that
 * generation use what the index has of it, without the products that changed.
 */
public final class MeshSearch
        implements AutoCloseable
{
    private static final Logger log = Logger.get(MeshSearch.class);

    // So few entries are indexed in a few milliseconds, so a search does it itself and is complete
    private static final int FEW_ENTRIES = 1_000;

    // Queries that began before a reload still ask the generation before
    private final Cache<Mesh, MeshIndex> indexes = CacheBuilder.newBuilder()
            .weakKeys()
            .maximumSize(3)
            .<Mesh, MeshIndex>removalListener(removed -> removed.getValue().release())
            .build();
    // Held while the index is changed
    private final ReentrantLock indexLock = new ReentrantLock();
    private final AtomicBoolean preparing = new AtomicBoolean();
    private Optional<IncrementalIndex> index = Optional.empty();
    private boolean closed;
    private volatile Optional<MeshIndex> latest = Optional.empty();
    private final Executor background;

    public MeshSearch()
    {
        this(task -> Thread.ofPlatform().daemon().name("mesh-search").start(task));
    }

    /**
     * @param background runs what no search waits for
     */
    MeshSearch(Executor background)
    {
        this.background = requireNonNull(background, "background is null");
    }

    /**
     * The products that match the request, the best first, as far as the audience may know them.
     */
    public List<Found> search(Mesh mesh, SearchAudience audience, SearchRequest request)
    {
        MeshIndex index = acquire(mesh);
        try {
            return new Ranking(index, audience, request).found();
        }
        finally {
            index.release();
        }
    }

    /**
     * Indexes what is new in a generation of the mesh. To be called after each reload, so that no query has to wait for it.
     */
    public void prepare(Mesh mesh)
    {
        indexLock.lock();
        try {
            // Also nothing to do after the end, where it would be kept for nobody
            if (!closed && !isComplete(mesh)) {
                update(mesh);
            }
        }
        finally {
            indexLock.unlock();
        }
    }

    /**
     * How many times a product was indexed since the index was made.
     */
    int indexedProducts()
    {
        indexLock.lock();
        try {
            return index.map(IncrementalIndex::products).orElse(0);
        }
        finally {
            indexLock.unlock();
        }
    }

    private MeshIndex acquire(Mesh mesh)
    {
        while (true) {
            MeshIndex index = index(mesh);
            // Fails when it was closed in between
            if (index.acquire()) {
                return index;
            }
        }
    }

    private MeshIndex index(Mesh mesh)
    {
        while (true) {
            Optional<MeshIndex> found = Optional.ofNullable(indexes.getIfPresent(mesh))
                    .or(() -> indexNow(mesh))
                    // Nothing when a newer one came meanwhile
                    .or(() -> latest.flatMap(before -> before.forGeneration(mesh)).map(partial -> keep(mesh, partial)));
            if (found.isPresent()) {
                if (!found.get().isComplete()) {
                    prepareInBackground(mesh);
                }
                return found.get();
            }
        }
    }

    /**
     * @return nothing when it would take long
     */
    private Optional<MeshIndex> indexNow(Mesh mesh)
    {
        // Without any index there is nothing to answer from
        if (latest.isEmpty()) {
            indexLock.lock();
        }
        else if (!indexLock.tryLock()) {
            return Optional.empty();
        }
        try {
            Optional<MeshIndex> made = Optional.ofNullable(indexes.getIfPresent(mesh));
            if (made.isPresent()) {
                return made;
            }
            return latest.isEmpty() || index.filter(known -> !known.isMostlyStale() && known.missing(mesh) <= FEW_ENTRIES).isPresent() ? Optional.of(update(mesh)) : Optional.empty();
        }
        finally {
            indexLock.unlock();
        }
    }

    private boolean isComplete(Mesh mesh)
    {
        MeshIndex known = indexes.getIfPresent(mesh);
        return known != null && known.isComplete();
    }

    private MeshIndex keep(Mesh mesh, MeshIndex index)
    {
        MeshIndex other = indexes.asMap().putIfAbsent(mesh, index);
        if (other == null) {
            return index;
        }
        index.release();
        return other;
    }

    private void prepareInBackground(Mesh mesh)
    {
        if (preparing.compareAndSet(false, true)) {
            background.execute(() -> {
                try {
                    prepare(mesh);
                }
                catch (RuntimeException | Error e) {
                    log.error(e, "Generation %s of the mesh could not be indexed", mesh.generation());
                }
                finally {
                    preparing.set(false);
                }
            });
        }
    }

    private MeshIndex update(Mesh mesh)
    {
        try {
            if (index.filter(IncrementalIndex::isMostlyStale).isPresent()) {
                discard();
            }
            IncrementalIndex changed = index.orElseGet(IncrementalIndex::new);
            index = Optional.of(changed);
            MeshIndex updated = changed.update(mesh);
            verify(updated.acquire(), "closed before it was used");
            setLatest(Optional.of(updated));
            indexes.put(mesh, updated);
            return updated;
        }
        catch (ThreadInterruptedException e) {
            // A query was cancelled, which is no reason to index everything again
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the mesh was indexed", e);
        }
        catch (RuntimeException | Error e) {
            // Half of the changes may be in it
            discard();
            throw new IllegalStateException("The mesh could not be indexed", e);
        }
    }

    private void setLatest(Optional<MeshIndex> next)
    {
        Optional<MeshIndex> before = latest;
        latest = next;
        before.ifPresent(MeshIndex::release);
    }

    private void discard()
    {
        index.ifPresent(IncrementalIndex::close);
        index = Optional.empty();
    }

    @Override
    public void close()
    {
        indexLock.lock();
        try {
            closed = true;
            setLatest(Optional.empty());
            indexes.invalidateAll();
            discard();
        }
        finally {
            indexLock.unlock();
        }
    }
}
