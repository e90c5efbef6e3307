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
 * @param tables empty when the product is only announced: it has no SQL port, or nobody said which columns it has
 */
public record DataProduct(
        ProductNames names,
        SemanticVersion version,
        ProductMetadata metadata,
        ProductGovernance governance,
        List<InputPort> inputPorts,
        List<OutputPort> outputPorts,
        List<ProductTable> tables,
        ProductPromises promises,
        ProductSource source)
{
    public DataProduct
    {
        requireNonNull(names, "names is null");
        requireNonNull(version, "version is null");
        requireNonNull(metadata, "metadata is null");
        requireNonNull(governance, "governance is null");
        inputPorts = ImmutableList.copyOf(requireNonNull(inputPorts, "inputPorts is null"));
        outputPorts = ImmutableList.copyOf(requireNonNull(outputPorts, "outputPorts is null"));
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        requireNonNull(promises, "promises is null");
        requireNonNull(source, "source is null");
    }

    /**
     * The identity of the product.
     */
    public ProductId id()
    {
        return new ProductId(domain(), sqlName(), version.major());
    }

    /**
     * {@code sales.customer_360}: how messages and answers name the product.
     */
    public String qualifiedName()
    {
        return domain() + "." + sqlName();
    }

    /**
     * Every contract that the product keeps.
     */
    public List<Contract> contracts()
    {
        return Stream.concat(contract().stream(), furtherContracts().stream()).collect(toImmutableList());
    }

    /**
     * Whom to ask for access: the first support channel, the contract's contact, those who approve it, or the owner.
     */
    public String howToAsk()
    {
        if (!support().isEmpty()) {
            return ownerOrNobody() + " via " + support().getFirst();
        }
        Optional<String> contact = contract().flatMap(Contract::contact);
        if (contact.isPresent()) {
            return ownerOrNobody() + " at " + contact.get();
        }
        List<String> approvers = contracts().stream().flatMap(kept -> kept.approvers().stream()).distinct().collect(toImmutableList());
        if (approvers.isEmpty()) {
            return ownerOrNobody();
        }
        String approved = "approved by " + String.join(", then ", approvers);
        return owner().isEmpty() ? approved : owner() + ", " + approved;
    }

    /**
     * The owner, as messages name it.
     */
    public String ownerOrNobody()
    {
        return owner().isEmpty() ? "nobody" : owner();
    }

    /**
     * Whether a query computes any of its tables.
     */
    public boolean isComputed()
    {
        return tables.stream().anyMatch(table -> table.query().isPresent());
    }

    /**
     * Whether a storage has the rows of all of its tables, including those that a query fills.
     */
    public boolean isStored()
    {
        return tables.stream().allMatch(table -> table.physical().isPresent());
    }

    public DataProduct withOutputPorts(List<OutputPort> outputPorts)
    {
        return new DataProduct(names, version, metadata, governance, inputPorts, outputPorts, tables, promises, source);
    }

    public String domain()
    {
        return names.domain();
    }

    public String name()
    {
        return names.name();
    }

    public String sqlName()
    {
        return names.sqlName();
    }

    public String displayName()
    {
        return names.displayName();
    }

    public Set<String> aliases()
    {
        return names.aliases();
    }

    public Optional<Located<Integer>> currentMajor()
    {
        return names.currentMajor();
    }

    public Status status()
    {
        return metadata.status();
    }

    public String owner()
    {
        return metadata.owner();
    }

    public String description()
    {
        return metadata.description();
    }

    public Optional<String> archetype()
    {
        return metadata.classification().archetype();
    }

    public Optional<String> tier()
    {
        return metadata.classification().tier();
    }

    public Optional<String> classification()
    {
        return metadata.classification().confidentiality();
    }

    public boolean pii()
    {
        return metadata.classification().pii();
    }

    public Set<String> tags()
    {
        return metadata.tags();
    }

    public List<SupportChannel> support()
    {
        return metadata.support();
    }

    public Discovery discovery()
    {
        return metadata.discovery();
    }

    public Optional<Terms> terms()
    {
        return metadata.terms();
    }

    public boolean findable()
    {
        return governance.findable();
    }

    public RuleSetDescriptor rules()
    {
        return governance.rules();
    }

    public List<AccessRule> accessRules()
    {
        return governance.accessRules();
    }

    public List<ServiceLevelObjective> objectives()
    {
        return promises.objectives();
    }

    public List<QualityRule> qualityRules()
    {
        return promises.qualityRules();
    }

    public Optional<Contract> contract()
    {
        return promises.contract();
    }

    public List<Contract> furtherContracts()
    {
        return promises.furtherContracts();
    }

    public Optional<Deprecation> deprecation()
    {
        return promises.deprecation();
    }

    public Position position()
    {
        return source.position();
    }

    public Set<String> sources()
    {
        return source.files();
    }

    public String fingerprint()
    {
        return source.fingerprint();
    }
}
