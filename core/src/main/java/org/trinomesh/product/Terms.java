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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Located;
import org.trinomesh.text.StoredText;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The terms of a contract, or of a product of an open standard, for the people who use it. Nothing here is enforced by
 * itself.
 *
 * @param id what other documents call it
 * @param standard the {@code apiVersion} it is written in
 * @param status as written; of a contract nothing follows from it
 * @param managementPorts where a product is looked after; a contract has none
 * @param instructions how to use it, for people and tools alike
 * @param customProperties what an organisation adds, as far as it is a single value
 * @param written the text as it is written, which also says where tables lie
 */
public record Terms(
        Optional<Located<String>> id,
        String standard,
        Optional<String> status,
        Description description,
        List<String> tags,
        Optional<String> team,
        List<Member> members,
        Optional<Price> price,
        List<Definition> definitions,
        List<ManagementPort> managementPorts,
        List<String> instructions,
        Map<String, String> customProperties,
        StoredText written)
{
    public Terms
    {
        requireNonNull(id, "id is null");
        requireNonNull(standard, "standard is null");
        requireNonNull(status, "status is null");
        requireNonNull(description, "description is null");
        tags = ImmutableList.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(team, "team is null");
        members = ImmutableList.copyOf(requireNonNull(members, "members is null"));
        requireNonNull(price, "price is null");
        definitions = ImmutableList.copyOf(requireNonNull(definitions, "definitions is null"));
        managementPorts = ImmutableList.copyOf(requireNonNull(managementPorts, "managementPorts is null"));
        instructions = ImmutableList.copyOf(requireNonNull(instructions, "instructions is null"));
        customProperties = ImmutableMap.copyOf(requireNonNull(customProperties, "customProperties is null"));
        requireNonNull(written, "written is null");
    }

    /**
     * @param document the text as it is written
     */
    public Terms(
            Optional<Located<String>> id,
            String standard,
            Optional<String> status,
            Description description,
            List<String> tags,
            Optional<String> team,
            List<Member> members,
            Optional<Price> price,
            List<Definition> definitions,
            List<ManagementPort> managementPorts,
            List<String> instructions,
            Map<String, String> customProperties,
            String document)
    {
        this(id, standard, status, description, tags, team, members, price, definitions, managementPorts, instructions, customProperties, StoredText.of(document));
    }

    /**
     * The text as it is written.
     */
    public String document()
    {
        return written.text();
    }

    /**
     * The terms of a document that says none.
     */
    public static Terms of(String standard, Optional<String> status, Optional<String> purpose, String document)
    {
        return new Terms(
                Optional.empty(),
                standard,
                status,
                new Description(purpose, Optional.empty(), Optional.empty()),
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableMap.of(),
                document);
    }

    public record Description(Optional<String> purpose, Optional<String> limitations, Optional<String> usage)
    {
        public static final Description NONE = new Description(Optional.empty(), Optional.empty(), Optional.empty());

        public Description
        {
            requireNonNull(purpose, "purpose is null");
            requireNonNull(limitations, "limitations is null");
            requireNonNull(usage, "usage is null");
        }
    }

    /**
     * Somebody of the team, also when that is over.
     */
    public record Member(String username, Optional<String> name, Optional<String> role, Optional<LocalDate> dateIn, Optional<LocalDate> dateOut, Optional<String> replacedBy)
    {
        public Member
        {
            requireNonNull(username, "username is null");
            requireNonNull(name, "name is null");
            requireNonNull(role, "role is null");
            requireNonNull(dateIn, "dateIn is null");
            requireNonNull(dateOut, "dateOut is null");
            requireNonNull(replacedBy, "replacedBy is null");
        }

        @Override
        public String toString()
        {
            return role.map(present -> username + " (" + present + ")").orElse(username);
        }
    }

    public record Price(Optional<String> amount, Optional<String> currency, Optional<String> unit)
    {
        public Price
        {
            requireNonNull(amount, "amount is null");
            requireNonNull(currency, "currency is null");
            requireNonNull(unit, "unit is null");
        }
    }

    /**
     * Where something is defined: a glossary, a canonical address, a tutorial.
     */
    public record Definition(String type, String url)
    {
        public Definition
        {
            requireNonNull(type, "type is null");
            requireNonNull(url, "url is null");
        }

        @Override
        public String toString()
        {
            return type + ": " + url;
        }
    }

    /**
     * Where a product is looked after: discovered, observed, controlled.
     *
     * @param content {@code discoverability}, {@code observability}, {@code control} or {@code dictionary}
     * @param address a URL, or a channel
     */
    public record ManagementPort(String name, String content, String type, Optional<String> address, Optional<String> description)
    {
        public ManagementPort
        {
            requireNonNull(name, "name is null");
            requireNonNull(content, "content is null");
            requireNonNull(type, "type is null");
            requireNonNull(address, "address is null");
            requireNonNull(description, "description is null");
        }
    }
}
