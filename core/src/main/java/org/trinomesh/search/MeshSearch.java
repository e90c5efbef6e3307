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

    // So few products are indexed in a few milliseconds, so a search does it itself and is complete
    private static final int FEW_PRODUCTS = 100;

    // Queries that began before a reload still ask the generation before
    private final Cache<Mesh, MeshIndex> indexes = CacheBuilder.newBuilder()
            .weakKeys()
            .maximumSize(3)
            .<Mesh, MeshIndex>removalListener(removed -> removed.getValue().release())
            .build();
    // Held while the index grows
    private final ReentrantLock growth = new ReentrantLock();
    private final AtomicBoolean preparing = new AtomicBoolean();
    private Optional<GrowingIndex> growing = Optional.empty();
    private volatile Optional<MeshIndex> latest = Optional.empty();
    private final Executor beside;

    public MeshSearch()
    {
        this(task -> Thread.ofPlatform().daemon().name("mesh-search").start(task));
    }

    /**
     * @param beside runs what no search waits for
     */
    MeshSearch(Executor beside)
    {
        this.beside = requireNonNull(beside, "beside is null");
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
        growth.lock();
        try {
            grow(mesh);
        }
        finally {
            growth.unlock();
        }
    }

    /**
     * How many times a product was indexed since the index was made.
     */
    int indexedProducts()
    {
        growth.lock();
        try {
            return growing.map(GrowingIndex::products).orElse(0);
        }
        finally {
            growth.unlock();
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
            MeshIndex known = indexes.getIfPresent(mesh);
            if (known != null) {
                return known;
            }
            Optional<MeshIndex> grown = growNow(mesh);
            if (grown.isPresent()) {
                return grown.get();
            }
            prepareBeside(mesh);
            // Nothing when a newer one came meanwhile
            Optional<MeshIndex> before = latest.flatMap(index -> index.as(mesh));
            if (before.isPresent()) {
                return keep(mesh, before.get());
            }
        }
    }

    /**
     * @return nothing when it would take long
     */
    private Optional<MeshIndex> growNow(Mesh mesh)
    {
        // Without any index there is nothing to answer from
        if (latest.isEmpty()) {
            growth.lock();
        }
        else if (!growth.tryLock()) {
            return Optional.empty();
        }
        try {
            Optional<MeshIndex> made = Optional.ofNullable(indexes.getIfPresent(mesh));
            if (made.isPresent()) {
                return made;
            }
            return latest.isEmpty() || (growing.isPresent() && growing.get().missing(mesh) <= FEW_PRODUCTS) ? Optional.of(grow(mesh)) : Optional.empty();
        }
        finally {
            growth.unlock();
        }
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

    private void prepareBeside(Mesh mesh)
    {
        if (preparing.compareAndSet(false, true)) {
            beside.execute(() -> {
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

    private MeshIndex grow(Mesh mesh)
    {
        try {
            if (growing.filter(GrowingIndex::isWorn).isPresent()) {
                discard();
            }
            GrowingIndex index = growing.orElseGet(GrowingIndex::new);
            growing = Optional.of(index);
            MeshIndex grown = index.update(mesh);
            verify(grown.acquire(), "closed before it was used");
            setLatest(Optional.of(grown));
            indexes.put(mesh, grown);
            return grown;
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
        growing.ifPresent(GrowingIndex::close);
        growing = Optional.empty();
    }

    @Override
    public void close()
    {
        growth.lock();
        try {
            setLatest(Optional.empty());
            indexes.invalidateAll();
            discard();
        }
        finally {
            growth.unlock();
        }
    }
}
