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
package org.trinomesh.security;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ViewExpression;
import org.trinomesh.connector.QueryMesh;
import org.trinomesh.disclosure.ConcealedColumns;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.type.DataType;
import org.trinomesh.type.SqlLiteral;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Verify.verify;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * Converts decided masks and row filters into expressions of the engine.
 */
final class RuleExpressions
{
    private final String catalog;
    private final MaskSql masks;
    private final RuleIdentity ruleIdentity;

    RuleExpressions(String catalog, MaskSql masks, RuleIdentity ruleIdentity)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.masks = requireNonNull(masks, "masks is null");
        this.ruleIdentity = requireNonNull(ruleIdentity, "ruleIdentity is null");
    }

    /**
     * Empty for a reader who sees all rows, because the engine refuses some statements on tables with a filter.
     */
    List<ViewExpression> rowFilters(ConnectorSecurityContext context, QueryMesh query, SchemaTableName name, MeshTable table, TableAccess access)
    {
        if (access.rows().isEmpty()) {
            return ImmutableList.of();
        }
        RowFilter filter = access.rows().map(RowAccess::filter).orElseThrow();
        query.rulesRead(name, filter.comparisons().stream().map(RowFilter.Comparison::column).collect(toImmutableSet()));
        return ImmutableList.of(expression(context, name, RowFilterSql.render(filter, types(table), table.table().openColumns())));
    }

    /**
     * @param columns as the engine gave them: a mask counts only under the very object
     */
    Map<ColumnSchema, ViewExpression> columnMasks(ConnectorSecurityContext context, QueryMesh query, SchemaTableName name, MeshTable table, TableAccess access, List<ColumnSchema> columns)
    {
        if (!access.isRestricted()) {
            return ImmutableMap.of();
        }
        Map<String, DataType> types = types(table);
        ImmutableMap.Builder<ColumnSchema, ViewExpression> expressions = ImmutableMap.builder();
        for (ColumnSchema column : columns) {
            Optional<String> sql = mask(access, column.getName())
                    .map(mask -> types.containsKey(column.getName())
                            ? masks.render(mask, column.getName(), type(types.get(column.getName()), column))
                            : "CAST(NULL AS " + column.getType().getDisplayName() + ")");
            sql.ifPresent(expression -> expressions.put(column, expression(context, name, expression)));
        }
        Map<ColumnSchema, ViewExpression> result = expressions.buildOrThrow();
        verify(columns.containsAll(result.keySet()), "a mask of a column that was not asked for");
        query.rulesRead(name, result.keySet().stream().map(ColumnSchema::getName).collect(toImmutableSet()));
        return result;
    }

    /**
     * Adds what keeps the engine from showing values of the columns by which the query of a product joins. It makes a filter of such values
     * only for a column that it reads as it is.
     *
     * @param masks after which nothing else is needed
     */
    Map<ColumnSchema, ViewExpression> concealed(ConnectorSecurityContext context, QueryMesh query, SchemaTableName name, List<ColumnSchema> columns, Map<ColumnSchema, ViewExpression> masks)
    {
        Optional<ConcealedColumns> concealed = query.concealed(context.getIdentity());
        if (concealed.isEmpty()) {
            return masks;
        }
        Source table = new Source(name.getSchemaName(), name.getTableName());
        Map<ColumnSchema, ViewExpression> opaque = columns.stream()
                .filter(column -> !masks.containsKey(column) && concealed.get().contains(table, column.getName()))
                .collect(toImmutableMap(identity(), column -> expression(context, name, opaque(column))));
        if (opaque.isEmpty()) {
            return masks;
        }
        query.rulesRead(name, opaque.keySet().stream().map(ColumnSchema::getName).collect(toImmutableSet()));
        return ImmutableMap.<ColumnSchema, ViewExpression>builder().putAll(masks).putAll(opaque).buildOrThrow();
    }

    /**
     * The value of a column as it is, of which the engine does not know that it is.
     */
    private static String opaque(ColumnSchema column)
    {
        String name = SqlLiteral.identifier(column.getName());
        return column.getType().isOrderable() ? "greatest(" + name + ")" : "element_at(ARRAY[" + name + "], 1)";
    }

    /**
     * What the table has is known when it was loaded, which is before the engine asks for masks.
     */
    private static DataType type(DataType promised, ColumnSchema column)
    {
        return promised.isOpen() ? EngineTypes.of(column.getType()) : promised;
    }

    /**
     * A column without a decision is not shown.
     */
    private static Optional<Mask> mask(TableAccess access, String column)
    {
        return switch (access.column(column).orElse(null)) {
            case null -> Optional.of(new Mask.Null());
            case ColumnAccess.Hidden _ -> Optional.of(new Mask.Null());
            case ColumnAccess.Masked(Mask mask, var _) -> Optional.of(mask);
            case ColumnAccess.Clear _ -> Optional.empty();
        };
    }

    private ViewExpression expression(ConnectorSecurityContext context, SchemaTableName name, String sql)
    {
        return ViewExpression.builder()
                .identity(ruleIdentity.name(context))
                .catalog(catalog)
                .schema(name.getSchemaName())
                .expression(sql)
                .build();
    }

    private static Map<String, DataType> types(MeshTable table)
    {
        return table.table().columns().stream().collect(toImmutableMap(Column::name, Column::type));
    }
}
