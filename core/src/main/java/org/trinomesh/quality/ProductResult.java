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
package org.trinomesh.quality;

import org.trinomesh.openlineage.ObservedAssertion;

import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The last result of a check, as one of a data product.
 *
 * @param result with the name that the product has for the column
 * @param columnPromised whether the product promises the column. One that it does not promise has the name that the tool wrote, which
 *         may be the name of another column of the product: nobody knows who may see it
 */
public record ProductResult(ObservedAssertion result, boolean columnPromised)
{
    public ProductResult
    {
        requireNonNull(result, "result is null");
        checkArgument(columnPromised || result.column().isPresent(), "a result of no column has no column that is not promised");
    }

    static ProductResult of(ObservedAssertion result, DatasetMapping.Checked checked)
    {
        Optional<String> promised = result.column().flatMap(checked.columns());
        return promised.isPresent() ? new ProductResult(result.withColumn(promised), true) : new ProductResult(result, result.column().isEmpty());
    }
}
