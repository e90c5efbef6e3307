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
package org.trinomesh.governance;

import org.trinomesh.problem.Located;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * What the queries of products may read. A query runs with the rights of the domain that publishes it, and publishing hands data
 * on: the domain must have the permissions {@code read} and {@code share} on each source.
 */
public final class QueryRights
{
    private QueryRights() {}

    /**
     * The sources that the domain may not publish. One that does not exist is like one that the domain may not know of.
     *
     * @param domain the access of the publishing domain
     */
    public static List<Located<Source>> missing(Mesh mesh, RequesterAccess domain, SqlQuery query)
    {
        return query.sources().stream()
                .filter(source -> !mayPublish(mesh, domain, source.value()))
                .collect(toImmutableList());
    }

    private static boolean mayPublish(Mesh mesh, RequesterAccess domain, Source source)
    {
        Optional<MeshTable> table = mesh.table(source.domain(), source.table());
        return table.isPresent() && domain.decide(table.get().product()) instanceof Decision.Readable readable && readable.share();
    }
}
