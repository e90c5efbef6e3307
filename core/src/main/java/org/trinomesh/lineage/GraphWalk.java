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

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk through a graph of numbered nodes and edges, nearest nodes first. Every node is passed once, so that cycles end;
 * which edges close one is found among those the walk met. Not safe for use by several threads.
 */
final class GraphWalk
{
    private final BitSet seen;
    private final BitSet met;
    private final ImmutableIntArray.Builder order = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder levels = ImmutableIntArray.builder();
    private final Map<Integer, ImmutableIntArray.Builder> left = new HashMap<>();
    private final BitSet closing = new BitSet();
    private int start;

    @FunctionalInterface
    interface Neighbours
    {
        /**
         * @param edge told every edge of the node, and the node at its far end
         */
        void of(int node, EdgeConsumer edge);
    }

    @FunctionalInterface
    interface EdgeConsumer
    {
        void accept(int edge, int farNode);
    }

    @FunctionalInterface
    interface Step<T>
    {
        T of(int edge, int level, boolean cycle);
    }

    GraphWalk(int nodes, int edges)
    {
        this.seen = new BitSet(nodes);
        this.met = new BitSet(edges);
    }

    void visit(int start, int depth, Neighbours neighbours)
    {
        this.start = start;
        seen.set(start);
        ImmutableIntArray frontier = ImmutableIntArray.of(start);
        for (int level = 1; level <= depth && !frontier.isEmpty(); level++) {
            int distance = level;
            ImmutableIntArray.Builder next = ImmutableIntArray.builder();
            frontier.forEach(node -> {
                ImmutableIntArray.Builder leaving = ImmutableIntArray.builder();
                neighbours.of(node, (edge, far) -> {
                    if (met.get(edge)) {
                        return;
                    }
                    met.set(edge);
                    order.add(edge);
                    levels.add(distance);
                    leaving.add(edge).add(far);
                    if (!seen.get(far)) {
                        seen.set(far);
                        next.add(far);
                    }
                });
                left.put(node, leaving);
            });
            frontier = next.build();
        }
    }

    <T> List<T> steps(Step<T> step)
    {
        findCycles();
        ImmutableIntArray edges = order.build();
        ImmutableIntArray distances = levels.build();
        ImmutableList.Builder<T> steps = ImmutableList.builderWithExpectedSize(edges.length());
        for (int index = 0; index < edges.length(); index++) {
            steps.add(step.of(edges.get(index), distances.get(index), closing.get(edges.get(index))));
        }
        return steps.build();
    }

    /**
     * An edge closes a cycle when it leads to a node on the way from the start to where it begins.
     */
    private void findCycles()
    {
        BitSet done = new BitSet();
        BitSet onTheWay = new BitSet();
        Deque<Frame> way = new ArrayDeque<>();
        way.push(new Frame(start, edgesOf(start)));
        onTheWay.set(start);
        while (!way.isEmpty()) {
            Frame frame = way.peek();
            if (frame.next == frame.edges.length()) {
                way.pop();
                onTheWay.clear(frame.node);
                done.set(frame.node);
                continue;
            }
            int edge = frame.edges.get(frame.next);
            int far = frame.edges.get(frame.next + 1);
            frame.next += 2;
            if (onTheWay.get(far)) {
                closing.set(edge);
            }
            else if (!done.get(far)) {
                onTheWay.set(far);
                way.push(new Frame(far, edgesOf(far)));
            }
        }
    }

    private ImmutableIntArray edgesOf(int node)
    {
        ImmutableIntArray.Builder edges = left.get(node);
        return edges == null ? ImmutableIntArray.of() : edges.build();
    }

    private static final class Frame
    {
        private final int node;
        private final ImmutableIntArray edges;
        private int next;

        private Frame(int node, ImmutableIntArray edges)
        {
            this.node = node;
            this.edges = edges;
        }
    }
}
