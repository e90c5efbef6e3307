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
package org.trinomesh.policy;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The name of a rule in messages.
 */
public sealed interface RuleName
{
    /**
     * A rule that a document has.
     *
     * @param document how people call the document: the name of a policy, or {@code sales.customer_360}
     * @param id unique in the document
     */
    record Written(String document, String id)
            implements RuleName
    {
        public Written
        {
            requireNonNull(document, "document is null");
            requireNonNull(id, "id is null");
        }

        @Override
        public String toString()
        {
            return document + "/" + id;
        }
    }

    /**
     * The rule that follows from the entry of a consumer in a contract.
     */
    record ContractConsumer(String team)
            implements RuleName
    {
        public ContractConsumer
        {
            requireNonNull(team, "team is null");
        }

        @Override
        public String toString()
        {
            return "contract consumer " + team;
        }
    }

    /**
     * The document that has the rule, when it is written as one.
     */
    default Optional<String> ofDocument()
    {
        return switch (this) {
            case Written written -> Optional.of(written.document());
            case ContractConsumer _ -> Optional.empty();
        };
    }
}
