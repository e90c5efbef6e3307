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

import org.trinomesh.conformance.Enforcement;
import org.trinomesh.conformance.Violation;
import org.trinomesh.disclosure.VisibleViolation;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code policy_violations}: conformance checks that data products violate.
 */
final class PolicyViolationsTable
        implements SystemRows<VisibleViolation>
{
    private static final SystemTableSchema<VisibleViolation> SCHEMA = SystemTableSchema.<VisibleViolation>table("policy_violations", "Conformance checks that data products you may discover violate; details are only for the product's owner and stewards")
            .text("check", DISCOVERER, "Check", VisibleViolation::check)
            .text("policy", DISCOVERER, "Policy the check belongs to", VisibleViolation::policy)
            .text("severity", DISCOVERER, "Severity today: error (the product is out of service), warning or info", row -> severity(row.today()))
            .text("enforcement", DISCOVERER, "Enforcement without a waiver: strict, warn or audit", row -> row.enforcement().toString())
            .text("domain", DISCOVERER, "Schema of the domain", row -> row.product().domain())
            .text("product", DISCOVERER, "Data product in SQL", row -> row.product().name())
            .text("version", DISCOVERER, "Version of the data product", row -> row.version().toString())
            .text("owner", RESPONSIBLE, "Team that answers for it", row -> row.whole().map(Violation::owner))
            .text("message", DISCOVERER, "What is wrong", VisibleViolation::message)
            .text("remedy", RESPONSIBLE, "What to write instead", row -> row.whole().map(Violation::remedy))
            .date("waived_until", RESPONSIBLE, "Last day of the waiver, UTC", row -> row.whole().flatMap(Violation::waivedUntil))
            .text("file", RESPONSIBLE, "File below the mesh directory", row -> row.whole().map(found -> found.position().file()))
            .number("line", RESPONSIBLE, "Line, from 1", row -> row.whole().map(found -> found.position().line()))
            .build();

    @Override
    public SystemTableSchema<VisibleViolation> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleViolation> rows(SystemRequest request)
    {
        return request.mesh().visibleViolations().stream();
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
