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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One table that a contract promises, as written.
 *
 * @param name what the contract calls it; empty in a contract that has one table only and does not name it
 * @param physicalName what the storage calls it
 */
public record ContractTableDescriptor(
        Optional<Located<String>> name,
        Optional<Located<String>> physicalName,
        Optional<String> description,
        List<ColumnDescriptor> columns,
        List<RelationshipDescriptor> relationships,
        Position position)
{
    public ContractTableDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(physicalName, "physicalName is null");
        requireNonNull(description, "description is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        relationships = ImmutableList.copyOf(requireNonNull(relationships, "relationships is null"));
        requireNonNull(position, "position is null");
    }

    static ContractTableDescriptor unnamed(List<ColumnDescriptor> columns, List<RelationshipDescriptor> relationships, Position position)
    {
        return new ContractTableDescriptor(Optional.empty(), Optional.empty(), Optional.empty(), columns, relationships, position);
    }

    /**
     * Whether a table in a storage is the one that is promised.
     */
    public boolean isStoredAs(String table)
    {
        return physicalName.or(() -> name).filter(written -> written.value().equalsIgnoreCase(table)).isPresent();
    }

    /**
     * Whether the contract itself uses this name.
     */
    public boolean isCalled(String table)
    {
        return name.filter(written -> written.value().equalsIgnoreCase(table)).isPresent();
    }

    /**
     * The name that the table has in SQL after the name of its product, if the contract's name can be one.
     */
    public Optional<Located<String>> tableName()
    {
        return name.map(StandardNames::table);
    }
}
