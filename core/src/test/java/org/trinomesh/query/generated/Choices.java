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
package org.trinomesh.query.generated;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Chooses at random, and the same again for the same seed.
 */
final class Choices
{
    private final Random random;

    Choices(long seed)
    {
        this.random = new Random(seed);
    }

    /**
     * From 0.
     */
    int below(int bound)
    {
        return random.nextInt(bound);
    }

    boolean percent(int percent)
    {
        return random.nextInt(100) < percent;
    }

    <T> T of(List<T> choices)
    {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T call(Supplier<T>... choices)
    {
        return requireNonNull(choices[random.nextInt(choices.length)].get(), "nothing was generated");
    }
}
