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
package org.trinomesh.system;

import org.trinomesh.disclosure.VisibleDomain;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code domains}: the domains that the requester may know of.
 */
final class DomainsTable
        implements SystemRows<VisibleDomain>
{
    private static final SystemTableSchema<VisibleDomain> SCHEMA = SystemTableSchema.<VisibleDomain>table("domains", "The domains of the mesh that you may know of")
            .text("name", DISCOVERER, "Schema of the domain's data products, as in column domain", VisibleDomain::name)
            .text("domain", DISCOVERER, "Schema of the domain's data products", VisibleDomain::name)
            .text("display_name", DISCOVERER, "Name of the domain as its documents write it", VisibleDomain::displayName)
            .text("owner", DISCOVERER, "Team that answers for the domain", VisibleDomain::owner)
            .text("description", DISCOVERER, "What the domain is about", VisibleDomain::description)
            .number("data_products", DISCOVERER, "How many of its data products you may discover", VisibleDomain::products)
            .texts("contacts", DISCOVERER, "How to reach the domain", row -> row.contacts().stream().map(Object::toString).toList())
            .build();

    @Override
    public SystemTableSchema<VisibleDomain> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleDomain> rows(SystemRequest request)
    {
        return request.mesh().domains().stream();
    }
}
