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
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.measure.ManifestCounts;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.storage.ColumnBindings;
import org.trinomesh.storage.PhysicalTables;

import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Every table of {@code mesh.system}.
 */
public final class SystemTables
{
    private SystemTables() {}

    /**
     * @param catalog how the catalog of the mesh is called
     */
    public static Set<SystemTable> of(QueryMeshes meshes, ColumnBindings bindings, EventLog events, CurrentLineage lineage, CurrentQuality quality, boolean sqlQualityRules, PhysicalTables tables, String catalog)
    {
        return Stream.of(
                        new AccessRows(),
                        new ColumnLineageTable(lineage),
                        new ColumnsTable(),
                        new ContractConsumersTable(meshes.readers()),
                        new DataProductsTable(),
                        new DomainsTable(),
                        new InputPortsTable(),
                        new LineageTable(lineage),
                        new OutputPortsTable(),
                        new PoliciesTable(),
                        new PolicyViolationsTable(),
                        new ProblemsTable(bindings, events),
                        new QualityResultsTable(quality),
                        new QualityRulesTable(ManifestCounts.UNKNOWN, sqlQualityRules),
                        new RegistryTable(bindings, events),
                        new SampleQueriesTable(catalog),
                        new SchemaChangesTable(tables))
                .map(rows -> new MeshSystemTable(meshes, rows))
                .collect(toImmutableSet());
    }
}
