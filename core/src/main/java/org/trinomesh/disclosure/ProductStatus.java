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

import com.google.common.base.Suppliers;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.slo.SloSummary;

import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Whether a data product is in service and keeps its objectives, as far as a requester may know it.
 */
public final class ProductStatus
        implements ProductFact
{
    private final VisibleStatus status;
    private final VisibleProduct visible;
    private final Supplier<Optional<SloSummary>> slos;

    ProductStatus(VisibleStatus status, VisibleProduct visible)
    {
        this.status = requireNonNull(status, "status is null");
        this.visible = requireNonNull(visible, "visible is null");
        this.slos = Suppliers.memoize(() -> status.slos(visible));
    }

    @Override
    public VisibleProduct visible()
    {
        return visible;
    }

    /**
     * Empty when the product has no objective.
     */
    public Optional<SloSummary> slos()
    {
        return slos.get();
    }

    /**
     * Empty when the product has no table.
     */
    public Optional<ServiceStatus> service()
    {
        return status.service(visible);
    }
}
