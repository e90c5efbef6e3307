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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.product.ServiceLevelObjective.ColumnReference;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Disclosure.TableColumn;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.SloStatus;
import org.trinomesh.slo.TestingMeasurements;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ana reads all columns, cleo all but the secret one, and dan would read as ana does if he might.
 */
final class TestVisibleMeasurement
{
    private static final ColumnAccess CLEAR = new ColumnAccess.Clear();
    private static final ProductAccess ANA = access(true, CLEAR);
    private static final ProductAccess CLEO = access(true, new ColumnAccess.Hidden(Reason.of("it is a secret")));
    private static final ProductAccess DAN = access(false, CLEAR);
    private static final Basis SECRET = new Basis.Columns(List.of(new ColumnReference(Optional.empty(), "secret")));

    @Test
    void testTimesAreForEverybody()
    {
        Measurement measured = measured(new Disclosure.Times());
        for (ProductAccess access : List.of(ANA, CLEO, DAN)) {
            assertThat(VisibleMeasurement.of(measured, access)).isEqualTo(measured);
        }
    }

    @Test
    void testCountsAreForReaders()
    {
        Measurement measured = measured(new Disclosure.Rows());
        assertThat(VisibleMeasurement.of(measured, ANA)).isEqualTo(measured);
        assertThat(VisibleMeasurement.of(measured, CLEO)).isEqualTo(measured);
        assertWithheld(VisibleMeasurement.of(measured, DAN), SloStatus.MET, "only readers of the product see the value");
    }

    @Test
    void testValuesOfColumnsAreForThoseWhoSeeThem()
    {
        Measurement secret = measured(new Disclosure.Values(ImmutableSet.of(new TableColumn("orders", "id"), new TableColumn("orders", "secret"))));
        assertThat(VisibleMeasurement.of(secret, ANA)).isEqualTo(secret);
        assertWithheld(VisibleMeasurement.of(secret, CLEO), SloStatus.UNKNOWN, "only readers of the unmasked columns see this, because it would reveal something about their values");
        assertWithheld(VisibleMeasurement.of(secret, DAN), SloStatus.MET, "only readers of the product see the value");
        Measurement other = measured(new Disclosure.Values(ImmutableSet.of(new TableColumn("orders", "id"))));
        assertThat(VisibleMeasurement.of(other, CLEO)).isEqualTo(other);
        // Of what nobody promised nobody knows
        assertWithheld(VisibleMeasurement.of(measured(new Disclosure.Values(ImmutableSet.of(new TableColumn("orders", "unpromised")))), ANA), SloStatus.UNKNOWN, "only readers of the unmasked columns see this, because it would reveal something about their values");
    }

    @Test
    void testSharesOfChecksAreForReadersOfAllColumns()
    {
        Measurement measured = measured(new Disclosure.Checks());
        assertThat(VisibleMeasurement.of(measured, ANA)).isEqualTo(measured);
        assertWithheld(VisibleMeasurement.of(measured, CLEO), SloStatus.UNKNOWN, "only readers of the unmasked columns see this, because it would reveal something about their values");
        assertWithheld(VisibleMeasurement.of(measured, DAN), SloStatus.MET, "only readers of the product see the value");
    }

    @Test
    void testHiddenColumnsAreNotNamed()
    {
        Measurement measured = TestingMeasurements.met(ObjectiveKind.COMPLETENESS, SECRET, new Disclosure.Times());
        assertThat(VisibleMeasurement.measurementText(measured.objective(), ANA)).contains("as we do");
        assertThat(VisibleMeasurement.measurementText(measured.objective(), CLEO)).isEmpty();
    }

    private static void assertWithheld(Measurement visible, SloStatus status, String evidence)
    {
        assertThat(visible.actual()).isEmpty();
        assertThat(visible.ratio()).isEmpty();
        assertThat(visible.status()).isEqualTo(status);
        assertThat(visible.evidence()).isEqualTo(evidence);
    }

    private static Measurement measured(Disclosure disclosure)
    {
        return TestingMeasurements.met(ObjectiveKind.VOLUME, new Basis.Usual(), disclosure);
    }

    private static ProductAccess access(boolean reads, ColumnAccess secret)
    {
        return new ProductAccess(reads ? Set.of(Closeness.DISCOVERER, Closeness.READER) : Closeness.DISCOVERERS, ImmutableMap.of("orders", new TableAccess(ImmutableMap.of("id", CLEAR, "secret", secret), Optional.empty())));
    }
}
