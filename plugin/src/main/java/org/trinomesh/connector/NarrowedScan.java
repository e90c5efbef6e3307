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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableMap;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.expression.Constant;
import io.trino.spi.expression.Variable;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.TableStatistics;
import org.trinomesh.storage.ServedTable;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Ensures that conditions and statistics of a restricted table reveal no more than its visible rows, and passes the conditions of all
 * readers to Iceberg's reader in a form that it evaluates. A condition that may not decide what is read goes back to the engine, which
 * evaluates it on what the reader sees.
 */
final class NarrowedScan
{
    private final ScanAccess access;
    private final ServedTable table;

    NarrowedScan(ScanAccess access, ServedTable table)
    {
        this.access = requireNonNull(access, "access is null");
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * @param columns the columns of the table, when rows of it are hidden
     */
    Constraint pushed(Constraint constraint, Collection<ColumnHandle> columns)
    {
        return new Constraint(
                constraint.getSummary().filter((column, _) -> mayNarrow(column)).intersect(skipping(columns)).transformDomains((column, domain) -> partitions(column) ? FilterDomains.withoutLists(domain) : domain),
                mayNarrow(constraint.getExpression(), constraint.getAssignments()) ? constraint.getExpression() : Constant.TRUE,
                constraint.getAssignments());
    }

    private TupleDomain<ColumnHandle> skipping(Collection<ColumnHandle> columns)
    {
        TupleDomain<ColumnHandle> filter = filter(columns);
        // Where no row is visible the engine reads nothing anyway
        return filter.isNone() ? TupleDomain.all() : filter;
    }

    /**
     * The parts of the table that the row filter itself allows to skip, whatever the reader asks for.
     */
    TupleDomain<ColumnHandle> filter(Collection<ColumnHandle> columns)
    {
        ImmutableMap.Builder<ColumnHandle, Domain> domains = ImmutableMap.builder();
        for (ColumnHandle column : columns) {
            // What the engine compares with an open column may be of another type
            name(column).filter(name -> access.isFiltered(name) && !table.open().contains(name))
                    .flatMap(name -> FilterDomains.of(access.filter().orElseThrow(), name, ((IcebergColumnHandle) column).getType()))
                    .ifPresent(domain -> domains.put(column, domain));
        }
        return TupleDomain.withColumnDomains(domains.buildOrThrow());
    }

    /**
     * The values of the rows that the reader may see, by all columns that the row filter compares but those whose type only the table knows.
     */
    TupleDomain<ColumnHandle> visibleRows(Collection<ColumnHandle> columns)
    {
        TupleDomain<ColumnHandle> visible = filter(columns);
        Set<String> filtered = visible.getDomains().orElse(ImmutableMap.of()).keySet().stream().flatMap(column -> name(column).stream()).collect(toImmutableSet());
        // The engine's own condition relies on it for rows with NULL
        checkState(
                visible.isNone() || access.filter().stream().flatMap(rows -> rows.comparisons().stream()).allMatch(comparison -> table.open().contains(comparison.column()) || filtered.contains(comparison.column())),
                "A column of the row filter of %s is not filtered",
                table.name());
        return visible;
    }

    /**
     * The condition that the engine still has to evaluate, as the engine wrote it. The engine accepts only a part of its own
     * condition, but Iceberg's reader returns the one that it was given, in which a list of texts is a list of ranges and which may
     * contain the row filter.
     */
    ConstraintApplicationResult<IcebergTableHandle> withKept(ConstraintApplicationResult<IcebergTableHandle> result, Constraint constraint)
    {
        Map<ColumnHandle, Domain> asked = constraint.getSummary().getDomains().orElseThrow();
        Map<ColumnHandle, Domain> unenforced = result.getRemainingFilter().getDomains().orElseThrow();
        ImmutableMap.Builder<ColumnHandle, Domain> remaining = ImmutableMap.builder();
        asked.forEach((column, domain) -> {
            if (!mayNarrow(column)) {
                remaining.put(column, domain);
            }
            else if (unenforced.containsKey(column)) {
                remaining.put(column, domain.intersect(unenforced.get(column)));
            }
        });
        // What was extracted from an expression and removed from it. The row filter itself is not returned to the engine here
        unenforced.forEach((column, domain) -> {
            if (!asked.containsKey(column) && mayNarrow(column) && constraint.getAssignments().containsValue(column)) {
                remaining.put(column, domain);
            }
        });
        ConnectorExpression expression = mayNarrow(constraint.getExpression(), constraint.getAssignments())
                ? result.getRemainingExpression().orElse(constraint.getExpression())
                : constraint.getExpression();
        return new ConstraintApplicationResult<>(result.getHandle(), TupleDomain.withColumnDomains(remaining.buildOrThrow()), expression, result.isPrecalculateStatistics());
    }

    /**
     * If no rows are hidden, the statistics of clear columns only say what the reader could count. If rows are hidden, there
     * are no statistics.
     */
    TableStatistics statistics(Supplier<TableStatistics> ofTable)
    {
        if (!access.restricted()) {
            return ofTable.get();
        }
        if (access.someRows()) {
            // Not even computed
            return TableStatistics.empty();
        }
        TableStatistics statistics = ofTable.get();
        Map<ColumnHandle, ColumnStatistics> columns = statistics.getColumnStatistics().entrySet().stream()
                .filter(column -> name(column.getKey()).filter(access.clear()::contains).isPresent())
                .collect(toImmutableMap(Map.Entry::getKey, Map.Entry::getValue));
        return new TableStatistics(statistics.getRowCount(), columns);
    }

    private boolean mayNarrow(ConnectorExpression expression, Map<String, ColumnHandle> assignments)
    {
        return variables(expression).allMatch(variable -> Optional.ofNullable(assignments.get(variable.getName())).filter(this::mayNarrow).isPresent());
    }

    private static Stream<Variable> variables(ConnectorExpression expression)
    {
        return expression instanceof Variable variable ? Stream.of(variable) : expression.getChildren().stream().flatMap(NarrowedScan::variables);
    }

    private boolean mayNarrow(ColumnHandle column)
    {
        int fieldId = ((IcebergColumnHandle) column).getBaseColumn().getId();
        return access.mayNarrow(name(column), isOneValueInEveryFile(fieldId));
    }

    /**
     * Whether any file was written to a partition that is made of the column's values.
     */
    private boolean partitions(ColumnHandle column)
    {
        int fieldId = ((IcebergColumnHandle) column).getBaseColumn().getId();
        return table.specs().values().stream().anyMatch(spec -> !spec.getFieldsBySourceId(fieldId).isEmpty());
    }

    /**
     * Files stay as the partitioning of their time made them, and an older version consists of older files.
     */
    private boolean isOneValueInEveryFile(int fieldId)
    {
        return table.specs().values().stream()
                .allMatch(spec -> spec.fields().stream().anyMatch(field -> field.sourceId() == fieldId && field.transform().isIdentity()));
    }

    private Optional<String> name(ColumnHandle column)
    {
        return table.columnName(((IcebergColumnHandle) column).getBaseColumn().getId());
    }
}
