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
package org.trinomesh.platform;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.product.TrinoTable;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Which tables of another Trino catalog a domain may publish.
 *
 * @param schemas in lower case
 * @param runAs the user as whom Trino reads them
 */
record CatalogGrant(String domain, String catalog, Set<String> schemas, String runAs)
{
    CatalogGrant
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(catalog, "catalog is null");
        schemas = ImmutableSet.copyOf(requireNonNull(schemas, "schemas is null"));
        requireNonNull(runAs, "runAs is null");
    }

    boolean covers(TrinoTable table)
    {
        return catalog.equals(table.catalog()) && schemas.contains(table.schema());
    }
}
