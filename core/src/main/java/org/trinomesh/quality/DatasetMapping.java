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
package org.trinomesh.quality;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Maps a dataset of a tool to data products: none, one, or several that are read from one table.
 */
public interface DatasetMapping
{
    /**
     * The namespace of datasets that the mesh itself names.
     */
    String NAMESPACE = "mesh";

    /**
     * Matches only the mesh's own names, {@code catalog.domain.product}.
     */
    DatasetMapping MESH_NAMES = (mesh, _) -> dataset -> {
        List<String> parts = Splitter.on('.').splitToList(dataset.name());
        if (!dataset.namespace().equals(NAMESPACE) || parts.size() != 3) {
            return ImmutableList.of();
        }
        return mesh.table(parts.get(1), parts.get(2))
                .map(table -> ImmutableList.of(new Checked(table.product(), column -> ColumnPath.find(table.table().columns(), column).map(ColumnPath::path))))
                .orElse(ImmutableList.of());
    };

    /**
     * A data product that a check is of.
     *
     * @param columns what the product calls a column, or a field inside one, of the dataset; empty for one that it does not promise
     */
    record Checked(DataProduct product, Function<String, Optional<String>> columns)
    {
        public Checked
        {
            requireNonNull(product, "product is null");
            requireNonNull(columns, "columns is null");
        }
    }

    Function<Dataset, List<Checked>> of(Mesh mesh, Observations observations);
}
