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
package org.trinomesh.mask;

import com.google.common.collect.ImmutableSet;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The configured versions of the mask key. With it, a mask that needs a missing version is reported before a reader meets
 * it.
 *
 * @param versions empty where keys are not known, outside of a server
 */
public record MaskKeyVersions(Optional<Set<Integer>> versions)
{
    public static final MaskKeyVersions UNKNOWN = new MaskKeyVersions(Optional.empty());

    public MaskKeyVersions
    {
        versions = requireNonNull(versions, "versions is null").map(ImmutableSet::copyOf);
    }

    public static MaskKeyVersions of(Set<Integer> versions)
    {
        return new MaskKeyVersions(Optional.of(versions));
    }

    /**
     * What a mask lacks, if anything.
     */
    public Optional<String> missing(Mask mask)
    {
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        return switch (mask) {
            case Mask.Tokenize(String _, var version) when version.isPresent() && !versions.get().contains(version.getAsInt()) -> Optional.of("there is no mask key of version " + version.getAsInt());
            case Mask.Tokenize _, Mask.GlobalHash _, Mask.QueryLocalHash _ -> versions.get().isEmpty() ? Optional.of("there is no mask key: mesh.mask-key is not set in the catalog file") : Optional.empty();
            case Mask.RowFields(var fields) -> fields.values().stream().flatMap(inner -> missing(inner).stream()).findFirst();
            case Mask.MapValues(Mask values) -> missing(values);
            default -> Optional.empty();
        };
    }
}
