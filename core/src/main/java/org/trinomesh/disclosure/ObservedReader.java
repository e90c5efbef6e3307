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

import com.google.common.collect.ImmutableSet;

import java.time.Instant;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A user that was seen reading a data product.
 *
 * @param groups the groups and enabled roles of the user as of the last reading
 * @param statements how many statements read the product
 */
public record ObservedReader(String user, Set<String> groups, long statements, Instant last)
{
    public ObservedReader
    {
        requireNonNull(user, "user is null");
        groups = ImmutableSet.copyOf(requireNonNull(groups, "groups is null"));
        requireNonNull(last, "last is null");
    }
}
