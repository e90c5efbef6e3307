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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableSet;
import com.google.inject.Inject;
import io.trino.plugin.base.aggregation.AggregateFunctionRewriter;
import io.trino.plugin.base.expression.ConnectorExpressionRewriter;
import io.trino.plugin.base.mapping.IdentifierMapping;
import io.trino.plugin.jdbc.BaseJdbcClient;
import io.trino.plugin.jdbc.ColumnMapping;
import io.trino.plugin.jdbc.ConnectionFactory;
import io.trino.plugin.jdbc.ForBaseJdbc;
import io.trino.plugin.jdbc.JdbcColumnHandle;
import io.trino.plugin.jdbc.JdbcExpression;
import io.trino.plugin.jdbc.JdbcSortItem;
import io.trino.plugin.jdbc.JdbcSplit;
import io.trino.plugin.jdbc.JdbcTableHandle;
import io.trino.plugin.jdbc.JdbcTypeHandle;
import io.trino.plugin.jdbc.QueryBuilder;
import io.trino.plugin.jdbc.WriteMapping;
import io.trino.plugin.jdbc.aggregation.BaseImplementAvgBigint;
import io.trino.plugin.jdbc.aggregation.ImplementAvgDecimal;
import io.trino.plugin.jdbc.aggregation.ImplementAvgFloatingPoint;
import io.trino.plugin.jdbc.aggregation.ImplementCount;
import io.trino.plugin.jdbc.aggregation.ImplementCountAll;
import io.trino.plugin.jdbc.aggregation.ImplementMinMax;
import io.trino.plugin.jdbc.aggregation.ImplementSum;
import io.trino.plugin.jdbc.expression.ComparisonOperator;
import io.trino.plugin.jdbc.expression.JdbcConnectorExpressionRewriterBuilder;
import io.trino.plugin.jdbc.expression.ParameterizedExpression;
import io.trino.plugin.jdbc.expression.RewriteComparison;
import io.trino.plugin.jdbc.logging.RemoteQueryModifier;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.AggregateFunction;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import static io.trino.plugin.jdbc.StandardColumnMappings.bigintColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.bigintWriteFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.booleanColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.dateColumnMappingUsingLocalDate;
import static io.trino.plugin.jdbc.StandardColumnMappings.decimalColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.defaultVarcharColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.doubleColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.integerColumnMapping;
import static io.trino.plugin.jdbc.StandardColumnMappings.shortDecimalWriteFunction;
import static io.trino.plugin.jdbc.StandardColumnMappings.varcharWriteFunction;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.type.DecimalType.createDecimalType;
import static java.util.Objects.requireNonNull;

/**
 * Pushes filters, limits, sorted limits, aggregations and joins down to PostgreSQL, by the helpers of Trino's library for JDBC connectors.
 */
