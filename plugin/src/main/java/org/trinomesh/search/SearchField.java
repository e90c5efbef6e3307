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
package org.trinomesh.search;

import static java.util.Locale.ENGLISH;

/**
 * Where a word can be found, and how much that says.
 */
enum SearchField
{
    NAME(10, false),
    SYNONYMS(6, false),
    TAGS(6, false),
    DOMAIN(4, false),
    DESCRIPTION(3, false),
    OWNER(2, false),
    COLUMN_NAME(2, true),
    COLUMN_DETAILS(1, true);

    private final float weight;
    private final boolean ofColumn;

    SearchField(float weight, boolean ofColumn)
    {
        this.weight = weight;
        this.ofColumn = ofColumn;
    }

    float weight()
    {
        return weight;
    }

    /**
     * Whether it belongs to one column, which may be hidden, and not to the whole product.
     */
    boolean isOfColumn()
    {
        return ofColumn;
    }

    String indexName()
    {
        return name().toLowerCase(ENGLISH);
    }
}
