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

import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Where a data product takes its data from, as its descriptor declares it.
 *
 * @param contractId the id of the contract under which the data comes, which may be that of a product of this mesh
 */
public record InputPort(
        String name,
        String type,
        Optional<String> source,
        Optional<String> format,
        Optional<String> schedule,
        Optional<String> version,
        Optional<String> contractId)
{
    public InputPort
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(source, "source is null");
        requireNonNull(format, "format is null");
        requireNonNull(schedule, "schedule is null");
        requireNonNull(version, "version is null");
        requireNonNull(contractId, "contractId is null");
    }

    public InputPort(String name, String type, Optional<String> source, Optional<String> format, Optional<String> schedule)
    {
        this(name, type, source, format, schedule, Optional.empty(), Optional.empty());
    }

    /**
     * Whether the source is a data product of the mesh, not a system outside of it.
     */
    public boolean isDataProduct()
    {
        return type.toLowerCase(ENGLISH).replace('_', '-').equals("data-product");
    }
}
