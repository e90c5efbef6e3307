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
import io.trino.spi.PageBuilder;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.type.Type;

import java.util.List;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.airlift.slice.SizeOf.estimatedSizeOf;
import static io.airlift.slice.SizeOf.instanceSize;
import static io.airlift.slice.Slices.utf8Slice;
import static io.trino.spi.type.TypeUtils.writeNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * Rows of a table function, which travel to the worker: workers know no descriptors and cannot make them.
 */
public record RowsSplit(int rows, List<Block> columns)
        implements ConnectorSplit
{
    private static final int INSTANCE_SIZE = instanceSize(RowsSplit.class);

    public RowsSplit
    {
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
    }

    /**
     * @param types of the columns
     * @param rows with texts as {@link String}, everything else as the engine has it
     */
    static RowsSplit of(List<Type> types, List<Object[]> rows)
    {
        PageBuilder page = new PageBuilder(rows.size(), types);
        for (Object[] row : rows) {
            page.declarePosition();
            for (int column = 0; column < types.size(); column++) {
                BlockBuilder block = page.getBlockBuilder(column);
                writeNativeValue(types.get(column), block, row[column] instanceof String text ? utf8Slice(text) : row[column]);
            }
        }
        return new RowsSplit(rows.size(), IntStream.range(0, types.size())
                .mapToObj(column -> page.getBlockBuilder(column).build())
                .collect(toImmutableList()));
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return INSTANCE_SIZE + estimatedSizeOf(columns, Block::getRetainedSizeInBytes);
    }
}
