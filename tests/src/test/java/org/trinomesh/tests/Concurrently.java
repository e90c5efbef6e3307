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

import com.google.common.collect.ImmutableList;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs something in several threads at once.
 */
final class Concurrently
{
    private Concurrently() {}

    /**
     * Returns each thread's result, or throws what the first failing thread threw.
     */
    static <T> List<T> call(int threads, Callable<T> task)
            throws Exception
    {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            ImmutableList.Builder<T> results = ImmutableList.builder();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, task))) {
                results.add(future.get());
            }
            return results.build();
        }
    }
}
