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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.platform.Platform;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.validation.BuiltProduct;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A generation of the mesh, with what the next one needs to keep products whose documents break.
 *
 * @param platform what the Mesh document says, or last said before it broke
 * @param platformUntil until when that counts, when the document is broken
 * @param retainedUntil until when products are served whose descriptors are broken
 * @param builtProducts every product of the directory as it was built with this platform
 * @param policies the policies that count, by file
 * @param promised what consumers were last promised of each product that is still described, also when it is no longer served
 * @param keptBefore the version before the one that was promised last, of the products that had one whose tables kept it
 */
record Generation(Mesh mesh, Optional<Platform> platform, Optional<Instant> platformUntil, Map<ProductId, Instant> retainedUntil, List<BuiltProduct> builtProducts, Map<String, FilePolicies> policies, Map<ProductId, DataProduct> promised, Map<ProductId, DataProduct> keptBefore)
{
    Generation
    {
        requireNonNull(mesh, "mesh is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(platformUntil, "platformUntil is null");
        retainedUntil = ImmutableMap.copyOf(requireNonNull(retainedUntil, "retainedUntil is null"));
        builtProducts = ImmutableList.copyOf(requireNonNull(builtProducts, "builtProducts is null"));
        policies = ImmutableMap.copyOf(requireNonNull(policies, "policies is null"));
        promised = ImmutableMap.copyOf(requireNonNull(promised, "promised is null"));
        keptBefore = ImmutableMap.copyOf(requireNonNull(keptBefore, "keptBefore is null"));
    }

    /**
     * Whether the time of something that is served for a limited time is over.
     */
    boolean isOver(Instant now)
    {
        return Stream.concat(platformUntil.stream(), retainedUntil.values().stream()).anyMatch(until -> !until.isAfter(now)) ||
                // Once over, the closure says so
                policies.values().stream().anyMatch(file -> file.until().filter(until -> until.isAfter(mesh.loadedAt()) && !until.isAfter(now)).isPresent());
    }

    Stream<DataProduct> products()
    {
        return mesh.domains().stream().flatMap(domain -> domain.products().stream());
    }
}
