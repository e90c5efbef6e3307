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
package org.trinomesh.cache;

import com.google.common.cache.Cache;
import com.google.common.cache.Weigher;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.airlift.units.DataSize;
import io.trino.cache.EvictableCacheBuilder;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import static com.google.common.base.Throwables.throwIfUnchecked;

/**
 * Answers that never change, kept for all queries. Queries that need the same answer at once find it once. A failure is not kept, and it is
 * only told to the query that it happened to: another query may have failed because somebody cancelled it.
 */
public final class KeptAnswers<K, V>
{
    private final Cache<K, V> answers;

    /**
     * @param bound about how much memory the answers may take; with zero bytes nothing is kept, and only queries that ask at the same time
     *         share an answer
     * @param weigher the bytes that an answer takes
     */
    public KeptAnswers(DataSize bound, Weigher<K, V> weigher)
    {
        this.answers = EvictableCacheBuilder.newBuilder()
                .maximumWeight(bound.toBytes())
                .weigher(weigher)
                .shareResultsAndFailuresEvenIfDisabled()
                .recordStats()
                .build();
    }

    public V get(K key, Supplier<V> find)
    {
        AtomicBoolean own = new AtomicBoolean();
        try {
            return answers.get(key, () -> {
                own.set(true);
                return find.get();
            });
        }
        catch (ExecutionException | UncheckedExecutionException e) {
            if (!own.get()) {
                return find.get();
            }
            throwIfUnchecked(e.getCause());
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * For metrics.
     */
    public Cache<K, V> cache()
    {
        return answers;
    }
}
