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
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.SloStatus;

import java.util.Optional;

/**
 * What a requester may know of a measurement. This is the only place that decides about showing numbers about all rows to
 * requesters who do not see all rows.
 */
public final class VisibleMeasurement
{
    static final String FOR_READERS = "only readers of the product see the value";
    static final String FOR_ALL_ROWS = "only readers of all rows see this, because it would reveal something about hidden rows";
    static final String FOR_CLEAR_COLUMNS = "only readers of the unmasked columns see this, because it would reveal something about their values";

    private VisibleMeasurement() {}

    public static Measurement of(Measurement measurement, ProductAccess access)
    {
        return switch (measurement.disclosure()) {
            case Disclosure.Times _ -> measurement;
            case Disclosure.Rows _ -> access.seesAllRows() ? forReaders(measurement, access) : measurement.withheld(true, FOR_ALL_ROWS);
            case Disclosure.Checks _ when !access.seesAllRows() -> measurement.withheld(true, FOR_ALL_ROWS);
            // If a product has only one check, the status reveals something about the values of one column
            case Disclosure.Checks _ -> access.readsAllColumns() ? forReaders(measurement, access) : measurement.withheld(true, FOR_CLEAR_COLUMNS);
            case Disclosure.Values _ when !access.seesAllRows() -> measurement.withheld(true, FOR_ALL_ROWS);
            case Disclosure.Values values -> values.columns().stream().allMatch(column -> access.isClear(column.table(), column.column()))
                    ? forReaders(measurement, access)
                    : measurement.withheld(true, FOR_CLEAR_COLUMNS);
        };
    }

    private static Measurement forReaders(Measurement measurement, ProductAccess access)
    {
        return access.reads() ? measurement : measurement.withheld(false, FOR_READERS);
    }

    /**
     * A number of rows, or what is known of it, for those who could count the rows themselves.
     */
    public static Optional<String> rowCount(Optional<String> rows, ProductAccess access)
    {
        return rows.filter(_ -> access.seesAllRows() && access.reads());
    }

    /**
     * A status that reveals something about all rows.
     */
    public static SloStatus ofAllRows(SloStatus status, ProductAccess access)
    {
        return access.seesAllRows() ? status : SloStatus.UNKNOWN;
    }

    /**
     * How the product's team says that an objective is measured, unless that names a column which is hidden from the requester.
     */
    public static Optional<String> measurementText(ServiceLevelObjective objective, ProductAccess access)
    {
        boolean hidden = objective.basis() instanceof Basis.Columns columns
                && columns.columns().stream().anyMatch(reference -> access.isHidden(reference.column()));
        return objective.measurement().filter(_ -> !hidden);
    }
}
