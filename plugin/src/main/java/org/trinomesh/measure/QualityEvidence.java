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

import org.trinomesh.measure.ManifestCounts.Counts;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What quality checks found out about data products, whoever ran them.
 */
public interface QualityEvidence
{
    QualityEvidence NONE = (_, _) -> Optional.empty();

    /**
     * How many of the checked rows, or checks, were right; empty while nobody checked.
     *
     * @param counts what the manifests of the product's tables count; asked for only where a check can be answered from them
     */
    Optional<Ratio> accuracy(DataProduct product, Supplier<Map<ProductTable, Counts>> counts);

    /**
     * @param evidence in plain words: who checked what
     */
    record Ratio(long passed, long checked, Instant at, String evidence)
    {
        public Ratio
        {
            checkArgument(checked > 0, "checked is not positive: %s", checked);
            checkArgument(passed >= 0 && passed <= checked, "passed is not from 0 to %s: %s", checked, passed);
            requireNonNull(at, "at is null");
            requireNonNull(evidence, "evidence is null");
        }
    }
}
