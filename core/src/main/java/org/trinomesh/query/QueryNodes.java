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
package org.trinomesh.query;

import io.trino.sql.tree.Node;

import java.util.stream.Stream;

/**
 * Walks through the trees of the parser.
 */
final class QueryNodes
{
    private QueryNodes() {}

    /**
     * A node and all inside of it.
     */
    static Stream<Node> all(Node node)
    {
        return Stream.concat(Stream.of(node), node.getChildren().stream().flatMap(QueryNodes::all));
    }

    static <T extends Node> Stream<T> all(Node node, Class<T> type)
    {
        return all(node).filter(type::isInstance).map(type::cast);
    }
}
