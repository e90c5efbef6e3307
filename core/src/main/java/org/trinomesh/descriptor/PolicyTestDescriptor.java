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
import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What a policy's author expects that somebody sees, as written.
 *
 * @param on the day for which it is expected; without one today
 * @param columns column name to {@code clear}, {@code hidden} or the mask
 * @param rowFilter the row filter, or {@code none}
 */
public record PolicyTestDescriptor(
        Optional<Located<String>> name,
        Optional<Located<String>> user,
        List<String> groups,
        List<String> roles,
        Optional<Located<String>> product,
        Optional<LocalDate> on,
        Optional<Located<String>> access,
        Map<String, Located<String>> columns,
        Optional<Located<String>> rowFilter,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a test").required("expect", "product", "user").optional("groups", "name", "on", "roles");
    static final ObjectShape EXPECT = ObjectShape.of("expect").optional("access", "columns", "rowFilter");

    public PolicyTestDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(user, "user is null");
        groups = ImmutableList.copyOf(requireNonNull(groups, "groups is null"));
        roles = ImmutableList.copyOf(requireNonNull(roles, "roles is null"));
        requireNonNull(product, "product is null");
        requireNonNull(on, "on is null");
        requireNonNull(access, "access is null");
        columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
        requireNonNull(rowFilter, "rowFilter is null");
        requireNonNull(position, "position is null");
    }

    static List<PolicyTestDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("tests", SHAPE).stream()
                .map(PolicyTestDescriptor::read)
                .collect(toImmutableList());
    }

    private static PolicyTestDescriptor read(ObjectReader test)
    {
        Optional<ObjectReader> expect = test.object("expect", EXPECT);
        expect.filter(reader -> EXPECT.optional().stream().noneMatch(reader::has))
                .ifPresent(reader -> reader.problems().error(reader.position(), "the test expects nothing", "add access, columns or rowFilter to expect"));
        ImmutableMap.Builder<String, Located<String>> columns = ImmutableMap.builder();
        expect.ifPresent(reader -> reader.nodes("columns").forEach((name, node) -> reader.text(name, node).ifPresent(value -> columns.put(name, value))));
        return new PolicyTestDescriptor(
                test.text("name"),
                test.text("user"),
                test.texts("groups").stream().map(Located::value).collect(toImmutableList()),
                test.texts("roles").stream().map(Located::value).collect(toImmutableList()),
                test.text("product"),
                test.date("on").map(Located::value),
                expect.flatMap(reader -> reader.text("access")),
                columns.buildOrThrow(),
                expect.flatMap(reader -> reader.text("rowFilter")),
                test.position());
    }
}
