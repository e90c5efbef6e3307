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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Permission;
import org.trinomesh.product.ProductTable;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.naturalOrder;

/**
 * Computes what is allowed for a product that is served in its previous version because its new document is refused: only
 * what both versions allow. So a right can be taken away before the rest of the document is correct, and a refused document
 * grants nothing.
 */
public final class Restraint
{
    private Restraint() {}

    /**
     * The tables that are served, with what the refused document says about protecting their columns.
     */
    public static List<ProductTable> tables(DataProduct served, DataProduct refused)
    {
        return served.tables().stream()
                .map(table -> refused.tables().stream()
                        .filter(other -> other.name().equals(table.name()))
                        .findFirst()
                        .map(other -> table(table, other))
                        .orElse(table))
                .collect(toImmutableList());
    }

    private static ProductTable table(ProductTable served, ProductTable refused)
    {
        Map<String, Column> columns = Maps.uniqueIndex(refused.columns(), Column::name);
        return new ProductTable(
                served.name(),
                served.main(),
                served.source(),
                served.folders(),
                served.columns().stream()
                        .map(column -> Optional.ofNullable(columns.get(column.name())).map(other -> column(column, other)).orElse(column))
                        .collect(toImmutableList()),
                served.description());
    }

    /**
     * The type stays what is served, so that masks fit it.
     */
    private static Column column(Column served, Column refused)
    {
        return new Column(
                served.name(),
                served.type(),
                served.nullable(),
                served.description(),
                refused.classification(),
                refused.tags(),
                refused.identifier(),
                served.fieldId(),
                refused.mask(),
                refused.hidden(),
                // Descriptions of fields that the served type lacks cannot be applied to it
                served.type().equals(refused.type()) ? refused.fields() : served.fields(),
                served.details(),
                refused.position());
    }

    /**
     * @param refused what the refused document would say about the tables that are served
     */
    public static ProductPolicy of(ProductPolicy served, ProductPolicy refused)
    {
        return new ProductPolicy(
                served.product(),
                served.findable() && refused.findable(),
                grants(served.grants(), refused.grants()),
                rules(served.denials(), refused.denials()),
                served.tables().stream()
                        .map(table -> refused.tables().stream()
                                .filter(other -> other.table().equals(table.table()))
                                .findFirst()
                                .map(other -> table(table, other))
                                .orElse(table))
                        .collect(toImmutableList()),
                Stream.concat(served.closings().stream(), refused.closings().stream()).distinct().collect(toImmutableList()));
    }

    private static TablePolicy table(TablePolicy served, TablePolicy refused)
    {
        ImmutableList.Builder<ColumnPolicy> columns = ImmutableList.builder();
        for (int index = 0; index < served.columns().size(); index++) {
            ColumnPolicy column = served.columns().get(index);
            columns.add(new ColumnPolicy(
                    column.column(),
                    column.fields(),
                    rules(column.rules(), refused.columns().get(index).rules()).stream()
                            .sorted(AppliedRule.STRICTEST_FIRST)
                            .collect(toImmutableList()),
                    column.declassified(),
                    column.declassifiedByMesh(),
                    column.maskedBefore()));
        }
        return new TablePolicy(served.table(), columns.build(), rules(served.rowFilters(), refused.rowFilters()));
    }

    private static List<AppliedGrant> grants(List<AppliedGrant> served, List<AppliedGrant> refused)
    {
        return served.stream()
                .flatMap(grant -> refused.stream()
                        .filter(other -> other.principal().equals(grant.principal()))
                        .flatMap(other -> grant(grant, other).stream()))
                .distinct()
                .collect(toImmutableList());
    }

    private static Optional<AppliedGrant> grant(AppliedGrant served, AppliedGrant refused)
    {
        Set<Permission> permissions = Sets.intersection(served.permissions(), refused.permissions());
        if (permissions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AppliedGrant(
                served.principal(),
                ImmutableSet.copyOf(Sets.union(served.except(), refused.except())),
                ImmutableSet.copyOf(permissions),
                new Validity(
                        Stream.of(served.validity(), refused.validity()).flatMap(validity -> validity.from().stream()).max(naturalOrder()),
                        Stream.of(served.validity(), refused.validity()).<LocalDate>flatMap(validity -> validity.until().stream()).min(naturalOrder())),
                served.source(),
                served.position()));
    }

    private static List<AppliedRule> rules(List<AppliedRule> served, List<AppliedRule> refused)
    {
        return ImmutableList.<AppliedRule>builder()
                .addAll(served)
                .addAll(refused.stream().filter(rule -> served.stream().noneMatch(other -> isSame(rule, other))).iterator())
                .build();
    }

    /**
     * Positions are ignored: the line of a rule changes with every line above it.
     */
    private static boolean isSame(AppliedRule left, AppliedRule right)
    {
        return left.effect().equals(right.effect()) && left.audience().equals(right.audience()) && left.rule().validity().equals(right.rule().validity());
    }
}
