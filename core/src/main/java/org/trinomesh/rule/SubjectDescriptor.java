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
 * To whom a rule applies, as written: a principal, or the members of a domain.
 *
 * @param kind one of {@code group}, {@code role}, {@code user}, {@code members}
 */
public record SubjectDescriptor(String kind, Located<String> name)
{
    /**
     * Stands for the domain of the product that the rule is applied to.
     */
    public static final String OWNING_DOMAIN = "owning-domain";

    public static final ObjectShape SHAPE = ObjectShape.of("a principal of a rule").optional("domain", "group", "members", "role", "user");

    private static final List<String> KINDS = ImmutableList.of("domain", "group", "members", "role", "user");

    public SubjectDescriptor
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
    }

    static List<SubjectDescriptor> readAll(ObjectReader reader, String key)
    {
        reader.emptyList(key).ifPresent(position ->
                reader.problems().error(position, "'%s' is empty".formatted(key), "name at least one group, role, user, domain or members, or remove the key"));
        return reader.objects(key, SHAPE).stream()
                .flatMap(entry -> read(entry).stream())
                .collect(toImmutableList());
    }

    private static Optional<SubjectDescriptor> read(ObjectReader reader)
    {
        List<String> given = KINDS.stream().filter(reader::has).collect(toImmutableList());
        if (given.size() != 1) {
            reader.problems().error(
                    reader.position(),
                    given.isEmpty() ? "the entry names nobody" : "the entry names " + String.join(" and ", given) + " together",
                    "write exactly one of group, role, user, domain or members in each entry");
            return Optional.empty();
        }
        String kind = given.getFirst();
        return reader.text(kind).map(name -> new SubjectDescriptor(kind, name));
    }
}
