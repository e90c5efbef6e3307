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

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The Iceberg table behind an output port, in the words of the storage that holds it.
 */
public sealed interface PhysicalTable
        extends TableSource
{
    /**
     * The name of the storage in the catalog file.
     */
    String storage();

    /**
     * A table that the storage's catalog service knows by name. The engine asks for it in lower case, so that names which
     * differ in case only are one table.
     */
    record CatalogTable(String storage, String namespace, String table)
            implements PhysicalTable
    {
        public CatalogTable
        {
            requireNonNull(storage, "storage is null");
            namespace = requireNonNull(namespace, "namespace is null").toLowerCase(ENGLISH);
            table = requireNonNull(table, "table is null").toLowerCase(ENGLISH);
        }

        @Override
        public String toString()
        {
            return storage + "." + namespace + "." + table;
        }
    }

    /**
     * A table without a catalog service, found by its root folder.
     */
    record LocatedTable(String storage, String location)
            implements PhysicalTable
    {
        public LocatedTable
        {
            requireNonNull(storage, "storage is null");
            requireNonNull(location, "location is null");
        }

        @Override
        public String toString()
        {
            return storage + ":" + location;
        }
    }
}
