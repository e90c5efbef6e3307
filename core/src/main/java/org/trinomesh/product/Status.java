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
package org.trinomesh.product;

/**
 * Where a data product is in its life, in the words of the Open Data Product Standard.
 */
public enum Status
{
    PROPOSED,
    DRAFT,
    ACTIVE,
    DEPRECATED,
    RETIRED;

    /**
     * Not yet for consumers: only the product's stewards read it.
     */
    public boolean isUnreleased()
    {
        return this == PROPOSED || this == DRAFT;
    }

    public boolean isServed()
    {
        return this != RETIRED;
    }
}
