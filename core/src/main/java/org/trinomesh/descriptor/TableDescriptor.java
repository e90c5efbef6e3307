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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One of several tables of an output port, as written.
 *
 * @param table what the storage calls it
 * @param name what it is called beside the product's name; without one as the storage calls it
 */
public record TableDescriptor(
        Optional<Located<String>> table,
        Optional<Located<String>> name,
        boolean main,
        Optional<Located<String>> location,
        Optional<String> description,
        List<ColumnDescriptor> columns,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a table")
            .required("table")
            .optional("name", "main", "location", "description", "columns");

    public TableDescriptor
    {
        requireNonNull(table, "table is null");
        requireNonNull(name, "name is null");
        requireNonNull(location, "location is null");
        requireNonNull(description, "description is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        requireNonNull(position, "position is null");
    }

    public static TableDescriptor of(Located<String> table)
    {
        return new TableDescriptor(Optional.of(table), Optional.empty(), false, Optional.empty(), Optional.empty(), ImmutableList.of(), table.position());
    }

    static List<TableDescriptor> readAll(ObjectReader port)
    {
        List<DescriptorNode> items = port.items("tables");
        if (items.isEmpty() && port.has("tables")) {
            port.problems().error(port.position(), "tables is empty", "name at least one table, or write 'table:'");
        }
        return items.stream()
                .flatMap(item -> read(item, port.problems()))
                .collect(toImmutableList());
    }

    private static Stream<TableDescriptor> read(DescriptorNode item, Problems problems)
    {
        if (item instanceof DescriptorNode.Text(String text, boolean absent, Optional<Position> _, Position position) && !absent && !text.isBlank()) {
            return Stream.of(of(new Located<>(text, position)));
        }
        return ObjectReader.of(item, SHAPE, problems).stream().map(TableDescriptor::read);
    }

    private static TableDescriptor read(ObjectReader reader)
    {
        return new TableDescriptor(
                reader.text("table"),
                reader.text("name"),
                reader.flag("main").map(Located::value).orElse(false),
                reader.text("location"),
                reader.text("description").map(Located::value),
                ColumnDescriptor.readAll(reader),
                reader.position());
    }
}
