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
package org.trinomesh.platform;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A kind of values that identify something across the mesh, such as {@code customer_id}, as the platform lists it.
 *
 * @param domains which domains may make pseudonyms of the type, as SQL names: these domains can find out what a pseudonym
 *         stands for
 * @param names names of columns that hold such values unless the column says otherwise; stars stand for any characters
 */
public record IdentifierType(Set<String> domains, List<String> names)
{
    /**
     * The value that a column declares when it is named like an identifier but is not one.
     */
    public static final String NO_IDENTIFIER = "none";

    public IdentifierType
    {
        domains = ImmutableSet.copyOf(requireNonNull(domains, "domains is null"));
        names = ImmutableList.copyOf(requireNonNull(names, "names is null"));
    }
}
