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
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.TableSource;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.trinomesh.problem.Problem.Severity.INFO;
import static org.trinomesh.problem.Problem.Severity.WARNING;

/**
 * Matches the datasets of tools to the tables of data products. Every tool names tables in its own way: the mesh and Trino by
 * catalog, schema and table, Spark by the location, with the name in a facet beside it. A name that could mean two tables is
 * not matched.
 */
public final class DatasetNames
{
    /**
     * The namespace of datasets that the mesh itself names, {@code catalog.domain.product}.
     */
    public static final String MESH_NAMESPACE = "mesh";

    private static final Splitter SLASHES = Splitter.on('/').omitEmptyStrings();
    // Trino and others add a random id to the folder of a new table
    private static final Pattern UNIQUE_FOLDER = Pattern.compile("-[0-9a-f]{32}$");
    // Hive writes the folder of a database with this at its end
    private static final Pattern DATABASE_FOLDER = Pattern.compile("\\.db$");
    private static final Pattern SAME_STORE = Pattern.compile("^s3[an]://");
    // Of a location in an object store or a file system, and of a name: more than any of them allows
    private static final int MAX_LENGTH = 4_096;
    // Namespace levels, table and all
    private static final int MAX_PARTS = 16;
    private static final Pattern SCHEME = Pattern.compile("^([a-z][a-z0-9+.-]*):/*");

    private final Mesh mesh;
    private final StorageNames storages;
    private final Map<Dataset, Set<Dataset>> otherNames;
    private final ImmutableListMultimap<PhysicalTable, PublishedTable> served;
    private final ImmutableSetMultimap<String, PhysicalTable> byName;
    private final ImmutableSetMultimap<String, PhysicalTable> byLocation;
    // Of tables that are found by location, each with a slash at its end, without those inside another one
    private final NavigableSet<String> folders;
    private final Set<String> storageNames;
    // Of each catalog the namespaces that products are read from
    private final ImmutableSetMultimap<String, String> namespaces;

