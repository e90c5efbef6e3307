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

import static java.util.Locale.ENGLISH;

/**
 * The origin of an edge of the lineage.
 */
public enum EdgeKind
{
    /**
     * A descriptor.
     */
    DECLARED,
    /**
     * The mesh itself: it knows which table a product is read from.
     */
    DERIVED,
    /**
     * The events of a tool that ran.
     */
    OBSERVED;

    @Override
    public String toString()
    {
        return name().toLowerCase(ENGLISH);
    }
}
