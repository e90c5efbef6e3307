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

import io.trino.spi.connector.SystemTable;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.storage.ColumnBindings;

import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Every table of {@code mesh.system}.
 */
public final class SystemTables
{
    private SystemTables() {}

    public static Set<SystemTable> of(QueryMeshes meshes, ColumnBindings bindings)
    {
        return Stream.of(
                        new AccessRows(),
                        new ColumnsTable(),
                        new ContractsTable(),
                        new DataProductsTable(),
                        new DomainsTable(),
                        new InputPortsTable(),
                        new ManagementPortsTable(),
                        new OutputPortsTable(),
                        new PoliciesTable(),
                        new PolicyViolationsTable(),
                        new ProblemsTable(bindings),
                        new RegistryTable(bindings),
                        new RelationshipsTable(),
                        new SupportChannelsTable(),
                        new TagsTable())
                .map(rows -> new MeshSystemTable(meshes, rows))
                .collect(toImmutableSet());
    }
}
