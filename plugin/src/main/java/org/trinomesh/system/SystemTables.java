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

import com.google.inject.Inject;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.SystemTable;
import org.trinomesh.connector.QualityViews;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.connector.StoredRowsReporter;
import org.trinomesh.disclosure.ProblemCollector;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.measure.HealthMeasurer;
import org.trinomesh.measure.ManifestCounts;
import org.trinomesh.measure.SloMeasurer;
import org.trinomesh.measure.StorageLanes;
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
    private final Set<SystemTable> tables;

    @Inject
    public SystemTables(
            CatalogName catalog,
            QueryMeshes meshes,
            ColumnBindings bindings,
            PhysicalTables physicalTables,
            ProblemCollector problems,
            CurrentLineage lineage,
            CurrentQuality quality,
            ManifestCounts manifests,
            QualityViews qualityViews,
            SloMeasurer measurer,
            VisibleStatus status,
            StorageLanes lanes,
            HealthMeasurer health)
    {
        tables = Stream.<SystemRows<?>>of(
                        new ColumnLineageTable(lineage),
                        new ColumnsTable(bindings::openTypes),
                        new ContractConsumersTable(meshes.readers()),
                        new ContractsTable(),
                        new DataProductsTable(status),
                        new DomainsTable(),
                        new InputPortsTable(),
                        new LineageTable(lineage, status),
                        new ManagementPortsTable(),
                        new MyAccessTable(),
                        new OutputPortsTable(),
                        new PoliciesTable(),
                        new PolicyViolationsTable(),
                        new ProblemsTable(problems),
                        new QualityResultsTable(quality, manifests),
                        new QualityRulesTable(manifests != ManifestCounts.UNKNOWN, qualityViews.queries()),
                        new RegistryTable(problems),
                        new RelationshipsTable(),
                        new SampleQueriesTable(catalog.toString()),
                        new SchemaChangesTable(physicalTables, lanes),
                        new SloHistoryTable(measurer),
                        new SlosTable(measurer),
                        new StoredRowsTable(new StoredRowsReporter(meshes, physicalTables), lanes),
                        new SupportChannelsTable(),
                        new TableHealthTable(health),
                        new TagsTable())
                .map(rows -> new MeshSystemTable<>(meshes, rows))
                .collect(toImmutableSet());
    }

    public Set<SystemTable> tables()
    {
        return tables;
    }
}