    /**
     * @param otherNames what else tools call a dataset
     */
    public DatasetNames(Mesh mesh, StorageNames storages, Map<Dataset, Set<Dataset>> otherNames)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.storages = requireNonNull(storages, "storages is null");
        this.otherNames = requireNonNull(otherNames, "otherNames is null");
        ImmutableListMultimap.Builder<PhysicalTable, PublishedTable> tables = ImmutableListMultimap.builder();
        ImmutableSetMultimap.Builder<String, PhysicalTable> names = ImmutableSetMultimap.builder();
        ImmutableSetMultimap.Builder<String, PhysicalTable> locations = ImmutableSetMultimap.builder();
        ImmutableSetMultimap.Builder<String, String> catalogs = ImmutableSetMultimap.builder();
        ImmutableSet.Builder<String> known = ImmutableSet.builder();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                for (ProductTable table : product.tables()) {
                    if (table.physical().isEmpty()) {
                        continue;
                    }
                    PhysicalTable source = canonical(table.physical().orElseThrow());
                    known.add(table.physical().orElseThrow().storage());
                    tables.put(source, new PublishedTable(product, table, source, false));
                    switch (source) {
                        case CatalogTable catalogTable -> {
                            names.put(catalogTable.namespace() + "." + catalogTable.table(), catalogTable);
                            catalogs.put(catalogTable.storage(), catalogTable.namespace());
                        }
                        case LocatedTable located -> locations.put(located.location(), located);
                    }
                }
            }
        }
        this.served = tables.build();
        this.byName = names.build();
        this.byLocation = locations.build();
        this.namespaces = catalogs.build();
        this.folders = outermost(byLocation.keySet());
        this.storageNames = known.addAll(storages.catalogs().keySet()).build();
    }

    /**
     * The only folder that can contain a location: among folders that are not inside each other, it is the last one before
     * the location in text order.
     */
    private static NavigableSet<String> outermost(Set<String> locations)
    {
        ImmutableSortedSet.Builder<String> outermost = ImmutableSortedSet.naturalOrder();
        String last = null;
        for (String folder : locations.stream().map(location -> location + "/").sorted().toList()) {
            if (last == null || !folder.startsWith(last)) {
                outermost.add(folder);
                last = folder;
            }
        }
        return outermost.build();
    }

    /**
     * The one name that stands for all names of a table, in any storage of its catalog.
     */
    private PhysicalTable canonical(PhysicalTable table)
    {
        return switch (table) {
            case CatalogTable(String storage, String namespace, String name) -> new CatalogTable(storages.catalog(storage), namespace, name);
            case LocatedTable(String storage, String location) -> new LocatedTable(storages.catalog(storage), normalized(location));
        };
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
        return names(dataset)
                .map(this::named)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(ImmutableList.of());
    }

    /**
     * For each product that the dataset is read through what it calls a column, in the first of its tables that promises it: a product
     * may publish the dataset several times.
     */
    public Map<DataProduct, Function<String, Optional<String>>> findColumns(Dataset dataset)
    {
        ImmutableListMultimap<DataProduct, PublishedTable> tables = Multimaps.index(find(dataset), PublishedTable::product);
        return Maps.transformValues(tables.asMap(), published -> written -> published.stream().flatMap(table -> table.column(written).stream()).findFirst());
    }

    /**
     * Why a dataset that looks like one of the mesh is not matched by {@link #find}. Empty for datasets outside of the mesh, which are
     * part of lineage as they are. A table beside those of products may be one that no product publishes.
     */
    Optional<UnresolvedDataset> unresolved(Dataset dataset)
    {
        return names(dataset).flatMap(name -> doubt(dataset, name).stream()).findFirst();
    }

    private Stream<Dataset> names(Dataset dataset)
    {
        return Stream.concat(Stream.of(dataset), otherNames.getOrDefault(dataset, ImmutableSet.of()).stream())
                .filter(name -> name.namespace().length() + name.name().length() <= MAX_LENGTH);
    }

    private Optional<UnresolvedDataset> doubt(Dataset dataset, Dataset name)
    {
        if (name.namespace().equals(MESH_NAMESPACE) || isTrinoNameOfMesh(name)) {
            return Optional.of(new UnresolvedDataset(dataset, WARNING, "the mesh has no such data product", "correct the name in the tool that writes it, or remove the file when the data product is gone"));
        }
        Set<PhysicalTable> candidates = candidates(name);
        if (candidates.size() > 1) {
            return Optional.of(new UnresolvedDataset(
                    dataset,
                    WARNING,
                    "it may be a table of any of the storages " + candidates.stream().map(PhysicalTable::storage).distinct().sorted().collect(joining(", ")),
                    "configure the tool to use the storage's name as its catalog name"));
        }
        if (isLocation(name)) {
            return isInsideTable(location(name)) || isFileOfTable(name)
                    ? Optional.of(new UnresolvedDataset(dataset, WARNING, "it is a folder or a file inside a table of a data product", "let the tool read and write the table, and name it"))
                    : Optional.empty();
        }
        List<String> parts = parts(name);
        return parts.size() >= 3 && namespaces.get(storages.catalog(parts.getFirst())).contains(String.join(".", parts.subList(1, parts.size() - 1)))
                ? Optional.of(new UnresolvedDataset(dataset, INFO, "no data product is read from this table", "correct the name in the tool that writes it; there is nothing to do when the table is not a data product"))
                : Optional.empty();
    }

    /**
     * Whether Trino wrote it for a table of a catalog with the usual name of the mesh.
     */
    private boolean isTrinoNameOfMesh(Dataset name)
    {
        List<String> parts = parts(name);
        return isTrino(name) && parts.size() == 3 && parts.getFirst().equals(MESH_NAMESPACE) && !storageNames.contains(MESH_NAMESPACE);
    }

    /**
     * Whether it is what Iceberg keeps in the folder of a table, by the names of its folders.
     */
    private boolean isFileOfTable(Dataset name)
    {
        List<String> folders = SLASHES.splitToList(name.name());
        for (int inside = folders.size() - 1; inside > 0 && inside >= folders.size() - MAX_PARTS; inside--) {
            boolean ofIceberg = folders.get(inside).equals("data") || folders.get(inside).equals("metadata");
            if (ofIceberg && !located(new Dataset(name.namespace(), "/" + String.join("/", folders.subList(0, inside)))).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isInsideTable(String location)
    {
        String folder = folders.floor(location);
        return folder != null && location.startsWith(folder);
    }

    private List<PublishedTable> named(Dataset dataset)
    {
        if (dataset.namespace().equals(MESH_NAMESPACE)) {
            return sqlName(parts(dataset));
        }
        if (isLocation(dataset)) {
            return physical(candidates(dataset));
        }
        List<String> parts = parts(dataset);
        // A catalog of Trino that is not a storage may be the mesh
        boolean meshFirst = isTrino(dataset) && parts.size() == 3 && !storageNames.contains(parts.getFirst());
        List<PublishedTable> product = meshFirst ? sqlName(parts) : ImmutableList.of();
        if (!product.isEmpty()) {
            return product;
        }
        List<PublishedTable> tables = physical(candidates(dataset));
        return tables.isEmpty() && isTrino(dataset) && parts.size() == 2 ? sqlName(parts) : tables;
    }

    private static boolean isTrino(Dataset dataset)
    {
        return dataset.namespace().startsWith("trino");
    }

    private static boolean isLocation(Dataset dataset)
    {
        // A name in quotes may have slashes
        return dataset.name().indexOf('/') >= 0 && dataset.name().indexOf('"') < 0 && dataset.name().indexOf('`') < 0;
    }

    /**
     * The parts of the name in lower case, after the namespace where that is a storage.
     */
    private List<String> parts(Dataset dataset)
    {
        List<String> parts = QuotedNames.split(dataset.name().toLowerCase(ENGLISH));
        return storageNames.contains(dataset.namespace()) ? ImmutableList.<String>builder().add(dataset.namespace()).addAll(parts).build() : parts;
    }

    private List<PublishedTable> sqlName(List<String> parts)
    {
        if (parts.size() < 2) {
            return ImmutableList.of();
        }
        Optional<MeshTable> table = mesh.table(parts.get(parts.size() - 2), parts.getLast());
        return table.map(found -> ImmutableList.of(new PublishedTable(found.product(), found.table(), found.table().physical().<TableSource>map(this::canonical).orElse(found.table().source()), true))).orElse(ImmutableList.of());
    }

    private List<PublishedTable> physical(Set<PhysicalTable> candidates)
    {
        return candidates.size() == 1 ? served.get(candidates.iterator().next()) : ImmutableList.of();
    }

    /**
     * The tables behind products that a name outside of the mesh may be.
     */
    private Set<PhysicalTable> candidates(Dataset dataset)
    {
        return isLocation(dataset) ? located(dataset) : catalogTable(parts(dataset));
    }

    private Set<PhysicalTable> catalogTable(List<String> parts)
    {
        // Namespaces may have several levels: the longest name that is known is the one
        for (int first = Math.max(0, parts.size() - MAX_PARTS); first < parts.size() - 1; first++) {
            Set<PhysicalTable> candidates = byName.get(String.join(".", parts.subList(first, parts.size())));
            if (candidates.isEmpty()) {
                continue;
            }
            if (first == 0 || !storageNames.contains(parts.get(first - 1))) {
                // Tools may call a catalog as they like
                return candidates;
            }
            String catalog = storages.catalog(parts.get(first - 1));
            return candidates.stream().filter(table -> table.storage().equals(catalog)).collect(toImmutableSet());
        }
        return ImmutableSet.of();
    }

    private Set<PhysicalTable> located(Dataset dataset)
    {
        Set<PhysicalTable> tables = byLocation.get(location(dataset));
        if (!tables.isEmpty()) {
            return tables;
        }
        List<String> folders = SLASHES.splitToList(dataset.name().toLowerCase(ENGLISH));
        if (folders.isEmpty()) {
            return ImmutableSet.of();
        }
        String table = UNIQUE_FOLDER.matcher(folders.getLast()).replaceFirst("");
        // Some write the folder of a table with its whole name, sales.orders
        Set<PhysicalTable> named = byName.get(table);
        if (!named.isEmpty()) {
            return named;
        }
        for (int first = Math.max(0, folders.size() - MAX_PARTS); first < folders.size() - 1; first++) {
            String namespace = folders.subList(first, folders.size() - 1).stream()
                    .map(folder -> DATABASE_FOLDER.matcher(folder).replaceFirst(""))
                    .collect(joining("."));
            Set<PhysicalTable> candidates = byName.get(namespace + "." + table);
            if (!candidates.isEmpty()) {
                return candidates;
            }
        }
        return ImmutableSet.of();
    }

    private static String location(Dataset dataset)
    {
        // The standard's namespace of local files has no scheme
        return normalized(dataset.namespace().equals("file") ? "file:" + dataset.name() : dataset.namespace() + "/" + dataset.name());
    }

    private static String normalized(String location)
    {
        String named = SAME_STORE.matcher(location).replaceFirst("s3://");
        Optional<String> scheme = SCHEME.matcher(named).results().findFirst().map(result -> result.group(1));
        String path = scheme.isPresent() ? SCHEME.matcher(named).replaceFirst("") : named;
        return scheme.orElse("file") + ":/" + String.join("/", SLASHES.splitToList(path));
    }
}
