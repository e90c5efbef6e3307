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
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * That columns of a table find rows of another, as written.
 *
 * @param from columns of the table, each as {@code table.column}, or as {@code column} where the contract does not name its table
 * @param to as many columns, each as {@code table.column}; as it is written where it leads out of the document
 */
public record RelationshipDescriptor(String type, List<Located<String>> from, List<Located<String>> to, Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a relationship").required("from", "to");

    public RelationshipDescriptor
    {
        requireNonNull(type, "type is null");
        from = ImmutableList.copyOf(requireNonNull(from, "from is null"));
        to = ImmutableList.copyOf(requireNonNull(to, "to is null"));
        requireNonNull(position, "position is null");
    }

    /**
     * Those of a contract about one table.
     */
    static List<RelationshipDescriptor> readAll(ObjectReader contract)
    {
        return contract.objects("relationships", SHAPE).stream()
                .flatMap(relationship -> read(relationship).stream())
                .collect(toImmutableList());
    }

    private static Optional<RelationshipDescriptor> read(ObjectReader relationship)
    {
        List<Located<String>> from = columns(relationship, "from");
        List<Located<String>> to = columns(relationship, "to");
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (from.size() != to.size()) {
            relationship.problems().error(relationship.position(), "the relationship leads from %s to %s columns".formatted(from.size(), to.size()), "write as many under 'to' as under 'from'");
            return Optional.empty();
        }
        return Optional.of(new RelationshipDescriptor("foreignKey", from, to, relationship.position()));
    }

    /**
     * One column, or a list of them.
     */
    public static List<Located<String>> columns(ObjectReader relationship, String key)
    {
        return switch (relationship.given(key).orElse(null)) {
            case null -> ImmutableList.of();
            case DescriptorNode.Items _ -> relationship.texts(key);
            case DescriptorNode other -> relationship.text(key, other).map(ImmutableList::of).orElse(ImmutableList.of());
        };
    }
}
