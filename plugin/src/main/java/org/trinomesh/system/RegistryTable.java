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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.measure.ServiceStates;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.registry.Mesh;
import org.trinomesh.storage.ColumnBindings;

import java.util.stream.Stream;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

final class RegistryTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("registry", "The generation of the mesh that answers this query")
            .number("generation", "Counts the loads since the server started; for stewards of the mesh")
            .column("loaded_at", TIMESTAMP_TZ_MILLIS, "When it was loaded; for stewards of the mesh")
            .number("load_millis", "How long the load took, in milliseconds; for stewards of the mesh")
            .number("files", "How many files were read; for stewards of the mesh")
            .number("domains", "How many domains you may know of")
            .number("data_products", "How many data products you may discover")
            .number("problems", "How many problems you may see")
            .build();

    private final ColumnBindings bindings;
    private final ServiceStates states;
    private final EventLog events;
    private final CurrentLineage lineage;

    RegistryTable(ColumnBindings bindings, ServiceStates states, EventLog events, CurrentLineage lineage)
    {
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.states = requireNonNull(states, "states is null");
        this.events = requireNonNull(events, "events is null");
        this.lineage = requireNonNull(lineage, "lineage is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh governed)
    {
        if (governed.domains().isEmpty() && !governed.isMeshSteward()) {
            return Stream.of();
        }
        Mesh mesh = governed.mesh();
        // Each load may be about a product that the requester does not know of
        boolean steward = governed.isMeshSteward();
        return Stream.<Object[]>of(new Object[] {
                steward ? mesh.generation() : null,
                steward ? packDateTimeWithZone(mesh.loadedAt().toEpochMilli(), UTC_KEY) : null,
                steward ? mesh.loadTime().toMillis() : null,
                steward ? (long) mesh.files() : null,
                (long) governed.domains().size(),
                (long) governed.discoverable().size(),
                (long) ProblemsTable.all(governed, bindings, states, events, lineage).size(),
        });
    }
}
