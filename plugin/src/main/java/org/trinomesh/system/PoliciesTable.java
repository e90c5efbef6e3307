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

import org.trinomesh.disclosure.VisibleRule;
import org.trinomesh.problem.Position;

import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code policies}: the rules that the requester may know.
 */
final class PoliciesTable
        implements SystemRows<VisibleRule>
{
    private static final SystemTableSchema<VisibleRule> SCHEMA = SystemTableSchema.<VisibleRule>table("policies", "The rules that apply to you, and those about the data products you answer for; stewards of the mesh see all")
            .text("policy", DISCOVERER, "Policy, domain or data product that has the rule; NULL for a consumer of a contract", VisibleRule::policy)
            .text("rule", DISCOVERER, "Rule, with its policy", VisibleRule::name)
            .text("kind", DISCOVERER, "classifications, masks, hiddenColumns, rowFilters, denials, grants, declassify or checks", VisibleRule::kind)
            .text("level", DISCOVERER, "global, domain or product", row -> row.level().name().toLowerCase(ENGLISH))
            .text("domain", DISCOVERER, "Domain whose products it is about; NULL for all", VisibleRule::domain)
            .text("effect", DISCOVERER, "What it does: a mask, a row filter, permissions, how a check is enforced", VisibleRule::effect)
            .text("scope", DISCOVERER, "Which products and columns it is about, as far as you may know of them", row -> row.scope().toString())
            .texts("principals", DISCOVERER, "To whom it applies; empty for everybody. For a rule that you do not oversee, only the principals that you are", VisibleRule::principals)
            .texts("except", DISCOVERER, "To whom it does not apply; NULL when you may not know that", VisibleRule::except)
            .date("valid_from", DISCOVERER, "First day, UTC", row -> row.validity().from())
            .date("valid_until", DISCOVERER, "Last day, UTC", row -> row.validity().until())
            .text("description", DISCOVERER, "Why it is there", VisibleRule::description)
            .text("file", DISCOVERER, "File below the mesh directory; NULL for built-in checks", row -> row.position().map(Position::file))
            .number("line", DISCOVERER, "Line, from 1", row -> row.position().map(Position::line))
            .build();

    @Override
    public SystemTableSchema<VisibleRule> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleRule> rows(SystemRequest request)
    {
        return request.mesh().visibleRules().stream();
    }
}
