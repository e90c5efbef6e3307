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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.airlift.slice.Slices;
import io.trino.spi.predicate.Domain;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.product.DataProduct;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The columns and conditions that a query uses of a system table, so that only these are computed.
 *
 * @param columns the columns it reads, by name
 * @param conditions what it says about columns, by name; rows that do not meet them may be left out, and need not be
 */
record SystemRequest(GovernedMesh mesh, Set<String> columns, Map<String, Domain> conditions)
{
    SystemRequest
    {
        requireNonNull(mesh, "mesh is null");
        columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
        conditions = ImmutableMap.copyOf(requireNonNull(conditions, "conditions is null"));
    }

    /**
     * Whether a row with this text in a column can meet the conditions.
     */
    boolean allows(String column, String value)
    {
        Domain condition = conditions.get(column);
        return condition == null || condition.includesNullableValue(Slices.utf8Slice(value));
    }

    /**
     * Whether rows about a product can meet the conditions on the columns {@code domain} and {@code product}.
     */
    boolean allows(DataProduct product)
    {
        return allows("domain", product.domain()) && allows("product", product.sqlName());
    }

    /**
     * The products that the requester may discover and the query asks for.
     */
    Stream<VisibleProduct> products()
    {
        return mesh.products().filter(visible -> allows(visible.product()));
    }
}
