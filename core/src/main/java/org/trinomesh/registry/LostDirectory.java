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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A mesh directory that can no longer be read, or from which no mesh can be built, with what is served meanwhile.
 *
 * @param until until when what was read before counts
 * @param over whether that time has passed
 */
record LostDirectory(Instant since, Instant until, boolean over)
{
    LostDirectory
    {
        requireNonNull(since, "since is null");
        requireNonNull(until, "until is null");
    }

    LostDirectory at(Instant now)
    {
        return new LostDirectory(since, until, !until.isAfter(now));
    }

    /**
     * @param kept what is still served of the current generation
     */
    Generation keep(Generation current, Generation kept, Instant now, Throwable failure)
    {
        List<Problem> problems = ImmutableList.<Problem>builder()
                .addAll(kept.mesh().problems())
                .add(problem("so what was read before is served until " + until, failure))
                .build();
        Mesh mesh = kept.mesh().withProblems(current.mesh().generation() + 1, now, problems);
        return new Generation(mesh, kept.platform(), kept.platformUntil(), kept.retainedUntil(), kept.builtProducts(), kept.policies(), kept.promised(), kept.keptBefore());
    }

    /**
     * A mesh without products and without rights, but with its stewards: they can read no product, and see the reason.
     */
    Generation empty(Generation current, Instant now, Throwable failure)
    {
        Mesh mesh = withoutProducts(current.mesh(), now, problem("and what was read before was served until %s only, so no product is served".formatted(until), failure));
        return new Generation(
                mesh,
                Optional.empty(),
                Optional.empty(),
                ImmutableMap.of(),
                ImmutableList.of(),
                // Still known, but expired: a policy that is still broken when the directory is back does not get its time again
                ImmutableMap.copyOf(Maps.transformValues(current.policies(), file -> file.until(until))),
                current.promised(),
                current.keptBefore());
    }

    /**
     * The same, when no refresh has come to an end for too long.
     */
    static Mesh unseen(Mesh current, Instant since, Instant now)
    {
        return withoutProducts(current, now, Problem.error(
                Position.startOf("."),
                "the mesh directory was last read at %s, so it is unknown which rights were revoked since then, and no product is served".formatted(since),
                "see in the log of the server why refreshes do not end, and whether the file system of the directory answers"));
    }

    private static Mesh withoutProducts(Mesh current, Instant now, Problem problem)
    {
        return new Mesh(
                current.generation() + 1,
                now,
                Duration.ZERO,
                0,
                ImmutableList.of(),
                ImmutableList.of(),
                current.stewards(),
                ImmutableSet.of(),
                MeshGovernance.NONE,
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(problem),
                QueryOrigins.NONE);
    }

    private Problem problem(String consequence, Throwable failure)
    {
        boolean unreadable = failure instanceof IOException;
        return Problem.error(
                Position.startOf("."),
                "%s since %s, %s: %s".formatted(unreadable ? "the mesh directory cannot be read" : "no new mesh can be built from the mesh directory because of a fault in the mesh", since, consequence, failure),
                unreadable ? "restore the directory or its permissions" : "undo the last change of the directory, and report the fault");
    }
}
