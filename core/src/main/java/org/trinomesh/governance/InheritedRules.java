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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins.Origin;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What rules say of the columns that a query shows as they are: who sees a column masked, or not at all, where it is published, sees
 * it so behind a query, too. What hides it from the publishing domain itself needs no repetition, because the query has only what the
 * domain sees.
 */
final class InheritedRules
{
    private final Mesh mesh;
    private final Function<DataProduct, Optional<CompiledProduct>> compiled;

    /**
     * @param compiled the products whose rules are applied already
     */
    InheritedRules(Mesh mesh, Function<DataProduct, Optional<CompiledProduct>> compiled)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.compiled = requireNonNull(compiled, "compiled is null");
    }

    /**
     * @return by table and column: {@code customer_value.email}
     */
    ListMultimap<String, AppliedRule> of(DataProduct product)
    {
        ImmutableListMultimap.Builder<String, AppliedRule> rules = ImmutableListMultimap.builder();
        for (ProductTable table : product.tables()) {
            table.query().ifPresent(query -> table.columns().forEach(column -> rules.putAll(key(table, column), of(product, query, column).distinct().toList())));
        }
        return rules.build();
    }

    static String key(ProductTable table, Column column)
    {
        return table.name() + "." + column.name();
    }

    private Stream<AppliedRule> of(DataProduct product, SqlQuery query, Column column)
    {
        Principal domain = new Principal(Principal.Kind.DOMAIN, product.domain());
        return mesh.origins().shown(mesh, query, product.domain(), column).stream()
                .flatMap(origin -> rules(origin)
                        .filter(rule -> !rule.audience().includes(domain))
                        .map(rule -> new AppliedRule(rule.rule(), rule.audience().withStewards(), fitted(rule.effect(), origin.column(), column))));
    }

    private Stream<AppliedRule> rules(Origin origin)
    {
        return compiled.apply(origin.table().product()).stream()
                .flatMap(source -> source.policy().tables().stream())
                .filter(table -> table.table().equals(origin.table().table().name()))
                .flatMap(table -> table.columns().stream())
                .filter(policy -> policy.column().path().equals(origin.column().name()))
                .map(ColumnPolicy::rules)
                .flatMap(List::stream);
    }

    /**
     * A mask was made for the type that the column has where it is published.
     */
    private static Effect fitted(Effect effect, Column source, Column column)
    {
        return effect instanceof Effect.MaskColumns && !source.type().equals(column.type()) ? new Effect.MaskColumns(new Mask.Null()) : effect;
    }
}
