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

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A rule of the whole mesh that no longer applies to a product or to one of its columns, or applies there to fewer people.
 *
 * @param rule its name
 * @param effect what it did
 * @param productName its qualified name, with the major version where there are several
 * @param forFewer whether it goes on for fewer people
 */
public record EndedRule(String rule, String effect, ProductId product, SemanticVersion version, String productName, Optional<String> column, boolean forFewer)
{
    public EndedRule
    {
        requireNonNull(rule, "rule is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(product, "product is null");
        requireNonNull(version, "version is null");
        requireNonNull(productName, "productName is null");
        requireNonNull(column, "column is null");
    }

    public static EndedRule of(AppliedRule rule, DataProduct product, String productName, Optional<String> column, boolean forFewer)
    {
        return new EndedRule(rule.rule().name().toString(), rule.effect().toString(), product.id(), product.version(), productName, column, forFewer);
    }

    @Override
    public String toString()
    {
        return "rule %s (%s) %s %s%s".formatted(rule, effect, forFewer ? "applies to fewer people at" : "no longer applies to", productName, column.map(name -> "." + name).orElse(""));
    }
}
