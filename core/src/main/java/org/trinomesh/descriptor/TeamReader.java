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
import org.trinomesh.product.Terms.Member;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the team of a document of the standards. A member without a user name is reported and left out.
 */
public final class TeamReader
{
    public static final ObjectShape TEAM = ObjectShape.of("team").optional("id", "name", "description", "members", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape MEMBER = ObjectShape.of("a team member")
            .required("username")
            .optional("id", "name", "description", "role", "dateIn", "dateOut", "replacedByUsername", "tags", "customProperties", "authoritativeDefinitions");

    private final StandardBlocks blocks;

    public record Team(Optional<String> name, List<Member> members)
    {
        static final Team NONE = new Team(Optional.empty(), ImmutableList.of());

        public Team
        {
            requireNonNull(name, "name is null");
            members = ImmutableList.copyOf(requireNonNull(members, "members is null"));
        }

        /**
         * The team, or the first of its members who is an owner and does not leave.
         */
        public Optional<String> owner()
        {
            return name.or(() -> members.stream()
                    .filter(member -> member.role().filter("owner"::equalsIgnoreCase).isPresent() && member.dateOut().isEmpty())
                    .map(Member::username)
                    .findFirst());
        }
    }

    public TeamReader(StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
    }

    /**
     * A team with its members, or in the old form its members alone.
     */
    public Team read(ObjectReader reader)
    {
        return switch (reader.given("team").orElse(null)) {
            case null -> Team.NONE;
            case DescriptorNode.Items _ -> new Team(Optional.empty(), members(reader, "team"));
            case DescriptorNode other -> ObjectReader.of(other, blocks.shape(TEAM), blocks.problems())
                    .map(team -> {
                        blocks.checkCustom(team);
                        blocks.ignore(team, "team.", "description", "tags", "authoritativeDefinitions");
                        return new Team(team.text("name").map(Located::value), members(team, "members"));
                    })
                    .orElse(Team.NONE);
        };
    }

    private List<Member> members(ObjectReader reader, String key)
    {
        return blocks.objects(reader, key, MEMBER).stream()
                .flatMap(entry -> {
                    blocks.checkCustom(entry);
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
}
