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

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.SupportChannel;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A domain of which a requester may know.
 *
 * @param products how many of its data products the requester may discover
 */
public record VisibleDomain(String name, String displayName, Optional<String> owner, Optional<String> description, long products, List<SupportChannel> contacts)
        implements Fact
{
    public VisibleDomain
    {
        requireNonNull(name, "name is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        contacts = ImmutableList.copyOf(requireNonNull(contacts, "contacts is null"));
    }

    @Override
    public Set<Closeness> closeness()
    {
        return Closeness.DISCOVERERS;
    }
}
