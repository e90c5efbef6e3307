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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.FixedSplitSource;
import io.trino.spi.function.table.AbstractConnectorTableFunction;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.Descriptor;
import io.trino.spi.function.table.ReturnTypeSpecification.DescribedTable;
import io.trino.spi.function.table.ScalarArgument;
import io.trino.spi.type.Type;
import org.trinomesh.connector.MeshSchema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A table function of {@code mesh.system}. Its rows are made on the coordinator, where the mesh is known, and travel in
 * splits.
 *
 * @param <H> what its arguments become
 */
public abstract class RowsFunction<H extends ConnectorTableFunctionHandle>
        extends AbstractConnectorTableFunction
{
    private static final String SCHEMA = MeshSchema.SYSTEM.schemaName();
    private static final int ROWS_PER_SPLIT = 1_000;

    private final Class<H> handleType;
    private final List<FunctionArgument> arguments;
    private final List<ColumnMetadata> columns;
    private final List<Type> types;

    protected RowsFunction(String name, Class<H> handleType, List<FunctionArgument> arguments, List<ColumnMetadata> columns, String description)
    {
        super(SCHEMA, name, arguments.stream().map(FunctionArgument::specification).collect(toImmutableList()), new DescribedTable(columns(columns)), description);
        this.handleType = requireNonNull(handleType, "handleType is null");
        this.arguments = ImmutableList.copyOf(arguments);
        this.columns = ImmutableList.copyOf(columns);
        this.types = columns.stream().map(ColumnMetadata::getType).collect(toImmutableList());
    }

    /**
     * The arguments, each with what it means, in the order in which they can be given by place.
     */
    public final List<FunctionArgument> describedArguments()
    {
        return arguments;
    }

    /**
     * The columns of the result, each with what it means as its comment. The engine is told their names and types only.
     */
    public final List<ColumnMetadata> describedColumns()
    {
        return columns;
    }

    /**
     * Asked on the coordinator, for the identity that runs the query: what it may not discover is not in the rows.
     */
    protected abstract Stream<Object[]> rows(ConnectorSession session, H handle);

    final boolean owns(ConnectorTableFunctionHandle handle)
    {
        return handleType.isInstance(handle);
    }

    final ConnectorSplitSource splits(ConnectorSession session, ConnectorTableFunctionHandle handle)
    {
        List<Object[]> rows = rows(session, handleType.cast(handle)).collect(toImmutableList());
        return new FixedSplitSource(Lists.partition(rows, ROWS_PER_SPLIT).stream()
                .map(part -> RowsSplit.of(types, part))
                .collect(toImmutableList()));
    }

    private static Descriptor columns(List<ColumnMetadata> columns)
    {
        return Descriptor.descriptor(
                columns.stream().map(ColumnMetadata::getName).collect(toImmutableList()),
                columns.stream().map(ColumnMetadata::getType).collect(toImmutableList()));
    }

    /**
     * A text that must be there.
     *
     * @param what what it is, for the message: {@code the name of a user}
     */
    protected static String text(Map<String, Argument> arguments, String argument, String what)
    {
        return optionalText(arguments, argument).orElseThrow(() -> invalid(argument, "must be " + what));
    }

    protected static Optional<String> optionalText(Map<String, Argument> arguments, String argument)
    {
        return Optional.ofNullable(value(arguments, argument)).map(value -> ((Slice) value).toStringUtf8()).filter(text -> !text.isBlank());
    }

    protected static Optional<Long> optionalNumber(Map<String, Argument> arguments, String argument)
    {
        return Optional.ofNullable((Long) value(arguments, argument));
    }

    protected static Set<String> texts(Map<String, Argument> arguments, String argument)
    {
        if (!(value(arguments, argument) instanceof Block texts)) {
            throw invalid(argument, "must be an array of names, without NULL and without empty ones");
        }
        return IntStream.range(0, texts.getPositionCount())
                .mapToObj(position -> {
                    String text = texts.isNull(position) ? "" : VARCHAR.getSlice(texts, position).toStringUtf8();
                    if (text.isBlank()) {
                        throw invalid(argument, "must be an array of names, without NULL and without empty ones");
                    }
                    return text;
                })
                .collect(toImmutableSet());
    }

    protected static boolean isGiven(Map<String, Argument> arguments, String argument)
    {
        return value(arguments, argument) != null;
    }

    protected static TrinoException invalid(String argument, String message)
    {
        return new TrinoException(INVALID_FUNCTION_ARGUMENT, argument.toLowerCase(ENGLISH) + " " + message);
    }

    private static Object value(Map<String, Argument> arguments, String argument)
    {
        return ((ScalarArgument) arguments.get(argument)).getValue();
    }
}
