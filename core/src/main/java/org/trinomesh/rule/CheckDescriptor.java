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
package org.trinomesh.rule;

import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A conformance check as written.
 *
 * @param expression in the Common Expression Language, over {@code product}
 * @param enforcement one of off, audit, warn, strict; without it warn
 */
public record CheckDescriptor(
        Optional<Located<String>> id,
        Optional<String> description,
        Optional<Located<String>> expression,
        Optional<String> message,
        Optional<Located<String>> enforcement,
        ScopeDescriptor scope,
        Position position)
{
    public static final ObjectShape SHAPE = ObjectShape.of("a check").required("expression", "id").optional("description", "enforcement", "match", "message");

    public CheckDescriptor
    {
        requireNonNull(id, "id is null");
        requireNonNull(description, "description is null");
        requireNonNull(expression, "expression is null");
        requireNonNull(message, "message is null");
        requireNonNull(enforcement, "enforcement is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(position, "position is null");
    }

    static List<CheckDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("checks", SHAPE).stream()
                .map(check -> new CheckDescriptor(
                        check.text("id"),
                        check.text("description").map(Located::value),
                        check.text("expression"),
                        check.text("message").map(Located::value),
                        check.text("enforcement"),
                        ScopeDescriptor.read(check, ScopeDescriptor.PRODUCT_SHAPE),
                        check.position()))
                .collect(toImmutableList());
    }
}
