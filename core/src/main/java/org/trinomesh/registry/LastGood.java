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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.validation.ProductCandidate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * Decides which products of the previous generation stay although their descriptors broke, and until when.
 */
final class LastGood
{
    private final Generation previous;
    private final Map<String, DescriptorFile> files;
    private final Map<ProductId, DataProduct> valid;
    private final List<ProductCandidate> broken;
    private final Set<ProductId> previousKeys;
    private final Instant now;
    private final Duration lastGoodTtl;

    LastGood(Generation previous, List<DescriptorFile> files, List<ProductCandidate> candidates, Instant now, Duration lastGoodTtl)
    {
        this.previous = requireNonNull(previous, "previous is null");
        this.files = files.stream().collect(toImmutableMap(DescriptorFile::path, identity()));
        this.valid = candidates.stream()
                .flatMap(candidate -> candidate.valid().stream())
                .collect(toImmutableMap(DataProduct::id, identity()));
        this.broken = candidates.stream()
                .filter(ProductCandidate::isBroken)
                .collect(toImmutableList());
        this.previousKeys = previous.products().map(DataProduct::id).collect(toImmutableSet());
        this.now = requireNonNull(now, "now is null");
        this.lastGoodTtl = requireNonNull(lastGoodTtl, "lastGoodTtl is null");
    }

    /**
     * Until when the previous Mesh document counts, while it is broken or its file is gone.
     *
     * @param broken whether there is a Mesh document with errors now
     */
    Optional<Instant> platformUntil(boolean broken)
    {
        return previous.platform()
                .filter(platform -> broken || !files.containsKey(platform.file()) || hasErrors(files.get(platform.file())))
                .map(_ -> previous.platformUntil().orElseGet(() -> now.plus(lastGoodTtl)))
                .filter(until -> until.isAfter(now));
    }

    /**
     * @param platform what counts now: nothing stays that it does not grant
     */
    Map<DataProduct, Instant> products(Optional<Platform> platform)
    {
        ImmutableMap.Builder<DataProduct, Instant> retained = ImmutableMap.builder();
        previous.products()
                .filter(this::isBroken)
                .filter(product -> isGranted(product, platform))
                .forEach(product -> {
                    Instant until = previous.retainedUntil().getOrDefault(product.id(), now.plus(lastGoodTtl));
                    if (until.isAfter(now)) {
                        retained.put(product, until);
                    }
                });
        return retained.buildOrThrow();
    }

    private static boolean isGranted(DataProduct product, Optional<Platform> platform)
    {
        return product.tables().stream()
                .allMatch(table -> platform.filter(present -> isGranted(product, table, present)).isPresent());
    }

    private static boolean isGranted(DataProduct product, ProductTable table, Platform platform)
    {
        Optional<PhysicalTable> physical = table.physical();
        if (physical.isPresent()) {
            Set<String> folders = platform.folders(product.domain(), physical.get());
            if (!platform.grants(product.domain(), physical.get()) || !folders.containsAll(table.folders()) || folders.isEmpty() != table.folders().isEmpty()) {
                return false;
            }
        }
        // The products that a query reads give the rights on them
        return table.query().stream()
                .flatMap(query -> query.catalogTables().entrySet().stream())
                .allMatch(read -> platform.runAs(product.domain(), read.getKey()).equals(Optional.of(read.getValue())));
    }

    /**
     * Whether a broken document still describes a product that is served, or was served until its time ended.
     */
    boolean isBroken(DataProduct product)
    {
        ProductId key = product.id();
        // Also from another file: a promise is not undone by moving its document
        if (broken.stream().anyMatch(candidate -> candidate.isRefused() && candidate.key().equals(Optional.of(key)))) {
            return true;
        }
        // A product whose file is removed is gone, whatever else is wrong
        if (!files.containsKey(product.position().file())) {
            return false;
        }
        DataProduct current = valid.get(key);
        if (current != null) {
            return current.position().file().equals(product.position().file()) && lostSource(product, current);
        }
        return product.sources().stream().anyMatch(source -> files.containsKey(source) && files.get(source).problems().stream().anyMatch(Problem::isError)) ||
                broken.stream().anyMatch(candidate -> mayBe(candidate, product));
    }

    /**
     * Whether a product is valid only because a file that it was built from, its contract, cannot be read now.
     */
    private boolean lostSource(DataProduct product, DataProduct current)
    {
        return product.sources().stream()
                .filter(source -> !current.sources().contains(source))
                .anyMatch(source -> files.containsKey(source) && hasErrors(files.get(source)));
    }

    private static boolean hasErrors(DescriptorFile file)
    {
        return file.problems().stream().anyMatch(Problem::isError) ||
                file.descriptors().stream().anyMatch(descriptor -> descriptor.problems().stream().anyMatch(Problem::isError));
    }

    /**
     * Whether a broken document is what the product became: the same one, or one in the same file that nobody served before.
     */
    private boolean mayBe(ProductCandidate candidate, DataProduct product)
    {
        if (candidate.key().isPresent() && previousKeys.contains(candidate.key().get())) {
            return candidate.key().get().equals(product.id());
        }
        return candidate.position().file().equals(product.position().file());
    }
}
