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
import org.trinomesh.rule.PrincipalDescriptor;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * An entry of {@code accessControl} as written.
 *
 * @param principal empty when the entry names nobody, or more than one
 */
public record AccessDescriptor(Optional<PrincipalDescriptor> principal, List<Located<String>> permissions, Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("an entry of accessControl")
            .required("permissions")
            .optional("group", "role", "user", "domain");

    public AccessDescriptor
    {
        requireNonNull(principal, "principal is null");
        permissions = ImmutableList.copyOf(requireNonNull(permissions, "permissions is null"));
        requireNonNull(position, "position is null");
    }

    static List<AccessDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("accessControl", SHAPE).stream()
                .map(AccessDescriptor::read)
                .collect(toImmutableList());
    }

    private static AccessDescriptor read(ObjectReader reader)
    {
        if (reader.node("permissions").orElse(null) instanceof DescriptorNode.Items(List<DescriptorNode> items, Position position) && items.isEmpty()) {
            reader.problems().error(position, "permissions is empty", "write at least one of discover, read, write, admin");
        }
        return new AccessDescriptor(PrincipalDescriptor.read(reader), reader.texts("permissions"), reader.position());
    }
}
