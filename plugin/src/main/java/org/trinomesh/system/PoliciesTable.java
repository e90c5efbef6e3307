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
import org.trinomesh.disclosure.VisibleRule;
import org.trinomesh.problem.Position;

import java.time.LocalDate;
import java.util.stream.Stream;

import static io.trino.spi.type.DateType.DATE;
import static java.util.Locale.ENGLISH;

final class PoliciesTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("policies", "The rules that apply to you, and those about the data products you answer for; stewards of the mesh see all")
            .text("policy", "Policy, domain or data product that says it; NULL for a consumer of a contract")
            .text("rule", "Rule, with its policy")
            .text("kind", "classifications, masks, hiddenColumns, rowFilters, denials, grants or checks")
            .text("level", "global, domain or product")
            .text("domain", "Domain whose products it is about; NULL for all")
            .text("effect", "What it does: a mask, a row filter, permissions, how a check is enforced")
            .text("scope", "Which products and columns it is about, as far as you may know of them")
            .texts("principals", "To whom it applies; empty for everybody. Of a rule that is not yours to oversee, only what you are")
            .texts("except", "To whom it does not apply; NULL when that is not yours to know")
            .column("valid_from", DATE, "First day, UTC")
            .column("valid_until", DATE, "Last day, UTC")
            .text("description", "Why it is there")
            .text("file", "File below the mesh directory; NULL for what every mesh has")
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
        return mesh.visibleRules().stream().map(PoliciesTable::row);
    }

    private static Object[] row(VisibleRule rule)
    {
        return new Object[] {
                rule.policy().orElse(null),
                rule.name(),
                rule.kind(),
                rule.level().name().toLowerCase(ENGLISH),
                rule.domain().orElse(null),
                rule.effect(),
                rule.scope().toString(),
                SystemTableSchema.array(rule.principals()),
                rule.except().map(SystemTableSchema::array).orElse(null),
                rule.validity().from().map(LocalDate::toEpochDay).orElse(null),
                rule.validity().until().map(LocalDate::toEpochDay).orElse(null),
                rule.description().orElse(null),
                rule.position().map(Position::file).orElse(null),
                rule.position().map(position -> (long) position.line()).orElse(null),
        };
    }
}
