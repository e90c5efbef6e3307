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
package org.trinomesh.system;

import org.trinomesh.disclosure.VisibleTag;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code tags}: the tags of data products and of their columns.
 */
final class TagsTable
        implements SystemRows<VisibleTag>
{
    private static final SystemTableSchema<VisibleTag> SCHEMA = SystemTableSchema.<VisibleTag>ofProducts("tags", "The tags of the data products you may discover and of their columns, and where they come from")
            .text("table_name", DISCOVERER, "Table of the product; NULL for a tag of the whole product", VisibleTag::table)
            .text("column_name", DISCOVERER, "Column; NULL for a tag of the whole product", VisibleTag::column)
            .text("tag", DISCOVERER, "Tag", VisibleTag::tag)
            .text("inherited_from", DISCOVERER, "The data product or the domain that the tag is inherited from, or policy; NULL for a tag of its own", VisibleTag::inheritedFrom)
            .build();

    @Override
    public SystemTableSchema<VisibleTag> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleTag> rows(SystemRequest request)
    {
        return VisibleTag.of(request.mesh());
    }
}
