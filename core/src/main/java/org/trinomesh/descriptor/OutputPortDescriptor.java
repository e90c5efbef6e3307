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
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * An output port as written.
 *
 * @param tables the tables of a port that has several
 * @param query computes the table, instead of a table that a storage holds
 * @param trinoCatalog the catalog of the same Trino that has the table, instead of a storage
 * @param contractId the id of the contract that the port keeps
 * @param inputContracts the ids of the contracts it depends on
 */
public record OutputPortDescriptor(
        Optional<Located<String>> name,
        Optional<Located<String>> type,
        Optional<Located<String>> engine,
        Optional<Located<String>> catalog,
        Optional<Located<String>> schema,
        Optional<Located<String>> table,
        Optional<List<TableDescriptor>> tables,
        Optional<QueryDescriptor> query,
        Optional<Located<String>> trinoCatalog,
        Optional<Located<String>> location,
        Optional<String> endpoint,
        Optional<String> authentication,
        Optional<String> topic,
        Optional<String> format,
        Optional<String> description,
        Optional<String> version,
        Optional<Located<String>> contractId,
        List<String> inputContracts,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("an output port")
            .required("name", "type")
            .optional("engine", "catalog", "schema", "table", "tables", "query", "trinoCatalog", "location", "endpoint", "authentication", "topic", "format", "description", "contractId");

    public OutputPortDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(engine, "engine is null");
        requireNonNull(catalog, "catalog is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
        tables = requireNonNull(tables, "tables is null").map(ImmutableList::copyOf);
        requireNonNull(query, "query is null");
        requireNonNull(trinoCatalog, "trinoCatalog is null");
        requireNonNull(location, "location is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(authentication, "authentication is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(format, "format is null");
        requireNonNull(description, "description is null");
        requireNonNull(version, "version is null");
        requireNonNull(contractId, "contractId is null");
        inputContracts = ImmutableList.copyOf(requireNonNull(inputContracts, "inputContracts is null"));
        requireNonNull(position, "position is null");
    }

    /**
     * This port, with the SQL tables that a contract names for it.
     */
    public OutputPortDescriptor ofTables(Located<String> storage, Optional<Located<String>> namespace, List<TableDescriptor> tables)
    {
        return with("sql", Optional.empty(), Optional.of(storage), namespace, Optional.of(tables), Optional.empty(), Optional.empty());
    }

    /**
     * This port, whose query computes the SQL table that a contract names for it.
     */
    public OutputPortDescriptor ofQuery(List<TableDescriptor> tables)
    {
        return with("sql", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(tables), query, Optional.empty());
    }

    /**
     * This port, for a product that others serve.
     */
    public OutputPortDescriptor elsewhere(String type, Optional<String> endpoint)
    {
        return with(type, Optional.of(new Located<>("other", position)), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), endpoint);
    }

    private OutputPortDescriptor with(
            String type,
            Optional<Located<String>> engine,
            Optional<Located<String>> storage,
            Optional<Located<String>> namespace,
            Optional<List<TableDescriptor>> tables,
            Optional<QueryDescriptor> query,
            Optional<String> endpoint)
    {
        return new OutputPortDescriptor(
                name,
                Optional.of(new Located<>(type, position)),
                engine,
                storage,
                namespace,
                Optional.empty(),
                tables,
                query,
                Optional.empty(),
                Optional.empty(),
                endpoint,
                Optional.empty(),
                Optional.empty(),
                format,
                description,
                version,
                contractId,
                inputContracts,
                position);
    }

    static List<OutputPortDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("outputPorts", SHAPE).stream()
                .map(OutputPortDescriptor::read)
                .collect(toImmutableList());
    }

    private static OutputPortDescriptor read(ObjectReader reader)
    {
        return new OutputPortDescriptor(
                reader.text("name"),
                reader.text("type"),
                reader.text("engine"),
                reader.text("catalog"),
                reader.text("schema"),
                reader.text("table"),
                reader.has("tables") ? Optional.of(TableDescriptor.readAll(reader)) : Optional.empty(),
                QueryDescriptor.read(reader),
                reader.text("trinoCatalog"),
                reader.text("location"),
                reader.text("endpoint").map(Located::value),
                reader.text("authentication").map(Located::value),
                reader.text("topic").map(Located::value),
                reader.text("format").map(Located::value),
                reader.text("description").map(Located::value),
                Optional.empty(),
                reader.text("contractId"),
                ImmutableList.of(),
                reader.position());
    }
}
