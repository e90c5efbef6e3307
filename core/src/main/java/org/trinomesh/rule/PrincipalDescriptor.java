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

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Whom an entry speaks of, as written: {@code role: sales-analysts}.
 *
 * @param kind one of {@code domain}, {@code group}, {@code role}, {@code user}
 */
public record PrincipalDescriptor(String kind, Located<String> name)
{
    public static final ObjectShape SHAPE = ObjectShape.of("a principal").optional("group", "role", "user");

    private static final List<String> KINDS = ImmutableList.of("group", "role", "user", "domain");

    public PrincipalDescriptor
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
    }

    /**
     * Reads the one key of those that the shape of the entry has.
     */
    public static Optional<PrincipalDescriptor> read(ObjectReader reader)
    {
        List<String> kinds = KINDS.stream().filter(reader::knows).collect(toImmutableList());
        List<String> given = kinds.stream().filter(reader::has).collect(toImmutableList());
        if (given.size() != 1) {
            reader.problems().error(
                    reader.position(),
                    given.isEmpty() ? "the entry names nobody" : "the entry names " + String.join(" and ", given) + " together",
                    "write exactly one of %s or %s in each entry".formatted(String.join(", ", kinds.subList(0, kinds.size() - 1)), kinds.getLast()));
            return Optional.empty();
        }
        String kind = given.getFirst();
        return reader.text(kind).map(name -> new PrincipalDescriptor(kind, name));
    }

    public static List<PrincipalDescriptor> readAll(ObjectReader reader, String key)
    {
        return reader.objects(key, SHAPE).stream()
                .flatMap(entry -> read(entry).stream())
                .collect(toImmutableList());
    }
}
