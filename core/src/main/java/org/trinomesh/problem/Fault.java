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
package org.trinomesh.problem;

import io.airlift.log.Logger;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns a fault of the mesh itself into a problem of the document that causes it: all other documents are processed as
 * usual.
 */
public final class Fault
{
    private static final Logger log = Logger.get(Fault.class);

    private Fault() {}

    /**
     * @param failed what the document is kept from, such as "this file cannot be read"
     * @param instead what counts of the document, which must be nothing, or what closes
     */
    public static <T> T contain(String failed, Position position, Supplier<T> work, Function<Problem, T> instead)
    {
        try {
            return work.get();
        }
        // A deeply nested document may overflow the stack at unexpected places
        catch (RuntimeException | StackOverflowError e) {
            log.debug(e, "%s: %s", position, failed);
            return instead.apply(Problem.error(position, "%s because of a fault in the mesh: %s".formatted(failed, e), "report the fault; meanwhile write the document another way"));
        }
    }

    /**
     * @param report takes what is to be said of the document when the work fails
     */
    public static void guard(String failed, Position position, Runnable work, Consumer<Problem> report)
    {
        Optional<Problem> fault = contain(
                failed,
                position,
                () -> {
                    work.run();
                    return Optional.empty();
                },
                Optional::of);
        fault.ifPresent(report);
    }
}
