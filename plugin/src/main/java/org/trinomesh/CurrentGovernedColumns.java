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
package org.trinomesh;

import org.trinomesh.problem.Problem;
import org.trinomesh.product.FieldNames;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.GovernedColumns;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The governed columns of the policies that are currently in force.
 */
final class CurrentGovernedColumns
        implements GovernedColumns
{
    private final Supplier<GovernedRegistry> registry;

    CurrentGovernedColumns(Supplier<GovernedRegistry> registry)
    {
        this.registry = requireNonNull(registry, "registry is null");
    }

    @Override
    public Set<String> governedColumns(MeshTable table)
    {
        return registry.get().current().governedColumns(table);
    }

    @Override
    public Set<String> filteredColumns(MeshTable table)
    {
        return registry.get().current().filteredColumns(table);
    }

    @Override
    public List<Problem> missedRules(MeshTable table, Map<String, FieldNames> names)
    {
        return registry.get().current().missedRules(table, names);
    }
}
