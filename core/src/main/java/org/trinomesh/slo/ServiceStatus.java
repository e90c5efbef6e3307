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
package org.trinomesh.slo;

import java.util.Collection;

import static java.util.Locale.ENGLISH;

/**
 * Whether readers get the data of a product.
 */
public enum ServiceStatus
{
    IN_SERVICE,
    /**
     * Some of its tables are in service, others are not.
     */
    PARTLY_OUT_OF_SERVICE,
    OUT_OF_SERVICE,
    /**
     * Nobody has looked yet.
     */
    UNKNOWN;

    /**
     * The status of a product whose tables have these.
     */
    public static ServiceStatus of(Collection<ServiceStatus> tables)
    {
        if (tables.contains(OUT_OF_SERVICE)) {
            return tables.stream().allMatch(OUT_OF_SERVICE::equals) ? OUT_OF_SERVICE : PARTLY_OUT_OF_SERVICE;
        }
        return tables.isEmpty() || tables.contains(UNKNOWN) ? UNKNOWN : IN_SERVICE;
    }

    public boolean isOut()
    {
        return this == OUT_OF_SERVICE || this == PARTLY_OUT_OF_SERVICE;
    }

    @Override
    public String toString()
    {
        return name().toLowerCase(ENGLISH).replace('_', ' ');
    }
}
