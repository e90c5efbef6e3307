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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.OutputPortDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.ServerDescriptor;
import org.trinomesh.descriptor.TableDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Completes a product of the Open Data Product Standard: each of its ports keeps a contract, and the contract's server says
 * which storage the tables are in.
 */
final class StandardProduct
{
    /**
     * The kinds of server behind which Iceberg tables are found, the surest first.
     */
    private static final List<String> TABLE_SERVERS = ImmutableList.of("iceberg", "trino", "glue", "hive", "s3", "azure", "local");
    private static final Set<String> OTHER_PORTS = ImmutableSet.of("api", "rest", "graphql", "kafka", "topic", "stream", "events");

    private final ProductDescriptor product;
    private final List<ContractDescriptor> contracts;
    private final Optional<String> environment;
    private final Problems problems;

    StandardProduct(ProductDescriptor product, List<ContractDescriptor> contracts, Optional<String> environment, Problems problems)
    {
        this.product = requireNonNull(product, "product is null");
        this.contracts = ImmutableList.copyOf(requireNonNull(contracts, "contracts is null"));
        this.environment = requireNonNull(environment, "environment is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    ProductDescriptor completed()
    {
        Set<String> taken = new HashSet<>();
        Optional<String> description = product.description()
                .or(() -> contracts.stream().flatMap(contract -> contract.terms().description().purpose().stream()).findFirst())
                .or(() -> product.metadata().name().map(Located::value));
        return product.completed(description, product.outputPorts().stream().map(port -> completed(port, taken)).collect(toImmutableList()));
    }

    private OutputPortDescriptor completed(OutputPortDescriptor port, Set<String> taken)
    {
        String type = port.type().map(Located::value).orElse("unspecified");
        Optional<ContractDescriptor> contract = contract(port);
        // A newer version of the port takes the place of an older one
        if (contract.isEmpty() || isOutdated(port)) {
            return port.elsewhere(type, Optional.empty());
        }
        if (port.query().isPresent()) {
            List<ContractTableDescriptor> promised = contract.get().tables();
            if (promised.size() > 1) {
                problems.error(promised.get(1).position(), "the port of the contract has a query, which computes one table, and the contract has several", "keep one object of 'schema'");
            }
            return port.ofQuery(promised.stream().limit(1).map(table -> computed(table, port, taken)).collect(toImmutableList()));
        }
        Optional<ServerDescriptor> server = server(contract.get(), port.position());
        if (server.isEmpty()) {
            return port.elsewhere(type, Optional.empty());
        }
        String kind = server.get().type().map(Located::value).orElse("");
        if (!TABLE_SERVERS.contains(kind) || OTHER_PORTS.contains(type.toLowerCase(ENGLISH)) || !isIceberg(server.get())) {
            return port.elsewhere(port.type().map(Located::value).orElse(kind), endpoint(server.get(), kind));
        }
        Optional<Located<String>> namespace = switch (kind) {
            case "iceberg" -> server.get().setting("namespace");
            case "trino" -> server.get().setting("schema");
            case "glue", "hive" -> server.get().setting("database");
            default -> Optional.empty();
        };
        Optional<Located<String>> location = namespace.isPresent() ? Optional.empty() : server.get().setting("location").or(() -> server.get().setting("path"));
        Located<String> storage = storage(server.get());
        if (isVariable(storage) || namespace.filter(StandardProduct::isVariable).isPresent() || location.filter(StandardProduct::isVariable).isPresent()) {
            problems.add(Problem.error(server.get().position(), "the server has a variable that is not known here", "write the value itself"));
            return port.elsewhere(type, Optional.empty());
        }
        List<ContractTableDescriptor> tables = contract.get().tables();
        return port.ofTables(storage, namespace, tables.stream()
                .map(table -> table(table, port, location, tables.size() == 1, taken))
                .collect(toImmutableList()));
    }

    private Optional<ContractDescriptor> contract(OutputPortDescriptor port)
    {
        return port.contractId().isPresent()
                ? contracts.stream().filter(contract -> contract.terms().id().filter(id -> id.value().equals(port.contractId().get().value())).isPresent()).findFirst()
                // A contract that is bound by names is the contract of the whole product
                : contracts.stream().filter(_ -> product.outputPorts().stream().noneMatch(other -> other.contractId().isPresent())).findFirst();
    }

    private boolean isOutdated(OutputPortDescriptor port)
    {
        return product.outputPorts().stream()
                .filter(other -> other.name().isPresent() && port.name().isPresent() && other.name().get().value().equals(port.name().get().value()))
                .max(comparing(other -> other.version().orElse(""), StandardProduct::compareVersions))
                .filter(newest -> !newest.equals(port))
                .isPresent();
    }

    private static int compareVersions(String left, String right)
    {
        return Arrays.compare(numbers(left), numbers(right));
    }

    private static int[] numbers(String version)
    {
        return Arrays.stream(version.split("[^0-9]+"))
                .filter(part -> !part.isEmpty() && part.length() < 10)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private Optional<ServerDescriptor> server(ContractDescriptor contract, Position port)
    {
        List<ServerDescriptor> servers = contract.servers();
        if (servers.isEmpty()) {
            problems.warning(port, "the contract of the port names no server, so the port is announced and not served", "add 'servers:' to the contract");
            return Optional.empty();
        }
        List<ServerDescriptor> meant = servers;
        if (servers.size() > 1 && environment.isPresent()) {
            meant = inEnvironment(servers, environment);
            if (meant.isEmpty()) {
                meant = inEnvironment(servers, Optional.empty());
            }
            if (meant.isEmpty()) {
                problems.error(servers.getFirst().position(), "the contract has no server for the environment '%s' of this mesh".formatted(environment.get()), "add one, or write 'environment: %s' at the right one".formatted(environment.get()));
                return Optional.empty();
            }
        }
        List<String> environments = meant.stream().flatMap(server -> server.environment().stream()).map(Located::value).distinct().collect(toImmutableList());
        if (environments.size() > 1) {
            problems.error(servers.getFirst().position(), "the contract has servers for %s, and the mesh does not say which environment it is".formatted(String.join(" and ", environments)), "add 'environment: %s' to the spec of the Mesh document".formatted(environments.getFirst()));
            return Optional.empty();
        }
        return meant.stream().min(comparingInt(server -> {
            int place = TABLE_SERVERS.indexOf(server.type().map(Located::value).orElse(""));
            return place < 0 ? TABLE_SERVERS.size() : place;
        }));
    }

    private static List<ServerDescriptor> inEnvironment(List<ServerDescriptor> servers, Optional<String> environment)
    {
        return servers.stream()
                .filter(server -> server.environment().map(name -> name.value().toLowerCase(ENGLISH)).equals(environment.map(name -> name.toLowerCase(ENGLISH))))
                .collect(toImmutableList());
    }

    /**
     * The name of the storage: what the organisation says, else the catalog, else what the server is called.
     */
    private static Located<String> storage(ServerDescriptor server)
    {
        return Optional.ofNullable(server.customProperties().get("storage"))
                .map(name -> new Located<>(name, server.position()))
                .or(() -> server.setting("catalog"))
                .or(server::name)
                .orElseGet(() -> new Located<>("", server.position()));
    }

    private static boolean isIceberg(ServerDescriptor server)
    {
        return server.setting("format").filter(format -> !format.value().equalsIgnoreCase("iceberg")).isEmpty();
    }

    private static Optional<String> endpoint(ServerDescriptor server, String kind)
    {
        // Consumers must not see where files and databases lie
        return kind.equals("api") ? server.setting("location").map(Located::value) : Optional.empty();
    }

    private static boolean isVariable(Located<String> text)
    {
        return text.value().contains("${");
    }

    private static TableDescriptor table(ContractTableDescriptor table, OutputPortDescriptor port, Optional<Located<String>> location, boolean single, Set<String> taken)
    {
        Optional<Located<String>> physical = table.physicalName().or(table::name);
        Optional<Located<String>> name = table.tableName().map(written -> taken.add(written.value())
                ? written
                : new Located<>(port.name().map(other -> other.value().toLowerCase(ENGLISH).replaceAll("[^a-z0-9_]+", "_") + "_").orElse("") + written.value(), written.position()));
        return new TableDescriptor(
                physical,
                name,
                false,
                location.map(folder -> new Located<>(folder(folder.value(), physical.map(Located::value).orElse(""), single), folder.position())),
                table.description(),
                table.columns(),
                table.position());
    }

    /**
     * A table without a place in a storage.
     */
    private static TableDescriptor computed(ContractTableDescriptor table, OutputPortDescriptor port, Set<String> taken)
    {
        TableDescriptor promised = table(table, port, Optional.empty(), true, taken);
        return new TableDescriptor(Optional.empty(), promised.name(), false, Optional.empty(), promised.description(), promised.columns(), promised.position());
    }

    /**
     * The root folder of a table below the location of a server.
     */
    private static String folder(String location, String table, boolean single)
    {
        String named = location.replace("{table}", table).replace("{model}", table).replace("{object}", table);
        if (single || !named.equals(location)) {
            return named;
        }
        return location.endsWith("/") ? location + table : location + "/" + table;
    }
}
