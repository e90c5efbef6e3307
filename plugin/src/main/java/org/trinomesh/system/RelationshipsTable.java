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

import org.trinomesh.disclosure.VisibleRelationship;
import org.trinomesh.disclosure.VisibleRelationship.Target;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * The table {@code relationships}: which tables of data products can be joined.
 */
final class RelationshipsTable
        implements SystemRows<VisibleRelationship>
{
    private static final SystemTableSchema<VisibleRelationship> SCHEMA = SystemTableSchema.<VisibleRelationship>ofProducts("relationships", "Which tables of the data products you may discover can be joined, and by which columns")
            .text("table_name", DISCOVERER, "Table of the product", row -> row.table().name())
            .texts("column_names", DISCOVERER, "Its columns", VisibleRelationship::columns)
            .text("type", DISCOVERER, "foreignKey", VisibleRelationship::type)
            .text("to_domain", DISCOVERER, "Schema of the other table; NULL when it is not in the mesh. Where you may not discover it, only stewards of this product have the row", row -> row.target().map(target -> target.table().schema()))
            .text("to_table", DISCOVERER, "The other table", row -> row.target().map(target -> target.table().name()))
            .texts("to_columns", DISCOVERER, "Its columns, in the order of column_names", row -> row.target().map(Target::columns))
            .texts("target", STEWARD, "The other columns as the contract writes them; NULL unless you are a steward of the product", VisibleRelationship::written)
            .build();

    @Override
    public SystemTableSchema<VisibleRelationship> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleRelationship> rows(SystemRequest request)
    {
        return request.products().flatMap(VisibleRelationship::of);
    }
}
