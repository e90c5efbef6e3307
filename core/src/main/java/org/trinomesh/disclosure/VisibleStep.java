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
package org.trinomesh.disclosure;

import org.trinomesh.lineage.LineageStep;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * An edge on the way from a data product, of which a requester may know.
 *
 * @param step how far it is away, and in which direction
 */
public record VisibleStep(LineageStep step, VisibleEdge visible)
        implements Fact
{
    public VisibleStep
    {
        requireNonNull(step, "step is null");
        requireNonNull(visible, "visible is null");
    }

    @Override
    public Set<Closeness> closeness()
    {
        return visible.closeness();
    }
}
