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
package org.trinomesh.product;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.problem.Position;

import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * An entry of {@code accessControl}: a principal, its permissions, and the place where they are written.
 */
public record AccessRule(Principal principal, Set<Permission> permissions, Position position)
{
    public AccessRule
    {
        requireNonNull(principal, "principal is null");
        permissions = Sets.immutableEnumSet(requireNonNull(permissions, "permissions is null"));
        requireNonNull(position, "position is null");
        checkArgument(!permissions.isEmpty(), "permissions is empty");
    }

    public boolean gives(Permission permission)
    {
        return permissions.contains(permission);
    }

    public static AccessRule of(Principal principal, Position position, Permission... permissions)
    {
        return new AccessRule(principal, ImmutableSet.copyOf(permissions), position);
    }
}
