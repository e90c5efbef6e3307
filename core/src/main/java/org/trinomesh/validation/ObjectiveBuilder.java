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
package org.trinomesh.validation;

import com.google.common.base.Splitter;
import org.trinomesh.descriptor.ObjectiveDescriptor;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.product.ServiceLevelObjective.ColumnReference;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Builds objectives from what is written. An objective whose target cannot be read is still a promise: it is shown with a
 * warning, and not measured.
 */
final class ObjectiveBuilder
{
    private static final Pattern BY_COLUMN = Pattern.compile("columns?\\s*(?:\\(\\s*([^()]{1,512}?)\\s*\\)|:\\s*(\\S{1,512}))");
    private static final Pattern BY_HEARTBEAT = Pattern.compile("heartbeat(?:\\s*\\(\\s*([^()\\s]{1,128})\\s*\\)|:(\\S{1,128}))?");
    private static final String HEARTBEAT = "mesh.heartbeat";

    private final Collection<ProductTable> tables;
    private final Problems problems;

    /**
     * @param tables those of the product; without any, columns cannot be checked
     */
    ObjectiveBuilder(Collection<ProductTable> tables, Problems problems)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    Optional<ServiceLevelObjective> build(ObjectiveDescriptor written)
    {
        return written.target().map(target -> {
            ObjectiveKind kind = ObjectiveKind.of(property(written.name()));
            Optional<ObjectiveTarget> value = ObjectiveTargets.parse(kind, target, written.unit(), written.schedule());
            if (value.isEmpty() && kind != ObjectiveKind.UNKNOWN) {
                problems.warning(
                        written.position(),
                        "the target '%s' of %s cannot be read, so nothing measures it".formatted(target, written.name()),
                        kind.remedy());
            }
            ObjectiveKind.probablyMeant(property(written.name())).ifPresent(meant -> problems.warning(
                    written.position(),
                    "there is no kind of objective '%s', so nothing measures it".formatted(written.name()),
                    "write '%s', or another name that is not so near to it".formatted(meant)));
            Basis basis = basis(written);
            if (kind != ObjectiveKind.UNKNOWN) {
                checkColumns(written, basis);
            }
            return new ServiceLevelObjective(written.name(), kind, target, value, written.unit(), written.measurement(), basis, written.description());
        });
    }

    /**
     * The objective in a name that also contains its use: {@code latency (regulatory)}.
     */
    private static String property(String name)
    {
        int use = name.indexOf(" (");
        return use < 0 ? name : name.substring(0, use);
    }

    private Basis basis(ObjectiveDescriptor written)
    {
        if (written.element().isPresent()) {
            return columns(written.element().get());
        }
        String measurement = written.measurement().orElse("").strip();
        Matcher column = BY_COLUMN.matcher(measurement);
        if (column.matches()) {
            return columns(column.group(1) == null ? column.group(2) : column.group(1));
        }
        Matcher heartbeat = BY_HEARTBEAT.matcher(measurement);
        if (heartbeat.matches()) {
            return new Basis.Heartbeat(heartbeat.group(1) == null ? Optional.ofNullable(heartbeat.group(2)).orElse(HEARTBEAT) : heartbeat.group(1));
        }
        return new Basis.Usual();
    }

    private Basis columns(String text)
    {
        List<ColumnReference> columns = Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(text)
                .map(this::column)
                .collect(toImmutableList());
        return columns.isEmpty() ? new Basis.Usual() : new Basis.Columns(columns);
    }

    /**
     * {@code updated_at} or, as ODCS has it, {@code orders.updated_at}: a table that the product does not have so is how the
     * contract calls it, where the product has one.
     */
    private ColumnReference column(String text)
    {
        String name = text.toLowerCase(ENGLISH);
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return new ColumnReference(Optional.empty(), name);
        }
        String table = name.substring(name.lastIndexOf('.', dot - 1) + 1, dot).replace('-', '_');
        Optional<String> known = tables.stream()
                .map(ProductTable::name)
                .filter(candidate -> candidate.equals(table) || candidate.endsWith("__" + table))
                .findFirst();
        return new ColumnReference(tables.size() <= 1 ? Optional.empty() : Optional.of(known.orElse(table)), name.substring(dot + 1));
    }

    private void checkColumns(ObjectiveDescriptor written, Basis basis)
    {
        if (!(basis instanceof Basis.Columns(List<ColumnReference> columns)) || tables.isEmpty()) {
            return;
        }
        columns.stream()
                .filter(reference -> tables.stream()
                        .filter(reference::isOf)
                        .flatMap(table -> table.columns().stream())
                        .noneMatch(column -> column.name().equals(reference.column())))
                .forEach(reference -> problems.warning(
                        written.position(),
                        "%s is measured by column '%s', which the product does not promise, so nothing measures it".formatted(written.name(), reference),
                        "write a column of the product"));
    }
}
