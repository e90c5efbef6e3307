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

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.slo.KnownStatus;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.slo.SloStatus;
import org.trinomesh.slo.SloSummary;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Whether a product is in service and keeps its objectives, as far as a requester may know it. Listings, comments, search and
 * lineage all take it from here.
 */
public final class VisibleStatus
{
    private final KnownStatus known;

    public VisibleStatus(KnownStatus known)
    {
        this.known = requireNonNull(known, "known is null");
    }

    public ProductStatus of(VisibleProduct visible)
    {
        return new ProductStatus(this, visible);
    }

    /**
     * Whether readers get the data of the product; empty when it has no table.
     */
    public Optional<ServiceStatus> service(VisibleProduct visible)
    {
        DataProduct product = visible.product();
        if (product.tables().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ServiceStatus.of(product.tables().stream()
                .map(table -> service(visible.mesh(), product, table))
                .collect(toImmutableList())));
    }

    /**
     * Whether readers get the data of a table.
     */
    public ServiceStatus service(GovernedMesh mesh, DataProduct product, ProductTable table)
    {
        return mesh.isOutOfService(product) ? ServiceStatus.OUT_OF_SERVICE : known.service(product, table);
    }

    /**
     * Whether the product keeps its objectives, as far as the requester may know it; empty when it has none.
     */
    public Optional<SloSummary> slos(VisibleProduct visible)
    {
        DataProduct product = visible.product();
        if (product.objectives().isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Measurement>> measurements = known.measurements(product);
        if (measurements.isEmpty()) {
            return Optional.of(SloSummary.unknown(product.objectives().size()));
        }
        boolean out = service(visible).filter(ServiceStatus::isOut).isPresent();
        return Optional.of(SloSummary.of(measurements.get().stream()
                .map(measurement -> VisibleMeasurement.of(measurement, visible.access()).status())
                // It may have gone out of service after it was measured
                .map(status -> out && status == SloStatus.MET ? SloStatus.UNKNOWN : status)
                .collect(toImmutableList())));
    }
}
