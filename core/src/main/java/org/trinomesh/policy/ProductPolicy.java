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
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Principal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Everything that any rule says about one product, made once for a generation of the mesh, so that a query only asks which of
 * it applies to whom.
 *
 * @param findable whether those who may discover the whole mesh see it
 * @param closings why the product is out of service, now or from a day on
 */
public record ProductPolicy(DataProduct product, boolean findable, List<AppliedGrant> grants, List<AppliedRule> denials, List<TablePolicy> tables, List<Closing> closings)
{
    public ProductPolicy
    {
        requireNonNull(product, "product is null");
        grants = ImmutableList.copyOf(requireNonNull(grants, "grants is null"));
        denials = ImmutableList.copyOf(requireNonNull(denials, "denials is null"));
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        closings = ImmutableList.copyOf(requireNonNull(closings, "closings is null"));
    }

    /**
     * A policy without grants: nobody can read or discover the product.
     */
    public static ProductPolicy closed(DataProduct product, Reason reason)
    {
        return new ProductPolicy(
                product,
                false,
                ImmutableList.of(),
                ImmutableList.of(),
                product.tables().stream()
                        .map(table -> new TablePolicy(
                                table.name(),
                                table.columns().stream()
                                        .map(column -> closed(product, column))
                                        .collect(toImmutableList()),
                                ImmutableList.of()))
                        .collect(toImmutableList()),
                ImmutableList.of(Closing.always(reason)));
    }

    private static ColumnPolicy closed(DataProduct product, Column column)
    {
        ColumnAttributes attributes = ColumnAttributes.of(column.name(), ImmutableList.of(), column.type(), column.classification().or(product::classification), column.tags(), column.identifier());
        return new ColumnPolicy(attributes, ColumnFields.all(attributes, column.fields(), IdentifierTypes.unknown(product.domain()), UnaryOperator.identity()), ImmutableList.of(), Optional.empty(), false, false);
    }

    public ProductPolicy with(List<Closing> more)
    {
        return more.isEmpty() ? this : new ProductPolicy(product, findable, grants, denials, tables, ImmutableList.<Closing>builder().addAll(closings).addAll(more).build());
    }

    /**
     * The principals that the rules name. All others are treated alike.
     */
    public Set<Principal> mentions()
    {
        return Stream.of(
                        grants.stream().flatMap(grant -> Stream.concat(Stream.of(grant.principal()), grant.except().stream())),
                        rules().flatMap(rule -> rule.audience().mentions()),
                        owners(product.owner()).stream())
                .flatMap(principals -> principals)
                .collect(toImmutableSet());
    }

    /**
     * The moments at which a decision changes by itself.
     */
    public Stream<Instant> changes()
    {
        return Stream.of(
                        grants.stream().flatMap(grant -> grant.validity().changes()),
                        rules().flatMap(rule -> rule.rule().validity().changes()),
                        closings.stream().map(Closing::from).filter(from -> from.isAfter(Instant.MIN)))
                .flatMap(moments -> moments);
    }

    public Optional<Closing> closing(Instant now)
    {
        return closings.stream().filter(closing -> !closing.from().isAfter(now)).findFirst();
    }

    /**
     * Whom the name of an owner means: a user, a group or a role.
     */
    public static Set<Principal> owners(String owner)
    {
        return owner.isBlank() ? ImmutableSet.of() : ImmutableSet.of(new Principal(Principal.Kind.USER, owner), new Principal(Principal.Kind.ROLE, owner));
    }

    /**
     * By table and column of a query, the rule that keeps the column from inheriting what its sources say.
     */
    public Map<String, Map<String, Rule>> declassified()
    {
        return tables.stream().collect(toImmutableMap(TablePolicy::table, TablePolicy::declassified, (first, _) -> first));
    }

    /**
     * Every rule about the product or a part of it, except the grants.
     */
    public Stream<AppliedRule> rules()
    {
        return Stream.concat(
                denials.stream(),
                tables.stream().flatMap(table -> Stream.concat(table.rowFilters().stream(), table.columns().stream().flatMap(column -> column.rules().stream()))));
    }
}
