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
package org.trinomesh.lineage;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.ObservedEdge;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.TableSource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which products feed which others through tables that are not data products, such as the staging tables of a
 * pipeline. Without these paths, lineage would end at the first such table. An instance is used once.
 */
final class ObservedPaths
{
    /**
     * Staging tables that everything goes through would make every product feed every other.
     */
    private static final int MAX_DATASETS = 10_000;

    private final ListMultimap<Dataset, Dataset> between = ArrayListMultimap.create();
    private final Map<Start, Written> starts = new LinkedHashMap<>();
    private final ListMultimap<Dataset, End> ends = ArrayListMultimap.create();

    private record Start(ProductId product, TableSource source) {}

    private record Written(PublishedTable from, Set<Dataset> to) {}

    private record End(PublishedTable table, ObservedEdge edge) {}

    @FunctionalInterface
    interface Path
    {
        /**
         * @param last the edge that ends the path
         */
        void accept(PublishedTable from, PublishedTable to, ObservedEdge last);
    }

    void add(ObservedEdge edge)
    {
        between.put(edge.from(), edge.to());
    }

    void start(ObservedEdge edge, List<PublishedTable> tables)
    {
        tables.forEach(table -> starts.computeIfAbsent(new Start(table.product().id(), table.source()), _ -> new Written(table, new HashSet<>())).to().add(edge.to()));
    }

    void end(ObservedEdge edge, List<PublishedTable> tables)
    {
        tables.forEach(table -> ends.put(edge.from(), new End(table, edge)));
    }

    void between(Path path)
    {
        starts.values().forEach(start -> {
            Set<Dataset> seen = new HashSet<>(start.to());
            Deque<Dataset> queue = new ArrayDeque<>(start.to());
            while (!queue.isEmpty() && seen.size() <= MAX_DATASETS) {
                Dataset dataset = queue.poll();
                ends.get(dataset).forEach(end -> path.accept(start.from(), end.table(), end.edge()));
                between.get(dataset).stream().filter(seen::add).forEach(queue::add);
            }
        });
    }
}
