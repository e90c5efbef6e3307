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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.ErrorCode;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.Mesh;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.storage.LoadObserver;
import org.trinomesh.storage.TableRefusedException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_FILE_NOT_GRANTED;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_UNKNOWN;
import static org.trinomesh.error.MeshErrorCode.MESH_TABLE_MISSING;

/**
 * Records whether each table of the mesh could be served when it was last opened, by a query or by the mesh itself. It is
 * kept in memory: a new process knows nothing.
 */
public final class ServiceStates
        implements LoadObserver
{
    private static final Map<ErrorCode, String> REMEDIES = ImmutableMap.of(
            MESH_TABLE_MISSING.toErrorCode(), "create the table, or correct the output port",
            MESH_STORAGE_UNKNOWN.toErrorCode(), "configure the storage in the catalog file, or correct the output port",
            MESH_FILE_NOT_GRANTED.toErrorCode(), "move the files of the table into folders that mesh.yaml grants the domain, or ask the platform for a further grant");

    private final ConcurrentMap<TableId, State> states = new ConcurrentHashMap<>();

    @Override
    public void observed(MeshTable table, Optional<TableRefusedException> refusal)
    {
        states.put(table.id(), new State(table.product().fingerprint(), refusal.map(Fault::of)));
    }

    /**
     * Forgets what is not in the mesh any longer.
     */
    void retain(Mesh mesh)
    {
        Set<TableId> known = mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .flatMap(product -> product.tables().stream().map(table -> TableId.of(product, table)))
                .collect(toImmutableSet());
        states.keySet().retainAll(known);
    }

    public ServiceStatus status(DataProduct product)
    {
        return ServiceStatus.of(product.tables().stream()
                .map(table -> status(product, table))
                .collect(toImmutableList()));
    }

    public ServiceStatus status(DataProduct product, ProductTable table)
    {
        return state(product, table)
                .map(state -> state.fault().isPresent() ? ServiceStatus.OUT_OF_SERVICE : ServiceStatus.IN_SERVICE)
                .orElse(ServiceStatus.UNKNOWN);
    }

    /**
     * The problems that take tables of the mesh out of service. Differences between tables and promises are reported where
     * columns are bound.
     */
    public List<Problem> problems(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .flatMap(product -> product.tables().stream().flatMap(table -> problem(product, table).stream()))
                .collect(toImmutableList());
    }

    private Optional<Problem> problem(DataProduct product, ProductTable table)
    {
        return state(product, table)
                .flatMap(State::fault)
                .filter(fault -> !fault.drift())
                .map(fault -> Problem.error(
                                product.position(),
                                "out of service: table '%s' cannot be read: %s".formatted(table.name(), fault.why()),
                                remedy(fault))
                        .about(product.domain(), product.sqlName(), product.owner()));
    }

    private static String remedy(Fault fault)
    {
        return Optional.ofNullable(REMEDIES.get(fault.code())).orElse("look up the reason in the server's log and correct it");
    }

    private Optional<State> state(DataProduct product, ProductTable table)
    {
        return Optional.ofNullable(states.get(TableId.of(product, table)))
                .filter(state -> state.fingerprint().equals(product.fingerprint()));
    }

    private record State(String fingerprint, Optional<Fault> fault)
    {
        private State
        {
            requireNonNull(fingerprint, "fingerprint is null");
            requireNonNull(fault, "fault is null");
        }
    }

    private record Fault(String why, ErrorCode code, boolean drift)
    {
        private Fault
        {
            requireNonNull(why, "why is null");
            requireNonNull(code, "code is null");
        }

        static Fault of(TableRefusedException refusal)
        {
            return new Fault(refusal.why(), refusal.getErrorCode(), refusal.isDrift());
        }
    }
}
