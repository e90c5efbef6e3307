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
package org.trinomesh.lineage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.registry.PhysicalTable;
import org.trinomesh.registry.PhysicalTable.CatalogTable;
import org.trinomesh.registry.PhysicalTable.LocatedTable;
import org.trinomesh.registry.ProductTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Which tables of data products the datasets of tools are. Every tool names tables its own way: the mesh and Trino by catalog,
 * schema and table, Spark by the location, with the name in a facet beside it. A name that could be two tables is none.
 */
public final class DatasetNames
{
    /**
     * The namespace of datasets that the mesh itself names, {@code catalog.domain.product}.
     */
    public static final String MESH_NAMESPACE = "mesh";

    private static final Splitter DOTS = Splitter.on('.').omitEmptyStrings();
    private static final Splitter SLASHES = Splitter.on('/').omitEmptyStrings();
    // Trino and others add a random id to the folder of a new table
    private static final Pattern UNIQUE_FOLDER = Pattern.compile("-[0-9a-f]{32}$");
    private static final Pattern SAME_STORE = Pattern.compile("^s3[an]://");
    private static final Pattern SCHEME = Pattern.compile("^([a-z][a-z0-9+.-]*):/*");

    private final Mesh mesh;
    private final Map<Dataset, Set<Dataset>> otherNames;
    private final ImmutableListMultimap<PhysicalTable, PublishedTable> served;
    private final ImmutableSetMultimap<String, PhysicalTable> byName;
    private final ImmutableSetMultimap<String, PhysicalTable> byLocation;
    private final Set<String> storages;

    /**
     * @param otherNames what else tools call a dataset
     */
    public DatasetNames(Mesh mesh, Map<Dataset, Set<Dataset>> otherNames)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.otherNames = requireNonNull(otherNames, "otherNames is null");
        ImmutableListMultimap.Builder<PhysicalTable, PublishedTable> tables = ImmutableListMultimap.builder();
        ImmutableSetMultimap.Builder<String, PhysicalTable> names = ImmutableSetMultimap.builder();
        ImmutableSetMultimap.Builder<String, PhysicalTable> locations = ImmutableSetMultimap.builder();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                for (ProductTable table : product.tables()) {
                    tables.put(table.source(), new PublishedTable(product, table, false));
                    switch (table.source()) {
                        case CatalogTable catalogTable -> names.put(catalogTable.namespace() + "." + catalogTable.table(), catalogTable);
                        case LocatedTable located -> locations.put(normalized(located.location()), located);
                    }
                }
            }
        }
        this.served = tables.build();
        this.byName = names.build();
        this.byLocation = locations.build();
        this.storages = served.keySet().stream().map(PhysicalTable::storage).collect(toImmutableSet());
    }

    /**
     * Every physical table with the tables of products that are read from it.
     */
    public ImmutableListMultimap<PhysicalTable, PublishedTable> served()
    {
        return served;
    }

    /**
     * All tables of products that the dataset is read through; empty when there is none, or no certain one.
     */
    public List<PublishedTable> find(Dataset dataset)
    {
        List<PublishedTable> tables = named(dataset);
        if (!tables.isEmpty()) {
            return tables;
        }
        return otherNames.getOrDefault(dataset, ImmutableSet.of()).stream()
                .map(this::named)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(ImmutableList.of());
    }

    private List<PublishedTable> named(Dataset dataset)
    {
        if (dataset.namespace().equals(MESH_NAMESPACE)) {
            return sqlName(DOTS.splitToList(dataset.name().toLowerCase(ENGLISH)));
        }
        if (dataset.name().indexOf('/') >= 0) {
            return physical(located(dataset));
        }
        List<String> parts = DOTS.splitToList(dataset.name().toLowerCase(ENGLISH));
        boolean trino = dataset.namespace().startsWith("trino");
        if (trino && parts.size() == 3 && !storages.contains(parts.getFirst())) {
            // A catalog of Trino that is none of the storages may be the mesh
            List<PublishedTable> table = sqlName(parts);
            if (!table.isEmpty()) {
                return table;
            }
        }
        List<PublishedTable> tables = physical(catalogTable(parts));
        return tables.isEmpty() && trino ? sqlName(parts) : tables;
    }

    private List<PublishedTable> sqlName(List<String> parts)
    {
        if (parts.size() < 2) {
            return ImmutableList.of();
        }
        Optional<MeshTable> table = mesh.table(parts.get(parts.size() - 2), parts.getLast());
        return table.map(found -> ImmutableList.of(new PublishedTable(found.product(), found.table(), true))).orElse(ImmutableList.of());
    }

    private List<PublishedTable> physical(Set<PhysicalTable> candidates)
    {
        return candidates.size() == 1 ? served.get(candidates.iterator().next()) : ImmutableList.of();
    }

    private Set<PhysicalTable> catalogTable(List<String> parts)
    {
        // Namespaces may have several levels: the longest name that is known is the one
        for (int first = 0; first < parts.size() - 1; first++) {
            Set<PhysicalTable> candidates = byName.get(String.join(".", parts.subList(first, parts.size())));
            if (candidates.isEmpty()) {
                continue;
            }
            if (first == 0) {
                return candidates;
            }
            String catalog = parts.get(first - 1);
            Set<PhysicalTable> ofStorage = candidates.stream().filter(table -> table.storage().equals(catalog)).collect(toImmutableSet());
            return ofStorage.isEmpty() ? candidates : ofStorage;
        }
        return ImmutableSet.of();
    }

    private Set<PhysicalTable> located(Dataset dataset)
    {
        Set<PhysicalTable> tables = byLocation.get(normalized(dataset.namespace() + "/" + dataset.name()));
        if (!tables.isEmpty()) {
            return tables;
        }
        List<String> folders = SLASHES.splitToList(dataset.name());
        if (folders.size() < 2) {
            return ImmutableSet.of();
        }
        String namespace = folders.get(folders.size() - 2).toLowerCase(ENGLISH);
        String table = UNIQUE_FOLDER.matcher(folders.getLast().toLowerCase(ENGLISH)).replaceFirst("");
        // Hive writes the folder of a database with this at its end
        return byName.get((namespace.endsWith(".db") ? namespace.substring(0, namespace.length() - 3) : namespace) + "." + table);
    }

    private static String normalized(String location)
    {
        String named = SAME_STORE.matcher(location).replaceFirst("s3://");
        Optional<String> scheme = SCHEME.matcher(named).results().findFirst().map(result -> result.group(1));
        String path = scheme.isPresent() ? SCHEME.matcher(named).replaceFirst("") : named;
        return scheme.orElse("file") + ":" + SLASHES.splitToStream(path).collect(toImmutableList());
    }
}
