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
import org.trinomesh.diff.AccessChange;
import org.trinomesh.diff.AccessChange.Effect;
import org.trinomesh.diff.AccessChange.Subject;
import org.trinomesh.diff.AccessDiff;
import org.trinomesh.diff.ProductDifference;
import org.trinomesh.diff.ProductDifference.Presence;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.VersionBump;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Writes differences for people: by product, then by principal, one line a change.
 */
final class DiffText
{
    private final Differences differences;
    private final LoadedMesh after;
    private final ImmutableList.Builder<String> lines = ImmutableList.builder();

    DiffText(Differences differences)
    {
        this.differences = requireNonNull(differences, "differences is null");
        this.after = differences.after();
    }

    List<String> lines()
    {
        if (differences.isEmpty()) {
            return ImmutableList.of("No difference in who sees what");
        }
        access(differences.now());
        differences.later().forEach((day, diff) -> {
            lines.add("from " + day + " on");
            lines.add("");
            access(diff);
        });
        if (differences.moreDays()) {
            lines.add("rules begin or end on more days than were compared; compare those days with --on");
            lines.add("");
        }
        if (!differences.contracts().isEmpty() || !differences.ended().isEmpty()) {
            lines.add("contracts");
            differences.ended().forEach(ended -> lines.add("  %s (%s)".formatted(ended, ended.after().map(product -> after.place(product.position())).orElseGet(() -> differences.before().place(ended.before().position())))));
            differences.contracts().forEach(this::contract);
            lines.add("");
        }
        long additions = differences.count(AccessDiff::additions);
        lines.add("%s%s, %s, %s".formatted(
                Count.of(differences.count(AccessDiff::gains), "gain"),
                additions == 0 ? "" : ", " + Count.of(additions, "addition"),
                Count.of(differences.count(AccessDiff::losses), "loss", "losses"),
                Count.of(Stream.concat(Stream.of(differences.now()), differences.later().values().stream()).flatMap(diff -> diff.products().stream()).map(ProductDifference::product).distinct().count(), "product")));
        return lines.build();
    }

    private void access(AccessDiff diff)
    {
        if (!diff.mesh().isEmpty() || !diff.platform().isEmpty()) {
            lines.add("the mesh");
            diff.mesh().forEach((principal, change) -> changes(principal, Optional.empty(), ImmutableList.of(change)));
            diff.platform().forEach(change -> lines.add("    %-2s %s%s".formatted(mark(change.effect()), change.effect().isGain() ? "" : "no longer: ", change.text())));
            lines.add("");
        }
        diff.products().forEach(this::product);
        if (!diff.ended().isEmpty()) {
            lines.add("rules");
            diff.ended().forEach(ended -> lines.add("    +  " + ended));
            lines.add("");
        }
        if (!diff.come().isEmpty() || !diff.gone().isEmpty()) {
            lines.add("violations");
            diff.come().forEach(violation -> violation("comes", violation, after));
            diff.gone().forEach(violation -> violation("goes", violation, differences.before()));
            lines.add("");
        }
    }

    private static String mark(Effect effect)
    {
        return switch (effect) {
            case GAIN -> "+";
            case LOSS -> "-";
            case BOTH -> "+-";
            case ADDITION -> "*";
        };
    }

    private void product(ProductDifference product)
    {
        lines.add(product.name() + (product.presence() == Presence.STAYS ? "" : " " + product.presence()));
        product.changes().forEach((viewer, changes) -> changes(viewer, Optional.of(product.name()), changes));
        lines.add("");
    }

    private void changes(String viewer, Optional<String> product, List<AccessChange> changes)
    {
        lines.add("  " + viewer);
        int width = changes.stream().mapToInt(change -> name(change, product).length()).max().orElse(0);
        for (AccessChange change : changes) {
            lines.add("    %-2s %s  %s -> %s%s%s%s".formatted(
                    mark(change.effect()),
                    padded(name(change, product), width),
                    change.before(),
                    change.after(),
                    change.tables().isEmpty() ? "" : (change.effect().isLoss() ? ", it was " : ": ") + AccessText.of(change.tables()),
                    change.note().map(note -> ", " + note).orElse(""),
                    change.reason().map(reason -> "; " + AccessText.of(reason, after)).orElse("")));
        }
    }

    private void contract(ProductChange change)
    {
        String step = change.bump() == VersionBump.NONE ? "still " + change.after().version() : change.before().version() + " -> " + change.after().version();
        lines.add("  %s %s%s".formatted(change.after().qualifiedName(), step, demand(change)));
        for (SchemaChange part : change.changes()) {
            lines.add("    %-10s %-5s %s (%s)".formatted(part.severity(), part.requiredBump(), part.message(), after.place(change.position(part))));
        }
    }

    private static String demand(ProductChange change)
    {
        if (change.isBreach()) {
            return ": refused, it needs version %s in a folder of its own".formatted(VersionBump.MAJOR.next(change.before().version()));
        }
        if (change.bump().compareTo(change.requiredBump()) < 0) {
            return ": it should be version %s".formatted(change.requiredBump().next(change.before().version()));
        }
        return "";
    }

    private void violation(String happens, Violation violation, LoadedMesh mesh)
    {
        Violation placed = mesh.placed(violation);
        lines.add("  %-5s %s.%s: %s (%s): %s (%s)".formatted(
                happens,
                placed.product().domain(),
                placed.product().name(),
                placed.check(),
                AccessText.enforcement(placed, differences.day()),
                placed.message(),
                placed.position()));
    }

    /**
     * The part of the product that the change is about; its main table needs no name.
     */
    private static String name(AccessChange change, Optional<String> product)
    {
        String part = change.column().map(column -> change.subject() == Subject.SOURCE ? column + " source" : column).orElseGet(() -> change.subject().toString());
        Optional<String> other = change.table().filter(table -> !isMain(table, product));
        return other.map(table -> table + "." + part).orElse(part);
    }

    private static boolean isMain(String table, Optional<String> product)
    {
        return product.filter(name -> name.endsWith("." + table) || name.contains("." + table + "_v")).isPresent();
    }

    private static String padded(String text, int width)
    {
        return text + " ".repeat(width - text.length());
    }
}
