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
package org.trinomesh.openlineage;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What event files say and what is wrong with them, both as of the same moment.
 *
 * @param problems what could not be read; for stewards of the mesh, since events tell of everything
 * @param complete whether all was read that was there when the caller asked; else the caller did not wait for the rest
 * @param unread how many files are still to be read, as far as that is known; 0 when complete
 */
public record EventSnapshot(Observations observations, List<EventProblem> problems, boolean complete, int unread)
{
    public EventSnapshot
    {
        requireNonNull(observations, "observations is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        checkArgument(unread >= 0, "unread is negative");
        checkArgument(!complete || unread == 0, "complete, and yet files are unread");
    }
}
