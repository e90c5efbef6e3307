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

import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.slo.Measurement;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An objective of a data product that a requester may discover, and how it was measured as far as the requester may know it.
 *
 * @param measurement empty when it was not asked for
 */
public record VisibleObjective(VisibleProduct visible, ServiceLevelObjective objective, Optional<Measurement> measurement)
        implements ProductFact
{
    public VisibleObjective
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(objective, "objective is null");
        requireNonNull(measurement, "measurement is null");
    }

    public static VisibleObjective of(VisibleProduct visible, ServiceLevelObjective objective, Optional<Measurement> measured)
    {
        return new VisibleObjective(visible, objective, measured.map(measurement -> VisibleMeasurement.of(measurement, visible.access())));
    }

    /**
     * How the product's team says that it is measured.
     */
    public Optional<String> measurementText()
    {
        return VisibleMeasurement.measurementText(objective, visible.access());
    }
}
