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
package org.trinomesh.validation;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.ObjectiveDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.ProductDescriptor.DeprecationDescriptor;
import org.trinomesh.descriptor.QueryFileDescriptor;
import org.trinomesh.descriptor.SupportDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.AccessRule;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.ProductGovernance;
import org.trinomesh.product.ProductMetadata;
import org.trinomesh.product.ProductNames;
import org.trinomesh.product.ProductPromises;
import org.trinomesh.product.ProductSource;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.SemanticVersion;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.SqlNames;
import org.trinomesh.product.SupportChannel;
import org.trinomesh.validation.ProductCandidate.Identity;
import org.trinomesh.validation.TableBinder.BoundTables;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Checks one product together with its contract, and builds it as far as possible.
 */
public final class ProductBuilder
{
    private final ProductDescriptor descriptor;
    private final List<ContractDescriptor> contracts;
    private final Map<String, QueryFileDescriptor> queries;
    private final Optional<Platform> platform;
    private final Problems problems = new Problems();

    /**
     * @param contracts the contract of the product first, then those that other ports of it keep
     * @param queries the files with queries, by the names that the product gives them
     * @param platform without one no table can be bound: the product is announced only
     */
    ProductBuilder(ProductDescriptor descriptor, List<ContractDescriptor> contracts, Map<String, QueryFileDescriptor> queries, Optional<Platform> platform)
    {
        requireNonNull(descriptor, "descriptor is null");
        this.contracts = ImmutableList.copyOf(requireNonNull(contracts, "contracts is null"));
        this.queries = ImmutableMap.copyOf(requireNonNull(queries, "queries is null"));
        this.platform = requireNonNull(platform, "platform is null");
        this.descriptor = isStandard(descriptor)
                ? new StandardProduct(descriptor, contracts, platform.flatMap(Platform::environment), problems).completed()
                : descriptor;
    }

    /**
     * Whether it is written in the words of the Open Data Product Standard.
     */
    private static boolean isStandard(ProductDescriptor descriptor)
    {
        return descriptor.terms().isPresent();
    }

    ProductCandidate build()
    {
        problems.addAll(descriptor.problems());
        contracts.forEach(contract -> problems.addAll(contract.problems()));
        problems.addAll(new RelationshipChecks(contracts).problems());
        IdentityBuilder identities = new IdentityBuilder(descriptor, problems);
        identities.checkNames();
        Optional<SemanticVersion> version = identities.version();
        identities.checkStatus();
        identities.checkDeprecation(announced());
        Set<String> aliases = aliases();
        List<AccessRule> accessRules = new AccessRuleBuilder(descriptor, contracts, isStandard(descriptor), problems).build();
        Optional<Identity> identity = IdentityBuilder.identify(descriptor);
        Optional<BoundTables> bound = identity.isPresent() && platform.isPresent() && identity.get().status().isServed()
                ? Optional.of(new TableBinder(descriptor, identity.get().domain(), identity.get().sqlName(), promisedTables(), queries, platform.get(), problems).bind())
                : Optional.empty();
        BoundTables tables = bound.orElseGet(() -> new BoundTables(ImmutableSet.of(), ImmutableListMultimap.of()));
        List<QualityRule> qualityRules = new QualityRuleBuilder(ImmutableList.copyOf(tables.byPort().values()), descriptor.metadata().name().flatMap(name -> SqlNames.of(name.value())).orElse(""), problems)
                .build(contracts.stream().flatMap(contract -> new ContractBuilder(contract, ImmutableList.copyOf(tables.byPort().values())).quality().stream()).collect(toImmutableList()));
        return new ProductCandidate(
                descriptor.position(),
                identity,
                DomainFolder.domain(descriptor.position(), descriptor.metadata().domain()),
                descriptor.metadata().owner().map(Located::value),
                tables.names(),
                aliases,
                identity.flatMap(known -> product(known, version, aliases, accessRules, tables, qualityRules)),
                problems.toList());
    }

    /**
     * The tables of contracts whose columns are not at the tables of the ports already.
     */
    private List<ContractTableDescriptor> promisedTables()
    {
        return isStandard(descriptor)
                ? ImmutableList.of()
                : contracts.stream().flatMap(contract -> contract.tables().stream()).collect(toImmutableList());
    }

