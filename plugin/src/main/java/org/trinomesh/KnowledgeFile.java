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
package org.trinomesh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.ProductWords;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.ImmutableSortedMap.toImmutableSortedMap;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

/**
 * The file in which the coordinator keeps what is known of fields, so that a restart does not forget what data products declared
 * about them. Without a directory, this is only known until the next restart.
 */
final class KnowledgeFile
{
    private static final Logger log = Logger.get(KnowledgeFile.class);
    private static final String NAME = "known-fields.json";
    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new Jdk8Module());

    private final Optional<Path> directory;
    private Optional<FieldKnowledge> saved = Optional.empty();

    private record Document(@JsonProperty("tables") List<TableJson> tables)
    {
        @JsonCreator
        private Document
        {
            tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        }
    }

    private record TableJson(
            @JsonProperty("storage") String storage,
            @JsonProperty("namespace") Optional<String> namespace,
            @JsonProperty("table") Optional<String> table,
            @JsonProperty("location") Optional<String> location,
            @JsonProperty("products") List<ProductJson> products,
            @JsonProperty("columns") Map<String, WordsJson> columns)
    {
        static TableJson of(PhysicalTable source, KnownTable known)
        {
            List<ProductJson> products = known.products().stream().map(ProductJson::of).sorted(comparing(ProductJson::versionedName).thenComparing(ProductJson::toString)).collect(toImmutableList());
            Map<String, WordsJson> columns = known.columns().entrySet().stream().collect(toImmutableMap(Map.Entry::getKey, entry -> WordsJson.of(entry.getValue())));
            return switch (source) {
                case CatalogTable(String storage, String namespace, String table) -> new TableJson(storage, Optional.of(namespace), Optional.of(table), Optional.empty(), products, columns);
                case LocatedTable(String storage, String location) -> new TableJson(storage, Optional.empty(), Optional.empty(), Optional.of(location), products, columns);
            };
        }

        PhysicalTable source()
        {
            return location.<PhysicalTable>map(folder -> new LocatedTable(storage, folder)).orElseGet(() -> new CatalogTable(storage, namespace.orElseThrow(), table.orElseThrow()));
        }

        KnownTable known()
        {
            return new KnownTable(
                    products.stream().map(ProductJson::words).collect(toImmutableSet()),
                    columns.entrySet().stream().collect(toImmutableSortedMap(naturalOrder(), Map.Entry::getKey, entry -> entry.getValue().words())));
        }
    }

    private record ProductJson(
            @JsonProperty("domain") String domain,
            @JsonProperty("name") String name,
            @JsonProperty("versionedName") String versionedName,
            @JsonProperty("tier") Optional<String> tier,
            @JsonProperty("archetype") Optional<String> archetype,
            @JsonProperty("tags") Set<String> tags)
    {
        static ProductJson of(ProductWords words)
        {
            return new ProductJson(words.domain(), words.name(), words.versionedName(), words.tier(), words.archetype(), sorted(words.tags()));
        }

        ProductWords words()
        {
            return new ProductWords(domain, name, versionedName, tier, archetype, tags);
        }
    }

    private record WordsJson(
            @JsonProperty("names") Set<String> names,
            @JsonProperty("classifications") Set<String> classifications,
            @JsonProperty("tags") Set<String> tags,
            @JsonProperty("identifiers") Set<String> identifiers)
    {
        static WordsJson of(ColumnWords words)
        {
            return new WordsJson(sorted(words.names()), sorted(words.classifications()), sorted(words.tags()), sorted(words.identifiers()));
        }

        ColumnWords words()
        {
            return new ColumnWords(names, classifications, tags, identifiers);
        }
    }

    KnowledgeFile(Optional<Path> directory)
    {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /**
     * @throws IllegalStateException when the file is there and cannot be understood: to go on would forget what it says
     */
    FieldKnowledge load()
    {
        if (directory.isEmpty()) {
            return FieldKnowledge.NONE;
        }
        Path file = directory.get().resolve(NAME);
        try {
            FieldKnowledge knowledge = read(file);
            saved = Optional.of(knowledge);
            return knowledge;
        }
        catch (NoSuchFileException _) {
            log.warn("'%s' does not exist: nothing is known of what data products declared about their columns before", file);
            return FieldKnowledge.NONE;
        }
        catch (JacksonException | RuntimeException e) {
            throw new IllegalStateException("'%s' cannot be parsed, so that earlier statements about columns are unknown: restore it, or delete it to forget them".formatted(file), e);
        }
        catch (IOException e) {
            throw new UncheckedIOException("'%s' cannot be read: correct its permissions, or mesh.state-directory".formatted(file), e);
        }
    }

    /**
     * Writes the knowledge when it changed. What cannot be written is tried again at the next refresh, and the log says so.
     */
    void save(FieldKnowledge knowledge)
    {
        if (directory.isEmpty() || saved.filter(knowledge::equals).isPresent()) {
            return;
        }
        Path file = directory.get().resolve(NAME);
        try {
            Files.createDirectories(directory.get());
            // Several catalogs may share the directory
            Document document = document(Files.exists(file) ? read(file).and(knowledge) : knowledge);
            // Renamed when it is whole: who reads it after a crash finds the old one or the new one
            Path whole = Files.write(directory.get().resolve(NAME + ".new"), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
            Files.move(whole, file, ATOMIC_MOVE, REPLACE_EXISTING);
            saved = Optional.of(knowledge);
        }
        catch (IOException | RuntimeException e) {
            log.error(e, "Cannot write '%s': after a restart the mesh will not know what data products declared about their columns", file);
        }
    }

    private static FieldKnowledge read(Path file)
            throws IOException
    {
        Document document = MAPPER.readValue(Files.readAllBytes(file), Document.class);
        return new FieldKnowledge(document.tables().stream().collect(toImmutableMap(TableJson::source, TableJson::known)));
    }

    private static Document document(FieldKnowledge knowledge)
    {
        return new Document(knowledge.tables().entrySet().stream()
                .map(entry -> TableJson.of(entry.getKey(), entry.getValue()))
                .sorted(comparing(table -> table.source().toString()))
                .collect(toImmutableList()));
    }

    private static Set<String> sorted(Set<String> words)
    {
        return words.stream().sorted().collect(toImmutableSet());
    }
}
