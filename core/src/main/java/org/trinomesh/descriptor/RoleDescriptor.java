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

import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An entry of a contract's {@code roles} as written.
 *
 * @param access {@code read}, {@code write}, {@code admin}, or several of them
 */
public record RoleDescriptor(
        Optional<Located<String>> role,
        Optional<Located<String>> access,
        Optional<String> description,
        Optional<String> firstLevelApprovers,
        Optional<String> secondLevelApprovers,
        Position position)
{
    public static final ObjectShape SHAPE = ObjectShape.of("a role")
            .required("role")
            .optional("id", "description", "access", "firstLevelApprovers", "secondLevelApprovers", "customProperties");

    public RoleDescriptor
    {
        requireNonNull(role, "role is null");
        requireNonNull(access, "access is null");
        requireNonNull(description, "description is null");
        requireNonNull(firstLevelApprovers, "firstLevelApprovers is null");
        requireNonNull(secondLevelApprovers, "secondLevelApprovers is null");
        requireNonNull(position, "position is null");
    }

    public static RoleDescriptor read(ObjectReader reader)
    {
        return new RoleDescriptor(
                reader.text("role"),
                reader.text("access"),
                reader.text("description").map(Located::value),
                reader.text("firstLevelApprovers").map(Located::value),
                reader.text("secondLevelApprovers").map(Located::value),
                reader.position());
    }
}
