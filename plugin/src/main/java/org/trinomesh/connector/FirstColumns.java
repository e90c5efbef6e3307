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
package org.trinomesh.connector;

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;

import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;

import static java.util.Objects.checkIndex;
import static java.util.Objects.requireNonNull;

/**
 * A page without the columns behind those that were asked for. Still lazy: what nobody asks for is not read.
 */
final class FirstColumns
        implements SourcePage
{
    private final SourcePage page;
    private final int columns;

    FirstColumns(SourcePage page, int columns)
    {
        this.page = requireNonNull(page, "page is null");
        this.columns = columns;
    }

    @Override
    public int getPositionCount()
    {
        return page.getPositionCount();
    }

    @Override
    public long getSizeInBytes()
    {
        return page.getSizeInBytes();
    }

    @Override
    public long getRetainedSizeInBytes()
    {
        return page.getRetainedSizeInBytes();
    }

    @Override
    public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer)
    {
        page.retainedBytesForEachPart(consumer);
    }

    @Override
    public int getChannelCount()
    {
        return columns;
    }

    @Override
    public Block getBlock(int channel)
    {
        return page.getBlock(checkIndex(channel, columns));
    }

    @Override
    public Page getPage()
    {
        return page.getColumns(IntStream.range(0, columns).toArray());
    }

    @Override
    public void selectPositions(int[] positions, int offset, int size)
    {
        page.selectPositions(positions, offset, size);
    }
}
