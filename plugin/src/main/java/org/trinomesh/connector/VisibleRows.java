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

import com.google.common.collect.ImmutableList;
import io.trino.spi.block.Block;
import io.trino.spi.block.DictionaryBlock;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.block.ValueBlock;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.metrics.Metrics;
import io.trino.spi.predicate.Domain;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

import static io.trino.spi.type.TypeUtils.readNativeValue;
import static java.util.Objects.requireNonNull;

/**
 * A page source that returns only the rows that pass the row filter. The engine applies the filter, too. But before that it counts
 * rows, applies dynamic filters and may evaluate the reader's own conditions, and none of these can reveal rows that are removed
 * here.
 */
final class VisibleRows
        implements ConnectorPageSource
{
    private final ConnectorPageSource delegate;
    private final int columns;
    private final List<Channel> filtered;

    /**
     * @param channel where a filtered column is in the delegate's pages
     */
    record Channel(int channel, Domain domain)
    {
        Channel
        {
            requireNonNull(domain, "domain is null");
        }
    }

    /**
     * @param columns how many columns are wanted; the delegate may read others behind them for the filter
     */
    VisibleRows(ConnectorPageSource delegate, int columns, List<Channel> filtered)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.columns = columns;
        this.filtered = ImmutableList.copyOf(requireNonNull(filtered, "filtered is null"));
    }

    @Override
    public SourcePage getNextSourcePage()
    {
        SourcePage page = delegate.getNextSourcePage();
        if (page == null) {
            return null;
        }
        for (Channel column : filtered) {
            Block block = page.getBlock(column.channel());
            // One value in all rows, as in a file of one partition
            if (block instanceof RunLengthEncodedBlock repeated && includes(column.domain(), repeated.getValue(), 0)) {
                continue;
            }
            int[] visible = visible(block, column.domain());
            if (visible.length == 0) {
                return null;
            }
            if (visible.length < page.getPositionCount()) {
                page.selectPositions(visible, 0, visible.length);
            }
        }
        return page.getChannelCount() == columns ? page : new FirstColumns(page, columns);
    }

    private static int[] visible(Block block, Domain domain)
    {
        int[] positions = new int[block.getPositionCount()];
        int count = 0;
        switch (block) {
            case RunLengthEncodedBlock _ -> {
                // Not the value that was let through before
            }
            case DictionaryBlock dictionary -> {
                ValueBlock values = dictionary.getDictionary();
                // Asked once for each value: 0 not yet, 1 visible, 2 not
                byte[] known = new byte[values.getPositionCount()];
                for (int position = 0; position < positions.length; position++) {
                    int id = dictionary.getId(position);
                    if (known[id] == 0) {
                        known[id] = (byte) (includes(domain, values, id) ? 1 : 2);
                    }
                    if (known[id] == 1) {
                        positions[count++] = position;
                    }
                }
            }
            case ValueBlock values -> {
                for (int position = 0; position < positions.length; position++) {
                    if (includes(domain, values, position)) {
                        positions[count++] = position;
                    }
                }
            }
        }
        return Arrays.copyOf(positions, count);
    }

    private static boolean includes(Domain domain, ValueBlock block, int position)
    {
        return domain.includesNullableValue(readNativeValue(domain.getType(), block, position));
    }

    /**
     * Not the delegate's count, which includes hidden rows.
     */
    @Override
    public OptionalLong getCompletedPositions()
    {
        return OptionalLong.empty();
    }

    @Override
    public long getCompletedBytes()
    {
        return delegate.getCompletedBytes();
    }

    @Override
    public long getReadTimeNanos()
    {
        return delegate.getReadTimeNanos();
    }

    @Override
    public boolean isFinished()
    {
        return delegate.isFinished();
    }

    @SuppressWarnings("deprecation")
    @Override
    public long getMemoryUsage()
    {
        return delegate.getMemoryUsage();
    }

    @Override
    public void close()
            throws IOException
    {
        delegate.close();
    }

    @Override
    public CompletableFuture<?> isBlocked()
    {
        return delegate.isBlocked();
    }

    @Override
    public Metrics getMetrics()
    {
        return delegate.getMetrics();
    }
}
