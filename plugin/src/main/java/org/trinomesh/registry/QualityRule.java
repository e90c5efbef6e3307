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
package org.trinomesh.registry;

import org.trinomesh.descriptor.QualityDescriptor;

import static java.util.Objects.requireNonNull;

/**
 * A data quality rule of a product.
 *
 * @param name what it is called, without another of that name in the product
 */
public record QualityRule(String name, QualityDescriptor rule)
{
    public QualityRule
    {
        requireNonNull(name, "name is null");
        requireNonNull(rule, "rule is null");
    }
}
