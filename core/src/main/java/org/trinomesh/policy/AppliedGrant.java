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
package org.trinomesh.policy;

import com.google.common.collect.Sets;
import org.trinomesh.problem.Position;
import org.trinomesh.product.Permission;
import org.trinomesh.product.Principal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Somebody's permissions for one product, whichever document gives them.
 *
 * @param except who does not have them although the principal does
 * @param source which kind of document says so, for people
 */
public record AppliedGrant(Principal principal, Set<Principal> except, Set<Permission> permissions, Validity validity, Optional<String> source, Position position)
{
    public AppliedGrant
    {
        requireNonNull(principal, "principal is null");
        except = Set.copyOf(requireNonNull(except, "except is null"));
        permissions = Sets.immutableEnumSet(requireNonNull(permissions, "permissions is null"));
        requireNonNull(validity, "validity is null");
        requireNonNull(source, "source is null");
        requireNonNull(position, "position is null");
    }

    public boolean gives(Permission permission, Set<Principal> matched, Instant now)
    {
        return permissions.contains(permission) && appliesTo(matched, now);
    }

    public boolean appliesTo(Set<Principal> matched, Instant now)
    {
        return matched.contains(principal) && except.stream().noneMatch(matched::contains) && validity.holds(now);
    }
}
