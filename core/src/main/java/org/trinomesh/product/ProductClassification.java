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
package org.trinomesh.product;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How a document classifies its product. A field that is added here is read where documents are read, and is known wherever
 * the product is.
 *
 * @param archetype what {@code classification.type} says, free text: source-aligned, aggregate, consumer-aligned
 * @param tier {@code gold}, {@code silver} or {@code bronze}
 * @param pii whether it has data about persons
 * @param confidentiality what {@code governance.dataClassification} says of the whole product, {@code confidential}
 */
public record ProductClassification(Optional<String> archetype, Optional<String> tier, boolean pii, Optional<String> confidentiality)
{
    public ProductClassification
    {
        requireNonNull(archetype, "archetype is null");
        requireNonNull(tier, "tier is null");
        requireNonNull(confidentiality, "confidentiality is null");
    }

    public static ProductClassification ofArchetype(Optional<String> archetype)
    {
        return new ProductClassification(archetype, Optional.empty(), false, Optional.empty());
    }
}