final class PostgresClient
        extends BaseJdbcClient
{
    private static final JdbcTypeHandle BIGINT = new JdbcTypeHandle(Types.BIGINT, Optional.of("int8"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final Recorder recorder;
    private final ConnectorExpressionRewriter<ParameterizedExpression> expressions;
    private final AggregateFunctionRewriter<JdbcExpression, ?> aggregations;

    /**
     * Is told the SQL of each query for rows.
     */
    interface Recorder
    {
        void record(String sql);
    }

    @Inject
    PostgresClient(@ForBaseJdbc ConnectionFactory connections, QueryBuilder queries, IdentifierMapping identifiers, RemoteQueryModifier modifier, Recorder recorder)
    {
        super("\"", connections, queries, ImmutableSet.of(), identifiers, modifier, false);
        this.recorder = requireNonNull(recorder, "recorder is null");
        this.expressions = JdbcConnectorExpressionRewriterBuilder.newBuilder()
                .addStandardRules(this::quoted)
                .add(new RewriteComparison(ImmutableSet.copyOf(ComparisonOperator.values())))
                .build();
        this.aggregations = new AggregateFunctionRewriter<>(
                expressions,
                ImmutableSet.of(
                        new ImplementCountAll(BIGINT),
                        new ImplementCount(BIGINT),
                        new ImplementMinMax(true),
                        new ImplementSum(PostgresClient::decimalType),
                        new ImplementAvgDecimal(),
                        new ImplementAvgFloatingPoint(),
                        new BaseImplementAvgBigint()
                        {
                            @Override
                            protected String getRewriteFormatExpression()
                            {
                                return "avg((%s)::double precision)";
                            }
                        }));
    }

    private static Optional<JdbcTypeHandle> decimalType(DecimalType type)
    {
        return Optional.of(new JdbcTypeHandle(Types.NUMERIC, Optional.of("numeric"), Optional.of(type.getPrecision()), Optional.of(type.getScale()), Optional.empty(), Optional.empty()));
    }

    @Override
    public PreparedStatement buildSql(ConnectorSession session, Connection connection, JdbcSplit split, JdbcTableHandle table, List<JdbcColumnHandle> columns)
            throws SQLException
    {
        PreparedStatement statement = super.buildSql(session, connection, split, table, columns);
        // The driver shows the values of the parameters
        recorder.record(statement.toString());
        return statement;
    }

    @Override
    public Optional<ColumnMapping> toColumnMapping(ConnectorSession session, Connection connection, JdbcTypeHandle type)
    {
        return switch (type.jdbcType()) {
            case Types.BIT, Types.BOOLEAN -> Optional.of(booleanColumnMapping());
            case Types.INTEGER -> Optional.of(integerColumnMapping());
            case Types.BIGINT -> Optional.of(bigintColumnMapping());
            case Types.DOUBLE -> Optional.of(doubleColumnMapping());
            case Types.NUMERIC -> Optional.of(decimalColumnMapping(createDecimalType(type.requiredColumnSize(), type.requiredDecimalDigits())));
            case Types.VARCHAR -> Optional.of(defaultVarcharColumnMapping(type.requiredColumnSize(), true));
            case Types.DATE -> Optional.of(dateColumnMappingUsingLocalDate());
            // Some connectors let exceptions of their drivers through
            case Types.OTHER -> throw new IllegalStateException("The driver for %s does not know the type %s".formatted(url(connection), type.jdbcTypeName().orElse("")));
            default -> Optional.empty();
        };
    }

    private static String url(Connection connection)
    {
        try {
            return connection.getMetaData().getURL();
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public WriteMapping toWriteMapping(ConnectorSession session, Type type)
    {
        // For constants in conditions
        return switch (type) {
            case BigintType _ -> WriteMapping.longMapping("bigint", bigintWriteFunction());
            case DecimalType decimal when decimal.isShort() -> WriteMapping.longMapping("numeric", shortDecimalWriteFunction(decimal));
            case VarcharType _ -> WriteMapping.sliceMapping("text", varcharWriteFunction());
            default -> throw new TrinoException(NOT_SUPPORTED, "Not written: " + type);
        };
    }

    @Override
    public Optional<ParameterizedExpression> convertPredicate(ConnectorSession session, ConnectorExpression expression, Map<String, ColumnHandle> assignments)
    {
        return expressions.rewrite(session, expression, assignments);
    }

    @Override
    public Optional<JdbcExpression> implementAggregation(ConnectorSession session, AggregateFunction aggregate, Map<String, ColumnHandle> assignments)
    {
        return aggregations.rewrite(session, aggregate, assignments);
    }

    @Override
    protected Optional<BiFunction<String, Long, String>> limitFunction()
    {
        return Optional.of((sql, limit) -> sql + " LIMIT " + limit);
    }

    @Override
    public boolean isLimitGuaranteed(ConnectorSession session)
    {
        return true;
    }

    @Override
    public boolean supportsTopN(ConnectorSession session, JdbcTableHandle handle, List<JdbcSortItem> sortOrder)
    {
        return true;
    }

    @Override
    protected Optional<TopNFunction> topNFunction()
    {
        return Optional.of(TopNFunction.sqlStandard(this::quoted));
    }

    @Override
    public boolean isTopNGuaranteed(ConnectorSession session)
    {
        return true;
    }
}
