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
 * The fields in which a word can be found, with their weights.
 */
enum SearchField
{
    NAME(10),
    SYNONYMS(6),
    TAGS(6),
    DOMAIN(4),
    DESCRIPTION(3),
    OWNER(2),
    COLUMN_NAME(2),
    COLUMN_DETAILS(1);

    private final float weight;

    SearchField(float weight)
    {
        this.weight = weight;
    }

    float weight()
    {
        return weight;
    }

    String indexName()
    {
        return name().toLowerCase(ENGLISH);
    }
}