    private Optional<DataProduct> product(Identity identity, Optional<SemanticVersion> version, Set<String> aliases, List<AccessRule> accessRules, BoundTables tables, List<QualityRule> qualityRules)
    {
        if (version.isEmpty() || descriptor.description().isEmpty()) {
            return Optional.empty();
        }
        PortBuilder ports = new PortBuilder(descriptor);
        return Optional.of(new DataProduct(
                new ProductNames(
                        identity.domain(),
                        identity.writtenName(),
                        identity.sqlName(),
                        descriptor.metadata().displayName().orElse(identity.writtenName()),
                        aliases,
                        descriptor.metadata().currentMajor()),
                version.get(),
                metadata(identity, descriptor.description().get()),
                new ProductGovernance(
                        descriptor.discoverable(),
                        descriptor.handling(),
                        descriptor.rules(),
                        accessRules),
                ports.inputPorts(),
                ports.outputPorts(identity.domain(), tables),
                ImmutableList.copyOf(tables.byPort().values()),
                new ProductPromises(
                        objectives(tables),
                        qualityRules,
                        contracts.stream().findFirst().flatMap(contract -> contract(contract, tables)),
                        contracts.stream().skip(1).flatMap(contract -> contract(contract, tables).stream()).collect(toImmutableList()),
                        deprecation(identity.domain())),
                new ProductSource(descriptor.position(), sources(), fingerprint())));
    }

    private ProductMetadata metadata(Identity identity, String description)
    {
        ProductDescriptor.Metadata metadata = descriptor.metadata();
        return new ProductMetadata(
                identity.status(),
                metadata.owner().map(Located::value).orElse(""),
                description,
                descriptor.classification(),
                Stream.concat(metadata.tags().stream(), contracts.stream().flatMap(contract -> contract.terms().tags().stream())).collect(toImmutableSet()),
                Stream.concat(descriptor.support().stream(), contracts.stream().flatMap(contract -> contract.support().stream()))
                        .flatMap(channel -> support(channel).stream())
                        .distinct()
                        .collect(toImmutableList()),
                contracts.stream().map(ContractDescriptor::discovery).reduce(descriptor.discovery(), Discovery::with),
                descriptor.terms());
    }

    private Set<String> aliases()
    {
        ImmutableSet.Builder<String> aliases = ImmutableSet.builder();
        for (Located<String> written : descriptor.metadata().aliases()) {
            SqlNames.of(written.value()).ifPresentOrElse(
                    aliases::add,
                    () -> problems.error(written.position(), "'%s' cannot be an alias".formatted(written), SqlNames.NAME_REMEDY));
        }
        return aliases.build();
    }

    /**
     * The product's own objectives, and those of its contract that the product does not state.
     */
    private List<ServiceLevelObjective> objectives(BoundTables tables)
    {
        ObjectiveBuilder builder = new ObjectiveBuilder(tables.byPort().values(), problems);
        ImmutableList.Builder<ServiceLevelObjective> objectives = ImmutableList.builder();
        descriptor.objectives().forEach(objective -> builder.build(objective).ifPresent(objectives::add));
        Set<String> stated = descriptor.objectives().stream().map(ObjectiveDescriptor::name).collect(toImmutableSet());
        contracts.stream().flatMap(contract -> contract.objectives().stream())
                .filter(objective -> !stated.contains(objective.name()))
                .forEach(objective -> builder.build(objective).ifPresent(objectives::add));
        return objectives.build();
    }

    public static Optional<SupportChannel> support(SupportDescriptor descriptor)
    {
        return descriptor.channel().map(channel -> new SupportChannel(channel, descriptor.url(), descriptor.description(), descriptor.tool(), descriptor.scope(), descriptor.invitationUrl()));
    }

    private Optional<DeprecationDescriptor> announced()
    {
        return descriptor.deprecation().or(() -> contracts.stream().flatMap(contract -> contract.deprecation().stream()).findFirst());
    }

    private Optional<Deprecation> deprecation(String domain)
    {
        return announced().map(deprecation -> new Deprecation(
                deprecation.deprecatedOn(),
                deprecation.endOfLife(),
                deprecation.replacedBy().map(successor -> qualified(domain, successor.value()))));
    }

    /**
     * {@code domain.product} in SQL names, of a reference that may leave the domain out.
     */
    static String qualified(String domain, String written)
    {
        String sqlName = written.replace('-', '_');
        return CharMatcher.is('.').matchesNoneOf(sqlName) ? domain + "." + sqlName : sqlName;
    }

    private static Optional<Contract> contract(ContractDescriptor contract, BoundTables tables)
    {
        return new ContractBuilder(contract, ImmutableList.copyOf(tables.byPort().values())).build();
    }

    private Set<String> sources()
    {
        ImmutableSet.Builder<String> sources = ImmutableSet.builder();
        sources.add(descriptor.position().file());
        contracts.forEach(contract -> sources.add(contract.position().file()));
        queries.values().forEach(query -> sources.add(query.position().file()));
        return sources.build();
    }

    private String fingerprint()
    {
        if (contracts.isEmpty() && queries.isEmpty()) {
            return descriptor.fingerprint();
        }
        return Stream.of(
                        Stream.of(descriptor.fingerprint()),
                        contracts.stream().map(ContractDescriptor::fingerprint),
                        queries.keySet().stream().sorted().map(name -> queries.get(name).fingerprint()))
                .flatMap(fingerprints -> fingerprints)
                .collect(joining("-"));
    }
}
