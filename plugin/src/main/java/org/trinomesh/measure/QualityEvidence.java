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
package org.trinomesh.measure;

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.quality.Accuracy;
import org.trinomesh.quality.TableCounts;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The results of quality checks on data products, from any tool.
 */
public interface QualityEvidence
{
    QualityEvidence NONE = (_, _) -> Optional.empty();

    /**
     * How many of the checked rows, or checks, were right; empty before the first check.
     *
     * @param counts what the manifests of the product's tables count; asked for only where a check can be answered from them
     */
    Optional<Accuracy> accuracy(DataProduct product, Supplier<Map<ProductTable, TableCounts>> counts);
}
