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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What the last round of measuring the whole mesh found out, for those who want to be told and not to ask: alerts, listings
 * and comments.
 */
public final class SloMonitor
        implements KnownStatus
{
    private final SloMeasurer measurer;
    private final SloBeans beans;
    private volatile Map<Key, Known> latest = ImmutableMap.of();

    public SloMonitor(SloMeasurer measurer, SloBeans beans)
    {
        this.measurer = requireNonNull(measurer, "measurer is null");
        this.beans = requireNonNull(beans, "beans is null");
    }

    /**
     * Measures every objective of the mesh.
     */
    public void round(Mesh mesh)
    {
        List<DataProduct> products = mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .collect(toImmutableList());
        Map<DataProduct, List<Measurement>> measured = measurer.measure(products, _ -> true);
        ImmutableMap.Builder<Key, Known> known = ImmutableMap.builder();
        measured.forEach((product, measurements) -> known.put(Key.of(product), new Known(product.fingerprint(), measurements)));
        latest = known.buildOrThrow();
        beans.show(measured);
    }

    /**
     * Forgets everything.
     */
    public void close()
    {
        latest = ImmutableMap.of();
        beans.close();
    }

    /**
     * What the last round found out about this version of the product; empty when it was not measured. Not for the eyes of
     * everybody who may know of the product.
     */
    public Optional<List<Measurement>> measurements(DataProduct product)
    {
        return Optional.ofNullable(latest.get(Key.of(product)))
                .filter(known -> known.fingerprint().equals(product.fingerprint()))
                .map(Known::measurements);
    }

    @Override
    public Optional<SloStatus> status(DataProduct product)
    {
        return measurements(product).flatMap(measurements -> SloStatus.worst(measurements.stream().map(Measurement::status)));
    }

    private record Key(String domain, String product, int major)
    {
        static Key of(DataProduct product)
        {
            return new Key(product.domain(), product.sqlName(), product.version().major());
        }
    }

    private record Known(String fingerprint, List<Measurement> measurements) {}
}
