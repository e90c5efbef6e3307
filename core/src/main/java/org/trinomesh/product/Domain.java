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

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A domain of the mesh: a schema in SQL. One without a file of its own still exists by its products.
 *
 * @param name the SQL schema name
 * @param displayName the name as documents write it, {@code supply-chain}
 */
public record Domain(String name, String displayName, Optional<String> owner, Optional<String> description, List<SupportChannel> contacts, DomainRules rules, List<DataProduct> products)
{
    public Domain
    {
        requireNonNull(name, "name is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        contacts = ImmutableList.copyOf(requireNonNull(contacts, "contacts is null"));
        requireNonNull(rules, "rules is null");
        products = ImmutableList.copyOf(requireNonNull(products, "products is null"));
    }
}
