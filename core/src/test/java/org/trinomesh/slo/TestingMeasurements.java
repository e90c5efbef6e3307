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
package org.trinomesh.slo;

import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

public final class TestingMeasurements
{
    private TestingMeasurements() {}

    /**
     * A kept promise of an objective, which tells something of the data.
     */
    public static Measurement met(ObjectiveKind kind, Basis basis, Disclosure disclosure)
    {
        return new Measurement(
                new ServiceLevelObjective("promise", kind, "some", Optional.empty(), Optional.empty(), Optional.of("as we do"), basis, Optional.empty()),
                Optional.of("method"),
                Optional.of("value"),
                OptionalDouble.of(1.5),
                SloStatus.MET,
                Confidence.EXACT,
                "evidence with value",
                disclosure,
                OptionalLong.of(7),
                Instant.EPOCH);
    }
}
