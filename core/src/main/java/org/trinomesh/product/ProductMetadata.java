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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a data product's team says about it, to people and to governance.
 *
 * @param owner empty when nobody owns it, which is a violation of the built-in policies
 * @param terms what a product of the Open Data Product Standard says beside
 */
public record ProductMetadata(
        Status status,
        String owner,
        String description,
        ProductClassification classification,
        Set<String> tags,
        List<SupportChannel> support,
        Discovery discovery,
        Optional<Terms> terms)
{
    public ProductMetadata
    {
        requireNonNull(status, "status is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        support = ImmutableList.copyOf(requireNonNull(support, "support is null"));
        requireNonNull(discovery, "discovery is null");
        requireNonNull(terms, "terms is null");
    }
}
