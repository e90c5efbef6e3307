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
package org.trinomesh.system;

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleViolation;
import org.trinomesh.governance.conformance.Enforcement;
import org.trinomesh.governance.conformance.Violation;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

import static io.trino.spi.type.DateType.DATE;

final class PolicyViolationsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("policy_violations", "Conformance checks that data products you may discover do not keep; the details are for those who answer for the product")
            .text("check", "Check")
            .text("policy", "Policy the check belongs to")
            .text("severity", "What it causes now: error (not served so), warning or info")
            .text("enforcement", "What the check demands without a waiver: strict, warn or audit")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("owner", "Team that answers for it")
            .text("message", "What is wrong")
            .text("remedy", "What to write instead")
            .column("waived_until", DATE, "Last day of the waiver, UTC")
            .text("file", "File below the mesh directory")
            .number("line", "Line, from 1")
            .build();

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return mesh.visibleViolations().stream().map(PolicyViolationsTable::row);
    }

    private static Object[] row(VisibleViolation violation)
    {
        Optional<Violation> whole = violation.whole();
        return new Object[] {
                violation.check(),
                violation.policy(),
                severity(violation.today()),
                violation.enforcement().toString(),
                violation.product().domain(),
                violation.product().name(),
                violation.version().toString(),
                whole.map(Violation::owner).orElse(null),
                violation.message(),
                whole.map(Violation::remedy).orElse(null),
                whole.flatMap(Violation::waivedUntil).map(LocalDate::toEpochDay).orElse(null),
                whole.map(found -> found.position().file()).orElse(null),
                whole.map(found -> (long) found.position().line()).orElse(null),
        };
    }

    private static String severity(Enforcement enforcement)
    {
        return switch (enforcement) {
            case STRICT -> "error";
            case WARN -> "warning";
            case AUDIT, OFF -> "info";
        };
    }
}
