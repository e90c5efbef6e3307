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

import com.google.common.collect.Maps;
import io.trino.spi.type.Type;
import org.trinomesh.disclosure.VisibleColumn;
import org.trinomesh.product.MeshTable;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code columns}: what data products promise, column by column.
 */
final class ColumnsTable
        implements SystemRows<VisibleColumn>
{
    private static final SystemTableSchema<VisibleColumn> SCHEMA = SystemTableSchema.<VisibleColumn>ofProducts("columns", "What the data products you may discover promise, column by column")
            .text("table_name", DISCOVERER, "Table of the product", row -> row.table().name())
            .text("column_name", DISCOVERER, "Column", row -> row.column().name())
            .number("ordinal_position", DISCOVERER, "Position in the table, from 1", VisibleColumn::position)
            .text("data_type", DISCOVERER, "SQL type", VisibleColumn::type)
            .flag("is_nullable", DISCOVERER, "Whether it may be NULL", row -> row.column().nullable())
            .text("description", DISCOVERER, "What it means", row -> row.column().description())
            .text("classification", DISCOVERER, "How confidential it is: its own classification, else that of the product or the domain, and never weaker than policies require", row -> row.attributes().classification())
            .texts("tags", DISCOVERER, "Its tags, and those of the product, the domain and of policies", row -> row.attributes().tags())
            .text("identifier", DISCOVERER, "Identifier type: columns of one type join across the mesh", row -> row.attributes().identifier())
            .text("declassified_by", RESPONSIBLE, "Rule that keeps the column of a query from inheriting what its sources say; mesh.system.policies describes it", row -> row.declassified().map(rule -> rule.name().toString()))
            .text("business_name", DISCOVERER, "What people call it", row -> row.column().details().businessName())
            .texts("synonyms", DISCOVERER, "Other words for it", row -> row.column().details().synonyms())
            .number("primary_key_position", DISCOVERER, "Position in the primary key, from 1; NULL when it is not in the key, or a column of the key is hidden from you", VisibleColumn::keyPosition)
            .flag("is_unique", DISCOVERER, "Whether no two rows have the same value, as its author says", row -> row.column().details().unique())
            .flag("is_critical", DISCOVERER, "Whether the business depends on it, as its author says", row -> row.column().details().critical())
            .flag("is_deprecated", DISCOVERER, "Whether it should not be used for anything new", row -> row.column().details().deprecated())
            .text("encrypted_column", DISCOVERER, "The column of the table that holds the same values encrypted", VisibleColumn::encryptedColumn)
            .build();

    // The types of open columns, of tables that were read before
    private final Function<MeshTable, Map<String, Type>> openTypes;

    ColumnsTable(Function<MeshTable, Map<String, Type>> openTypes)
    {
        this.openTypes = requireNonNull(openTypes, "openTypes is null");
    }

    @Override
    public SystemTableSchema<VisibleColumn> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleColumn> rows(SystemRequest request)
    {
        return VisibleColumn.of(request.mesh(), table -> Maps.transformValues(openTypes.apply(table), Type::getDisplayName));
    }
}
