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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import org.trinomesh.governance.Visibility;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.problem.Position;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Writes an explanation for people, in columns.
 */
final class ExplanationText
{
    private final Explanation explanation;
    private final ImmutableList.Builder<String> lines = ImmutableList.builder();

    private record Row(String name, String access, String reason) {}

    ExplanationText(Explanation explanation)
    {
        this.explanation = requireNonNull(explanation, "explanation is null");
    }

    List<String> lines()
    {
        DataProduct product = explanation.product();
        Requester requester = explanation.requester();
        Position position = explanation.mesh().place(product.position());
        lines.add("%s %s (%s, owner %s), %s".formatted(product.qualifiedName(), product.version(), product.status().name().toLowerCase(ENGLISH), product.ownerOrNobody(), position));
        lines.add("for user %s%s%s on %s".formatted(requester.user(), names("groups", requester.groups()), names("roles", requester.roles()), explanation.day()));
        lines.add("");
        lines.add("%s: %s".formatted(Visibility.of(explanation.decision()), AccessText.of(explanation.decision().reason(), explanation.mesh())));
        if (explanation.steward()) {
            lines.add("steward of the product: " + (explanation.decision().isUnrestrictedSteward() ? "also reads its metadata tables" : "does not read its metadata tables, because rules hide something"));
        }
        if (explanation.share()) {
            lines.add("may share: views of the user may run as their owner");
        }
        explanation.tables().forEach(this::table);
        if (!explanation.violations().isEmpty()) {
            lines.add("");
            lines.add("violations");
            explanation.violations().forEach(violation -> lines.add("  %s (%s): %s; %s (%s)".formatted(violation.check(), AccessText.enforcement(violation, explanation.day()), violation.message(), violation.remedy(), violation.position())));
        }
        return lines.build();
    }

    private static String names(String kind, Set<String> names)
    {
        return names.isEmpty() ? "" : ", " + kind + " " + names.stream().sorted().map(ExplanationText::name).collect(joining(", "));
    }

    /**
     * As the option for lists takes it.
     */
    private static String name(String name)
    {
        return name.contains(",") ? "\"" + name.replace("\"", "\"\"") + "\"" : name;
    }

    private void table(String name, TableAccess access)
    {
        lines.add("");
        lines.add(explanation.decision().isReadable() ? name : name + ", if it were readable");
        ImmutableList.Builder<Row> builder = ImmutableList.builder();
        access.columns().forEach((column, seen) -> builder.add(new Row(
                column,
                seen.toString(),
                Stream.concat(AccessText.reason(seen).stream(), Optional.ofNullable(explanation.declassified().get(name).get(column)).stream())
                        .map(reason -> AccessText.of(reason, explanation.mesh()))
                        .collect(joining("; ")))));
        builder.add(access.rows()
                .map(rows -> new Row("(rows)", rows.filter().toString(), AccessText.of(rows.reasons(), explanation.mesh())))
                .orElse(new Row("(rows)", "all", "")));
        List<Row> rows = builder.build();
        int nameWidth = rows.stream().mapToInt(row -> row.name().length()).max().orElse(1);
        int accessWidth = rows.stream().mapToInt(row -> row.access().length()).max().orElse(1);
        rows.forEach(row -> lines.add(("  %-" + nameWidth + "s  %-" + accessWidth + "s  %s").formatted(row.name(), row.access(), row.reason()).stripTrailing()));
    }
}
