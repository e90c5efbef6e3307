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
import com.google.common.util.concurrent.UncheckedExecutionException;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Finds data products by words. The index of a generation is made by its first search and closed when newer ones came.
 */
public final class MeshSearch
        implements AutoCloseable
{
    // Queries that began before a reload still ask the generation before
    private final Cache<Mesh, MeshIndex> indexes = CacheBuilder.newBuilder()
            .weakKeys()
            .maximumSize(2)
            .<Mesh, MeshIndex>removalListener(removed -> removed.getValue().release())
            .build();

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
        try {
            return indexes.get(mesh, () -> MeshIndex.of(mesh));
        }
        catch (ExecutionException | UncheckedExecutionException e) {
            throw new IllegalStateException("The mesh could not be indexed", e);
        }
    }

    @Override
    public void close()
    {
        indexes.invalidateAll();
    }
}
