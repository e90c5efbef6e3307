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

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A principal that a rule names: a user, a group, a role or a domain. Names match exactly, and a user never matches a group of the
 * same name.
 */
public record Principal(Kind kind, String name)
{
    public enum Kind
    {
        USER,
        GROUP,
        /**
         * A group or an enabled role of that name: the one word descriptors have for both.
         */
        ROLE,
        /**
         * A domain that publishes products over others with queries: no person is one.
         */
        DOMAIN,
    }

    public Principal
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        checkArgument(!name.isBlank(), "name is blank");
    }

    @Override
    public String toString()
    {
        return kind.name().toLowerCase(ENGLISH) + ":" + name;
    }
}
