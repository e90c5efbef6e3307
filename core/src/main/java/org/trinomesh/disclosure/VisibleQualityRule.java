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
package org.trinomesh.disclosure;

import com.google.common.base.Suppliers;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A quality rule of a data product that a requester may discover, none of whose columns is hidden from it.
 *
 * @param view the quality view that checks it, when the requester has that view
 */
public record VisibleQualityRule(VisibleProduct visible, MeshTable table, QualityRule rule, Supplier<Optional<String>> view)
        implements ProductFact
{
    public VisibleQualityRule
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(table, "table is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(view, "view is null");
    }

    public static Stream<VisibleQualityRule> of(VisibleProduct visible)
    {
        // For all rules of the product, and only when somebody asks
        Supplier<Optional<String>> view = Suppliers.memoize(() -> VisibleQualityViews.nameOf(visible));
        if (visible.product().qualityRules().isEmpty()) {
            return Stream.of();
        }
        return visible.tables().flatMap(table -> VisibleQuality.rules(visible.mesh(), table).map(rule -> new VisibleQualityRule(visible, table, rule, view)));
    }

    /**
     * What is counted. Nobody knows what a query reads, so its text is for stewards.
     */
    public Optional<String> expression()
    {
        return rule.condition() instanceof QualityCondition.Query && !visible.is(Closeness.STEWARD) ? Optional.empty() : Optional.of(rule.condition().words());
    }

    /**
     * What the counted number must be, when the mesh counts it.
     */
    public Optional<String> threshold()
    {
        return isElsewhere() ? Optional.empty() : Optional.of(rule.threshold().toString());
    }

    public Optional<String> viewName()
    {
        return isElsewhere() ? Optional.empty() : view.get();
    }

    private boolean isElsewhere()
    {
        return rule.condition() instanceof QualityCondition.Elsewhere;
    }
}
