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
package org.trinomesh;

import org.trinomesh.conformance.CheckTimes;
import org.trinomesh.governance.Governance;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.registry.MeshRegistry;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The current mesh with its policies applied. A new mesh becomes visible only together with its policies.
 */
final class GovernedRegistry
{
    private final MeshRegistry registry;
    private final MaskKeyVersions keys;
    private final KnowledgeFile knowledge;
    private final Optional<Duration> longestUnseen;
    private volatile Governance current;
    private volatile Optional<Closed> closed = Optional.empty();

    /**
     * @param instead what would be served if the directory were read in time
     */
    private record Closed(Governance instead, Governance governance)
    {
        private Closed
        {
            requireNonNull(instead, "instead is null");
            requireNonNull(governance, "governance is null");
        }

        // Every governance of a mesh is a different object
        @SuppressWarnings("ReferenceEquality")
        private boolean isInsteadOf(Governance other)
        {
            return instead == other;
        }
    }

    /**
     * For callers that refresh it themselves, or never.
     */
    GovernedRegistry(MeshRegistry registry, MaskKeyVersions keys, KnowledgeFile knowledge)
    {
        this(registry, keys, knowledge, Optional.empty());
    }

    /**
     * @param longestUnseen how long ago the directory may have been read, before nothing of it is served
     */
    GovernedRegistry(MeshRegistry registry, MaskKeyVersions keys, KnowledgeFile knowledge, Optional<Duration> longestUnseen)
    {
        this.longestUnseen = requireNonNull(longestUnseen, "longestUnseen is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.keys = requireNonNull(keys, "keys is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
        this.current = Governance.of(registry.current(), keys, Optional.empty(), knowledge.load(), CheckTimes.ofStart());
        knowledge.save(current.knowledge());
    }

    /**
     * The governance in force. When refreshes hang, it is empty: rights that were revoked meanwhile must not stay in force.
     */
    Governance current()
    {
        Governance published = current;
        return longestUnseen.filter(registry::isOlderThan).isPresent() ? closed(published) : published;
    }

    /**
     * What was published last, however long ago.
     */
    Governance published()
    {
        return current;
    }

    /**
     * Not under the lock, which a refresh that hangs may hold.
     */
    private Governance closed(Governance published)
    {
        Closed known = closed.filter(before -> before.isInsteadOf(published)).orElseGet(() -> new Closed(published, Governance.of(registry.closed(), keys, Optional.empty())));
        closed = Optional.of(known);
        return known.governance();
    }

    /**
     * @return whether there is a new mesh
     */
    synchronized boolean refresh()
    {
        boolean changed = registry.refresh(mesh -> current = Governance.of(mesh, keys, Optional.of(current), CheckTimes.ofReload()));
        knowledge.save(current.knowledge());
        return changed;
    }

    /**
     * Evaluates the checks that the refresh did not wait for. Runs beside refreshes, which it never holds up.
     */
    void finishChecks()
    {
        int round = 0;
        for (Governance before = current; before.isUnfinished(); before = current) {
            publish(before, before.finish(keys, Optional.empty(), CheckTimes.ofRound(round)));
            // Also when a refresh came in between: an author who changes files all the time must not prevent checks from finishing
            round++;
        }
    }

    /**
     * The results also count for a mesh that a refresh published meanwhile.
     */
    private synchronized void publish(Governance before, Governance finished)
    {
        current = isCurrent(before) ? finished : current.finish(keys, Optional.of(finished), CheckTimes.none());
    }

    // Every governance of a mesh is another one
    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Governance governance)
    {
        return current == governance;
    }
}
