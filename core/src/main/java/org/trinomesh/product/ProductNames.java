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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Located;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a data product is called.
 *
 * @param domain the domain as a SQL schema name
 * @param name the name in documents of the mesh, {@code customer-360}
 * @param sqlName the name without a version in SQL, {@code customer_360}
 * @param displayName the name as its domain writes it, {@code Customer 360}
 * @param aliases further names of its table in SQL
 * @param currentMajor which major version the name without a version means, as this document says
 */
public record ProductNames(
        String domain,
        String name,
        String sqlName,
        String displayName,
        Set<String> aliases,
        Optional<Located<Integer>> currentMajor)
{
    public ProductNames
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(name, "name is null");
        requireNonNull(sqlName, "sqlName is null");
        requireNonNull(displayName, "displayName is null");
        aliases = ImmutableSet.copyOf(requireNonNull(aliases, "aliases is null"));
        requireNonNull(currentMajor, "currentMajor is null");
    }
}
