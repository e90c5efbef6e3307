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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A view that checks the quality rules of a data product, for its stewards.
 *
 * @param name the name of the view, without its schema
 * @param tables the tables of the product with the rules that the view is about
 */
public record VisibleQualityView(String name, DataProduct product, List<MeshTable> tables)
{
    public VisibleQualityView
    {
        requireNonNull(name, "name is null");
        requireNonNull(product, "product is null");
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
    }

    public String comment()
    {
        return "Checks the quality rules of data product " + product.qualifiedName() + ", one row for each";
    }
}
