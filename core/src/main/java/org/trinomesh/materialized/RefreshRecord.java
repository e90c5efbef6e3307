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
package org.trinomesh.materialized;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.TableId;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What a refresh records about the rows that it stores, in the summary of their Iceberg snapshot.
 *
 * @param start of the statement that refreshed: a later change of a source is not in the rows
 * @param definition what the query, the promise and the rights of the publishing domain were, as a hash
 * @param sources the snapshot of each stored table that was read; 0 for one without snapshots
 */
public record RefreshRecord(Instant start, String definition, Map<TableId, Long> sources)
{
    private static final String START = "trino-mesh.refresh.start";
    private static final String DEFINITION = "trino-mesh.refresh.definition";
    private static final String SOURCES = "trino-mesh.refresh.sources";
    // No name of a product has one of these
    private static final Splitter ENTRIES = Splitter.on(',').omitEmptyStrings();
    private static final Splitter PARTS = Splitter.on('/');

    public RefreshRecord
    {
        requireNonNull(start, "start is null");
        requireNonNull(definition, "definition is null");
        sources = ImmutableMap.copyOf(requireNonNull(sources, "sources is null"));
    }

    public Map<String, String> summary()
    {
        return ImmutableMap.of(
                START, start.toString(),
                DEFINITION, definition,
                SOURCES, sources.entrySet().stream()
                        .sorted(Comparator.comparing(source -> source.getKey().toString()))
                        .map(source -> "%s/%s/%s/%s/%s".formatted(source.getKey().product().domain(), source.getKey().product().name(), source.getKey().product().major(), source.getKey().name(), source.getValue()))
                        .collect(joining(",")));
    }

    /**
     * @param summary that of a snapshot
     * @return nothing for a snapshot that no refresh made
     */
    public static Optional<RefreshRecord> read(Map<String, String> summary)
    {
        if (!summary.containsKey(START) || !summary.containsKey(DEFINITION) || !summary.containsKey(SOURCES)) {
            return Optional.empty();
        }
        try {
            ImmutableMap.Builder<TableId, Long> sources = ImmutableMap.builder();
            for (String entry : ENTRIES.split(summary.get(SOURCES))) {
                List<String> parts = PARTS.splitToList(entry);
                sources.put(new TableId(new ProductId(parts.get(0), parts.get(1), Integer.parseInt(parts.get(2))), parts.get(3)), Long.parseLong(parts.get(4)));
            }
            return Optional.of(new RefreshRecord(Instant.parse(summary.get(START)), summary.get(DEFINITION), sources.buildOrThrow()));
        }
        // Everybody who may write the table may write this
        catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
