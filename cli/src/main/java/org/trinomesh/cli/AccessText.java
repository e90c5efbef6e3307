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
import org.trinomesh.conformance.Violation;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;

/**
 * Describes in a few words what a requester sees.
 */
final class AccessText
{
    private AccessText() {}

    /**
     * {@code 3 columns clear, email email-domain, rows region IN ('WEST')}, table by table.
     */
    static String of(Map<String, TableAccess> tables)
    {
        if (tables.size() == 1) {
            return of(tables.values().iterator().next());
        }
        return tables.entrySet().stream().map(entry -> entry.getKey() + ": " + of(entry.getValue())).collect(joining("; "));
    }

    private static String of(TableAccess table)
    {
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        long clear = table.columns().values().stream().filter(column -> column instanceof ColumnAccess.Clear).count();
        parts.add(clear == table.columns().size() ? "all columns clear" : Count.of(clear, "column") + " clear");
        table.columns().forEach((name, column) -> {
            if (!(column instanceof ColumnAccess.Clear)) {
                parts.add(name + " " + column);
            }
        });
        table.rows().ifPresent(rows -> parts.add("rows " + rows.filter()));
        return String.join(", ", parts.build());
    }

    /**
     * What a violation causes on a day, in UTC.
     */
    static String enforcement(Violation violation, LocalDate day)
    {
        String enforcement = violation.enforcement(day).name().toLowerCase(ENGLISH);
        return violation.isWaived(day) ? "%s, waived until %s".formatted(enforcement, violation.waivedUntil().orElseThrow()) : enforcement;
    }

    static Optional<Reason> reason(ColumnAccess access)
    {
        return switch (access) {
            case ColumnAccess.Clear _ -> Optional.empty();
            case ColumnAccess.Masked masked -> Optional.of(masked.reason());
            case ColumnAccess.Hidden(Reason reason) -> Optional.of(reason);
        };
    }

    static String of(Reason reason, LoadedMesh mesh)
    {
        return reason.text() + reason.rule().map(position -> " (" + mesh.place(position) + ")").orElse("");
    }

    static String of(List<Reason> reasons, LoadedMesh mesh)
    {
        return reasons.stream().map(reason -> of(reason, mesh)).distinct().collect(joining(", "));
    }
}
