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

import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.TableSource;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A table of a data product that a dataset of a tool refers to.
 *
 * @param source what is behind the product; a table by the one of all its names that stands for them
 * @param promised whether the dataset is the product itself, whose columns have the promised names, and not the table behind it
 */
public record PublishedTable(DataProduct product, ProductTable table, TableSource source, boolean promised)
{
    public PublishedTable
    {
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
        requireNonNull(source, "source is null");
    }

    /**
     * Whether a job that reads the one and writes the other, such as a merge, moves data within one table.
     */
    boolean isSameTable(PublishedTable other)
    {
        return source.equals(other.source);
    }

    /**
     * What the product calls a column, or a field inside one, of the dataset. Empty for one that it does not promise.
     *
     * @param written as the tool writes it, in any case and with or without quotes
     */
    public Optional<String> column(String written)
    {
        return plainColumn(String.join(".", QuotedNames.split(written)));
    }

    /**
     * @param name without quotes
     */
    Optional<String> plainColumn(String name)
    {
        return ColumnPath.find(table.columns(), promised ? Column::name : PublishedTable::physicalName, name).map(ColumnPath::path);
    }

    /**
     * What the table behind the product calls a column, as far as documents tell.
     */
    static String physicalName(Column column)
    {
        return column.details().physicalName().orElse(column.name());
    }
}
