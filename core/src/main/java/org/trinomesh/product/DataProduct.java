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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.DiscoveryDescriptor;
import org.trinomesh.descriptor.ProductDescriptor.GovernanceDescriptor;
import org.trinomesh.descriptor.TermsDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.rule.RuleSetDescriptor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A data product after validation: everything its descriptor and its contract say, in one value.
 *
 * @param domain the domain as a SQL schema name
 * @param name the name in documents of the mesh, {@code customer-360}
 * @param sqlName the name without a version in SQL, {@code customer_360}
 * @param displayName the name as its domain writes it, {@code Customer 360}
 * @param archetype what kind of product it is: source-aligned, aggregate, consumer-aligned; free text
 * @param classification the confidentiality of the whole product, {@code confidential}
 * @param findable whether those who may discover the whole mesh see it; without it only its own access rules count
 * @param owner empty when nobody owns it, which is a violation of the built-in policies
 * @param governance what the product declares for conformance
 * @param rules what the product's team adds to the policies of the mesh
 * @param furtherContracts those of other ports than the first
 * @param terms what a product of the Open Data Product Standard says beside
 * @param tables empty when the product is only announced: it has no SQL port, or nobody said which columns it has
 * @param currentMajor which major version the name without a version means, by this document's word
 * @param sources every file the product was built from, so that a change can be traced to it
 * @param fingerprint identifies the content of the sources
 */
public record DataProduct(
        String domain,
        String name,
        String sqlName,
        String displayName,
        SemanticVersion version,
        Status status,
        String owner,
        String description,
        Optional<String> archetype,
        Optional<String> tier,
        Optional<String> classification,
        boolean pii,
        Set<String> tags,
        boolean findable,
        GovernanceDescriptor governance,
        RuleSetDescriptor rules,
        List<InputPort> inputPorts,
        List<OutputPort> outputPorts,
        List<ServiceLevelObjective> objectives,
        List<QualityRule> qualityRules,
        List<AccessRule> accessRules,
        List<SupportChannel> support,
        DiscoveryDescriptor discovery,
        Optional<Deprecation> deprecation,
        Optional<Contract> contract,
        List<Contract> furtherContracts,
        Optional<TermsDescriptor> terms,
        List<ProductTable> tables,
        Set<String> aliases,
        Optional<Located<Integer>> currentMajor,
        Position position,
        Set<String> sources,
        String fingerprint)
{
    public DataProduct
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(name, "name is null");
        requireNonNull(sqlName, "sqlName is null");
        requireNonNull(displayName, "displayName is null");
        requireNonNull(version, "version is null");
        requireNonNull(status, "status is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        requireNonNull(archetype, "archetype is null");
        requireNonNull(tier, "tier is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(governance, "governance is null");
        requireNonNull(rules, "rules is null");
        inputPorts = ImmutableList.copyOf(requireNonNull(inputPorts, "inputPorts is null"));
        outputPorts = ImmutableList.copyOf(requireNonNull(outputPorts, "outputPorts is null"));
        objectives = ImmutableList.copyOf(requireNonNull(objectives, "objectives is null"));
        qualityRules = ImmutableList.copyOf(requireNonNull(qualityRules, "qualityRules is null"));
        accessRules = ImmutableList.copyOf(requireNonNull(accessRules, "accessRules is null"));
        support = ImmutableList.copyOf(requireNonNull(support, "support is null"));
        requireNonNull(discovery, "discovery is null");
        requireNonNull(deprecation, "deprecation is null");
        requireNonNull(contract, "contract is null");
        furtherContracts = ImmutableList.copyOf(requireNonNull(furtherContracts, "furtherContracts is null"));
        requireNonNull(terms, "terms is null");
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        aliases = ImmutableSet.copyOf(requireNonNull(aliases, "aliases is null"));
        requireNonNull(currentMajor, "currentMajor is null");
        requireNonNull(position, "position is null");
        sources = ImmutableSet.copyOf(requireNonNull(sources, "sources is null"));
        requireNonNull(fingerprint, "fingerprint is null");
    }

    /**
     * Which product this is, whatever its document says of it.
     */
    public ProductId id()
    {
        return new ProductId(domain, sqlName, version.major());
    }

    /**
     * {@code sales.customer_360}: how messages and answers name the product.
     */
    public String qualifiedName()
    {
        return domain + "." + sqlName;
    }

    /**
     * Every contract that the product keeps.
     */
    public List<Contract> contracts()
    {
        return Stream.concat(contract.stream(), furtherContracts.stream()).collect(toImmutableList());
    }

    /**
     * Whom to ask for access: the first support channel, the contract's contact, those who approve it, or the owner.
     */
    public String howToAsk()
    {
        if (!support.isEmpty()) {
            return ownerOrNobody() + " via " + support.getFirst();
        }
        Optional<String> contact = contract.flatMap(Contract::contact);
        if (contact.isPresent()) {
            return ownerOrNobody() + " at " + contact.get();
        }
        List<String> approvers = contracts().stream().flatMap(kept -> kept.approvers().stream()).distinct().collect(toImmutableList());
        if (approvers.isEmpty()) {
            return ownerOrNobody();
        }
        String approved = "approved by " + String.join(", then ", approvers);
        return owner.isEmpty() ? approved : owner + ", " + approved;
    }

    /**
     * The owner, as messages name it.
     */
    public String ownerOrNobody()
    {
        return owner.isEmpty() ? "nobody" : owner;
    }

    public DataProduct withOutputPorts(List<OutputPort> outputPorts)
    {
        return new DataProduct(
                domain,
                name,
                sqlName,
                displayName,
                version,
                status,
                owner,
                description,
                archetype,
                tier,
                classification,
                pii,
                tags,
                findable,
                governance,
                rules,
                inputPorts,
                outputPorts,
                objectives,
                qualityRules,
                accessRules,
                support,
                discovery,
                deprecation,
                contract,
                furtherContracts,
                terms,
                tables,
                aliases,
                currentMajor,
                position,
                sources,
                fingerprint);
    }
}
