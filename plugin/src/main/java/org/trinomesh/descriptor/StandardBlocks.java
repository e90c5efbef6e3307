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
import org.trinomesh.descriptor.DiscoveryDescriptor.SampleQuery;
import org.trinomesh.descriptor.TermsDescriptor.Definition;
import org.trinomesh.descriptor.TermsDescriptor.Description;
import org.trinomesh.descriptor.TermsDescriptor.Member;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The blocks that documents of the Open Data Contract Standard and the Open Data Product Standard have in common.
 */
final class StandardBlocks
{
    static final ObjectShape DESCRIPTION = ObjectShape.of("description").optional("purpose", "limitations", "usage", "authoritativeDefinitions", "customProperties");
    static final ObjectShape DEFINITION = ObjectShape.of("an authoritative definition").required("url", "type").optional("id", "description");
    static final ObjectShape CUSTOM_PROPERTY = ObjectShape.of("a custom property").required("property", "value").optional("id", "description", "vendor");
    static final ObjectShape CHANNEL = ObjectShape.of("a support channel").required("channel").optional("id", "url", "description", "tool", "scope", "invitationUrl", "customProperties");
    static final ObjectShape TEAM = ObjectShape.of("team").optional("id", "name", "description", "members", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape MEMBER = ObjectShape.of("a team member")
            .required("username")
            .optional("id", "name", "description", "role", "dateIn", "dateOut", "replacedByUsername", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape SYNONYM = ObjectShape.of("a synonym").required("synonym").optional("id", "description", "locale", "source", "status", "customProperties");
    static final ObjectShape CONTEXT = ObjectShape.of("context").optional("instructions", "verifiedStatements", "constraints");
    static final ObjectShape STATEMENT = ObjectShape.of("a verified statement").required("question").optional("id", "answer", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape CONSTRAINT = ObjectShape.of("a constraint").required("constraint").optional("id", "tags", "customProperties", "authoritativeDefinitions");

    private final Problems problems;
    private final boolean open;
    private final Set<String> uninterpreted = new LinkedHashSet<>();

    /**
     * @param open whether the version of the standard admits keys of which it knows nothing
     */
    StandardBlocks(Problems problems, boolean open)
    {
        this.problems = requireNonNull(problems, "problems is null");
        this.open = open;
    }

    record Team(Optional<String> name, List<Member> members)
    {
        static final Team NONE = new Team(Optional.empty(), ImmutableList.of());

        Team
        {
            requireNonNull(name, "name is null");
            members = ImmutableList.copyOf(requireNonNull(members, "members is null"));
        }

        /**
         * The team, or the first of its members who is an owner and does not leave.
         */
        Optional<String> owner()
        {
            return name.or(() -> members.stream()
                    .filter(member -> member.role().filter("owner"::equalsIgnoreCase).isPresent() && member.dateOut().isEmpty())
                    .map(Member::username)
                    .findFirst());
        }
    }

    /**
     * What is written for those who ask questions of the data, people and tools alike.
     *
     * @param queries the questions whose answer is SQL
     */
    record Context(List<String> instructions, List<SampleQuery> queries)
    {
        static final Context NONE = new Context(ImmutableList.of(), ImmutableList.of());

        Context
        {
            instructions = ImmutableList.copyOf(requireNonNull(instructions, "instructions is null"));
            queries = ImmutableList.copyOf(requireNonNull(queries, "queries is null"));
        }
    }

    Problems problems()
    {
        return problems;
    }

    ObjectShape shape(ObjectShape shape)
    {
        return open ? shape.opened() : shape;
    }

    /**
     * What newer versions of the standard forbid, and older ones did not say.
     */
    void refuse(Position position, String message, String remedy)
    {
        problems.add(open ? Problem.warning(position, message, remedy) : Problem.error(position, message, remedy));
    }

    /**
     * Notes those of the keys that are there, of which nothing is made.
     */
    void ignore(ObjectReader reader, String path, String... keys)
    {
        for (String key : keys) {
            if (reader.has(key)) {
                uninterpreted.add(path + key);
            }
        }
    }

    void ignore(String what)
    {
        uninterpreted.add(what);
    }

    void reportUninterpreted(Position position)
    {
        if (!uninterpreted.isEmpty()) {
            problems.info(position, "not interpreted: " + String.join(", ", uninterpreted), "leave it as it is, for people who read the file");
        }
    }

    Description description(ObjectReader reader)
    {
        Optional<ObjectReader> description = reader.given("description").flatMap(node -> ObjectReader.of(node, shape(DESCRIPTION), problems));
        description.ifPresent(this::checkCustom);
        return description
                .map(present -> new Description(
                        present.text("purpose").map(Located::value),
                        present.text("limitations").map(Located::value),
                        present.text("usage").map(Located::value)))
                .orElse(Description.NONE);
    }

    /**
     * The definitions of an object and of its description.
     */
    List<Definition> rootDefinitions(ObjectReader reader)
    {
        ImmutableList.Builder<Definition> all = ImmutableList.builder();
        all.addAll(definitions(reader));
        if (reader.given("description").orElse(null) instanceof DescriptorNode.Fields fields) {
            // Its other keys are checked where the description itself is read
            ObjectReader.of(fields, DESCRIPTION.opened(), new Problems()).ifPresent(description -> description.given("authoritativeDefinitions").ifPresent(_ -> all.addAll(definitions(description))));
        }
        return all.build();
    }

    List<Definition> definitions(ObjectReader reader)
    {
        return objects(reader, "authoritativeDefinitions", DEFINITION).stream()
                .flatMap(entry -> {
                    Optional<Located<String>> url = entry.text("url");
                    Optional<Located<String>> type = entry.text("type");
                    return url.flatMap(address -> type.map(kind -> new Definition(kind.value(), address.value()))).stream();
                })
                .collect(toImmutableList());
    }

    /**
     * Custom properties by name, as far as they are single values.
     */
    Map<String, String> custom(ObjectReader reader)
    {
        if (reader.given("customProperties").orElse(null) instanceof DescriptorNode.Fields fields) {
            String first = fields.fields().keySet().stream().findFirst().orElse("name");
            problems.error(fields.position(), "'customProperties' is a group of keys", "write a list with one entry for each: '- {property: %s, value: ...}'".formatted(first));
            return ImmutableMap.of();
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (ObjectReader entry : objects(reader, "customProperties", CUSTOM_PROPERTY)) {
            Optional<Located<String>> name = entry.text("property");
            if (name.isPresent() && entry.given("value").orElse(null) instanceof DescriptorNode.Text text && !text.value().isBlank()) {
                properties.putIfAbsent(name.get().value(), text.value());
            }
        }
        return properties;
    }

    /**
     * Checks custom properties of which nothing is made.
     */
    void checkCustom(ObjectReader reader)
    {
        custom(reader);
        if (!(reader.given("customProperties").orElse(null) instanceof DescriptorNode.Items(List<DescriptorNode> items, Position _)) || items.isEmpty()) {
            return;
        }
        ignore("customProperties below the root");
    }

    List<SupportDescriptor> support(ObjectReader reader)
    {
        return objects(reader, "support", CHANNEL).stream()
                .map(entry -> {
                    checkCustom(entry);
                    return new SupportDescriptor(
                            entry.text("channel").map(Located::value),
                            entry.text("url").map(Located::value),
                            entry.text("description").map(Located::value),
                            entry.text("tool").map(Located::value),
                            entry.text("scope").map(Located::value),
                            entry.text("invitationUrl").map(Located::value));
                })
                .collect(toImmutableList());
    }

    /**
     * A team with its members, or in the old form its members alone.
     */
    Team team(ObjectReader reader)
    {
        return switch (reader.given("team").orElse(null)) {
            case null -> Team.NONE;
            case DescriptorNode.Items _ -> new Team(Optional.empty(), members(reader, "team"));
            case DescriptorNode other -> ObjectReader.of(other, shape(TEAM), problems)
                    .map(team -> {
                        checkCustom(team);
                        ignore(team, "team.", "description", "tags", "authoritativeDefinitions");
                        return new Team(team.text("name").map(Located::value), members(team, "members"));
                    })
                    .orElse(Team.NONE);
        };
    }

    private List<Member> members(ObjectReader reader, String key)
    {
        return objects(reader, key, MEMBER).stream()
                .flatMap(entry -> {
                    checkCustom(entry);
                    Optional<Located<String>> username = entry.text("username");
                    Member member = new Member(
                            username.map(Located::value).orElse(""),
                            entry.text("name").map(Located::value),
                            entry.text("role").map(Located::value),
                            entry.date("dateIn").map(Located::value),
                            entry.date("dateOut").map(Located::value),
                            entry.text("replacedByUsername").map(Located::value));
                    return username.map(_ -> member).stream();
                })
                .collect(toImmutableList());
    }

    List<String> synonyms(ObjectReader reader)
    {
        return objects(reader, "synonyms", SYNONYM).stream()
                .flatMap(entry -> entry.text("synonym").stream())
                .map(Located::value)
                .collect(toImmutableList());
    }

    List<String> tags(ObjectReader reader)
    {
        return reader.given("tags").isEmpty() ? ImmutableList.of() : reader.texts("tags").stream().map(Located::value).collect(toImmutableList());
    }

    Context context(ObjectReader reader)
    {
        Optional<DescriptorNode> written = reader.given("context");
        if (written.isEmpty()) {
            return Context.NONE;
        }
        if (written.get() instanceof DescriptorNode.Text text) {
            return new Context(text.value().isBlank() ? ImmutableList.of() : ImmutableList.of(text.value().strip()), ImmutableList.of());
        }
        return ObjectReader.of(written.get(), shape(CONTEXT), problems).map(this::readContext).orElse(Context.NONE);
    }

    private Context readContext(ObjectReader context)
    {
        ImmutableList.Builder<String> instructions = ImmutableList.builder();
        context.text("instructions").map(Located::value).ifPresent(instructions::add);
        objects(context, "constraints", CONSTRAINT).forEach(entry -> entry.text("constraint").ifPresent(constraint -> instructions.add(constraint.value())));
        ImmutableList.Builder<SampleQuery> queries = ImmutableList.builder();
        for (ObjectReader statement : objects(context, "verifiedStatements", STATEMENT)) {
            Optional<Located<String>> question = statement.text("question");
            Optional<Located<String>> answer = statement.text("answer");
            if (question.isPresent() && answer.filter(text -> isQuery(text.value())).isPresent()) {
                queries.add(new SampleQuery(question.get().value(), answer.get().value(), Optional.empty()));
            }
            else {
                ignore("context.verifiedStatements[] without a query");
            }
        }
        return new Context(instructions.build(), queries.build());
    }

    private static boolean isQuery(String answer)
    {
        String lower = answer.toLowerCase(ENGLISH);
        return lower.startsWith("select ") || lower.startsWith("select\n") || lower.startsWith("with ");
    }

    List<ObjectReader> objects(ObjectReader reader, String key, ObjectShape shape)
    {
        return reader.given(key).isEmpty() ? ImmutableList.of() : reader.objects(key, shape(shape));
    }
}
