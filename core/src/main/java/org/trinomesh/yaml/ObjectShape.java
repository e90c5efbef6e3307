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
package org.trinomesh.yaml;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.text.Spelling;

import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The keys that one kind of object in a descriptor has. The JSON Schemas are tested against the same shapes.
 *
 * @param name how messages call the object
 * @param open whether other keys are admitted: they are pointed out and not read
 */
public record ObjectShape(String name, Set<String> required, Set<String> optional, boolean open)
{
    public ObjectShape
    {
        requireNonNull(name, "name is null");
        required = ImmutableSet.copyOf(requireNonNull(required, "required is null"));
        optional = ImmutableSet.copyOf(requireNonNull(optional, "optional is null"));
        checkArgument(Sets.intersection(required, optional).isEmpty(), "a key is both required and optional");
    }

    public static ObjectShape of(String name)
    {
        return new ObjectShape(name, ImmutableSet.of(), ImmutableSet.of(), false);
    }

    public ObjectShape required(String... keys)
    {
        return new ObjectShape(name, ImmutableSet.copyOf(keys), optional, open);
    }

    public ObjectShape optional(String... keys)
    {
        return new ObjectShape(name, required, ImmutableSet.copyOf(keys), open);
    }

    /**
     * The same for documents of standards that admit keys of which they know nothing.
     */
    public ObjectShape opened()
    {
        return new ObjectShape(name, required, optional, true);
    }

    public boolean knows(String key)
    {
        return required.contains(key) || optional.contains(key);
    }

    /**
     * Keys that carry what an organisation adds for itself.
     */
    static boolean isCustom(String key)
    {
        return key.equals("customProperties") || key.startsWith("x-");
    }

    /**
     * The known key that the author most probably meant.
     */
    Optional<String> nearest(String key)
    {
        return Spelling.nearest(Sets.union(required, optional), key);
    }
}
