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

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Position;

import java.util.List;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

/**
 * What the last change of a data product means for its consumers.
 *
 * @param before what was promised
 * @param after what is written now
 * @param version where the new version is written
 * @param refused whether the new promise breaks the old one without a new major version, so that it is not served
 */
public record ProductChange(DataProduct before, DataProduct after, Position version, boolean refused, List<SchemaChange> changes)
{
    public ProductChange
    {
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        requireNonNull(version, "version is null");
        changes = ImmutableList.copyOf(requireNonNull(changes, "changes is null"));
    }

    /**
     * The version bump that all changes together require.
     */
    public VersionBump requiredBump()
    {
        return changes.stream().map(SchemaChange::requiredBump).max(naturalOrder()).orElse(VersionBump.NONE);
    }

    public VersionBump bump()
    {
        return VersionBump.of(before.version(), after.version());
    }

    /**
     * Whether the product is a promise to consumers: only stewards read a product before its release, and nobody reads a
     * retired one.
     */
    public static boolean isPromise(DataProduct product)
    {
        return product.status().isServed() && !product.status().isUnreleased();
    }

    /**
     * Whether consumers of one version would find another promise under the same name.
     */
    public boolean isBreach()
    {
        return isPromise(before) && isPromise(after) && before.id().equals(after.id()) &&
                changes.stream().anyMatch(SchemaChange::isBreaking);
    }

    /**
     * The place of the change, or else of the version that should have changed.
     */
    public Position position(SchemaChange change)
    {
        return change.position().orElse(version);
    }
}
