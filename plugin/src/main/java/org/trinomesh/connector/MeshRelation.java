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
package org.trinomesh.connector;

import io.trino.spi.connector.SchemaTableName;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.registry.Mesh;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The kind of relation that a SQL name means, before access is decided. Every surface switches over the kinds without a default, so
 * that a new kind does not compile until each surface decides about it.
 */
public sealed interface MeshRelation
{
    /**
     * A table of a data product, by its name, by that of a pinned major or by an alias.
     */
    record ProductRelation(MeshTable table)
            implements MeshRelation
    {
        public ProductRelation
        {
            requireNonNull(table, "table is null");
        }
    }

    /**
     * A table of a data product that a query computes, by its name, by that of a pinned major or by an alias.
     */
    record SqlRelation(MeshTable table)
            implements MeshRelation
    {
        public SqlRelation
        {
            requireNonNull(table, "table is null");
        }
    }

    /**
     * A table of a data product whose rows a query computes and a storage keeps: it is read as either, as decided for each query.
     */
    record MaterializedRelation(MeshTable table)
            implements MeshRelation
    {
        public MaterializedRelation
        {
            requireNonNull(table, "table is null");
        }
    }

    /**
     * The storage table of such a table, by a name that only the engine may resolve, while it refreshes this very table.
     */
    record StorageRelation(MeshTable table)
            implements MeshRelation
    {
        private static final String SCHEMA_PREFIX = "$stored$";

        public StorageRelation
        {
            requireNonNull(table, "table is null");
        }

        static SchemaTableName name(MeshTable table)
        {
            return new SchemaTableName(SCHEMA_PREFIX + table.schema(), table.name());
        }
    }

    /**
     * The query behind such a table, by a name that only the engine may resolve, while it runs the query of this very table.
     */
    record QueryRelation(MeshTable table)
            implements MeshRelation
    {
        public static final String SUFFIX = "$query";

        public QueryRelation
        {
            requireNonNull(table, "table is null");
        }
    }

    /**
     * A table of another Trino catalog, by a name that only the engine may resolve, while it runs a query of a product that reads it.
     */
    record CatalogRelation(TrinoTable table)
            implements MeshRelation
    {
        public CatalogRelation
        {
            requireNonNull(table, "table is null");
        }
    }

    /**
     * A metadata table of a product's table, such as {@code customer_360$files}, or a name of that form that Iceberg does not know.
     *
     * @param table the product's table
     */
    record MetadataRelation(MeshTable table)
            implements MeshRelation
    {
        public MetadataRelation
        {
            requireNonNull(table, "table is null");
        }
    }

    /**
     * A quality view, or an unknown name in the schema of quality views. Which views there are depends on the requester.
     *
     * @param name without the schema
     * @see QualityViews
     */
    record QualityRelation(String name)
            implements MeshRelation
    {
        public QualityRelation
        {
            requireNonNull(name, "name is null");
        }
    }

    /**
     * A table of the schema {@code system}, or an unknown name in it. Its rows depend on the requester.
     */
    record SystemRelation()
            implements MeshRelation {}

    /**
     * A table of the schema {@code information_schema}, or an unknown name in it. The engine makes its rows and asks the access control for
     * them.
     */
    record InformationSchemaRelation()
            implements MeshRelation {}

    /**
     * A name that does not exist in this generation of the mesh.
     */
    record Unknown()
            implements MeshRelation {}

    static MeshRelation of(Mesh mesh, SchemaTableName name)
    {
        return switch (MeshSchema.of(name.getSchemaName())) {
            case SYSTEM -> new SystemRelation();
            case INFORMATION_SCHEMA -> new InformationSchemaRelation();
            case QUALITY -> new QualityRelation(name.getTableName());
            case DOMAIN -> ofDomain(mesh, name);
        };
    }

    private static MeshRelation ofDomain(Mesh mesh, SchemaTableName name)
    {
        if (name.getSchemaName().startsWith(StorageRelation.SCHEMA_PREFIX)) {
            return mesh.table(name.getSchemaName().substring(StorageRelation.SCHEMA_PREFIX.length()), name.getTableName())
                    .filter(table -> of(table) instanceof MaterializedRelation)
                    .<MeshRelation>map(StorageRelation::new)
                    .orElseGet(Unknown::new);
        }
        Optional<TrinoTable> catalogTable = SqlQuery.catalogTable(name.getSchemaName(), name.getTableName());
        if (catalogTable.isPresent()) {
            return new CatalogRelation(catalogTable.get());
        }
        int suffix = suffixStart(name.getTableName());
        Optional<MeshTable> table = mesh.table(name.getSchemaName(), name.getTableName().substring(0, suffix));
        if (table.isEmpty()) {
            return new Unknown();
        }
        if (suffix == name.getTableName().length()) {
            return of(table.orElseThrow());
        }
        if (table.orElseThrow().table().query().isPresent() && name.getTableName().substring(suffix).equals(QueryRelation.SUFFIX)) {
            return new QueryRelation(table.orElseThrow());
        }
        if (table.orElseThrow().table().physical().isEmpty()) {
            return new Unknown();
        }
        // Every other name with a suffix counts as a metadata table, so that none of them is treated as the product itself
        return new MetadataRelation(table.orElseThrow());
    }

    /**
     * What the name of a product's table means.
     */
    static MeshRelation of(MeshTable table)
    {
        return switch (table.table().source()) {
            case PhysicalTable _ -> new ProductRelation(table);
            case SqlQuery query -> query.materialized().isPresent() ? new MaterializedRelation(table) : new SqlRelation(table);
        };
    }

    /**
     * Whether a name in a domain's schema has the form of a metadata table's name, and so is not the name of a product's
     * table.
     */
    static boolean isOfMetadataTable(String name)
    {
        return suffixStart(name) < name.length();
    }

    /**
     * Where the suffix of a metadata table begins; the length of the name if it has none.
     */
    private static int suffixStart(String name)
    {
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) == '$' || name.charAt(at) == '@') {
                return at;
            }
        }
        return name.length();
    }
}
