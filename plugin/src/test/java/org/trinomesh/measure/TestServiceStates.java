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
import org.junit.jupiter.api.Test;
import org.trinomesh.error.MeshErrorCode;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.storage.TableRefusedException;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.error.MeshErrorCode.MESH_FILE_NOT_GRANTED;
import static org.trinomesh.error.MeshErrorCode.MESH_PRODUCT_DRIFT;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_FAILED;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_UNKNOWN;
import static org.trinomesh.error.MeshErrorCode.MESH_TABLE_MISSING;

final class TestServiceStates
{
    private static final Mesh MESH = TestingMesh.mesh("orders.yaml", TestingMesh.PRODUCT);
    private static final MeshTable TABLE = MESH.table("sales", "orders").orElseThrow();
    private static final DataProduct ORDERS = TABLE.product();

    private final ServiceStates states = new ServiceStates();

    @Test
    void testWhoeverLookedLastIsRight()
    {
        assertThat(states.status(ORDERS)).isEqualTo(ServiceStatus.UNKNOWN);
        states.observed(TABLE, Optional.empty());
        assertThat(states.status(ORDERS)).isEqualTo(ServiceStatus.IN_SERVICE);
        assertThat(states.problems(MESH)).isEmpty();
        states.observed(TABLE, refused(MESH_STORAGE_FAILED, "storage 'lake' could not read its table"));
        assertThat(states.status(ORDERS)).isEqualTo(ServiceStatus.OUT_OF_SERVICE);
        states.observed(TABLE, Optional.empty());
        assertThat(states.status(ORDERS)).isEqualTo(ServiceStatus.IN_SERVICE);
    }

    @Test
    void testAnotherVersionOfADocumentIsNotKnown()
    {
        states.observed(TABLE, refused(MESH_TABLE_MISSING, "its table does not exist in storage 'lake'"));
        Mesh changed = TestingMesh.mesh("orders.yaml", TestingMesh.PRODUCT.replace("description: Orders", "description: All orders"));
        assertThat(states.status(changed.table("sales", "orders").orElseThrow().product())).isEqualTo(ServiceStatus.UNKNOWN);
        assertThat(states.problems(changed)).isEmpty();
        states.retain(TestingMesh.mesh(ImmutableMap.of()));
        assertThat(states.status(ORDERS)).isEqualTo(ServiceStatus.UNKNOWN);
    }

    @Test
    void testProblemsNameTheProductAndItsOwner()
    {
        states.observed(TABLE, refused(MESH_TABLE_MISSING, "its table does not exist in storage 'lake'"));
        assertThat(states.problems(MESH)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("out of service: table 'orders' cannot be read: its table does not exist in storage 'lake'");
            assertThat(problem.remedy()).isEqualTo("create the table, or correct the output port");
            assertThat(problem.owner()).contains("sales-team");
        });
        states.observed(TABLE, Optional.of(TableRefusedException.late(TABLE, "20.00s")));
        assertThat(states.problems(MESH)).extracting(Problem::message).containsExactly("out of service: table 'orders' cannot be read: storage 'lake' did not open its table within 20.00s");
        assertThat(states.problems(MESH)).extracting(Problem::remedy).containsExactly("look up the reason in the server's log and correct it");
        states.observed(TABLE, refused(MESH_STORAGE_UNKNOWN, "its storage 'lake' is not configured in the catalog file"));
        assertThat(states.problems(MESH)).extracting(Problem::remedy).containsExactly("configure the storage in the catalog file, or correct the output port");
        states.observed(TABLE, refused(MESH_FILE_NOT_GRANTED, "its metadata names a file that its domain may not use"));
        assertThat(states.problems(MESH)).extracting(Problem::remedy).containsExactly("move the files of the table into folders that mesh.yaml grants the domain, or ask the platform for a further grant");
        // Told where it was found, with the columns
        states.observed(TABLE, refused(MESH_PRODUCT_DRIFT, "it lacks a column"));
        assertThat(states.problems(MESH)).isEmpty();
    }

    @Test
    void testProductsOfSeveralTables()
    {
        assertThat(ServiceStatus.of(List.of())).isEqualTo(ServiceStatus.UNKNOWN);
        assertThat(ServiceStatus.of(List.of(ServiceStatus.IN_SERVICE, ServiceStatus.IN_SERVICE))).isEqualTo(ServiceStatus.IN_SERVICE);
        assertThat(ServiceStatus.of(List.of(ServiceStatus.IN_SERVICE, ServiceStatus.UNKNOWN))).isEqualTo(ServiceStatus.UNKNOWN);
        assertThat(ServiceStatus.of(List.of(ServiceStatus.IN_SERVICE, ServiceStatus.OUT_OF_SERVICE))).hasToString("partly out of service");
        assertThat(ServiceStatus.of(List.of(ServiceStatus.OUT_OF_SERVICE, ServiceStatus.OUT_OF_SERVICE))).hasToString("out of service");
    }

    private static Optional<TableRefusedException> refused(MeshErrorCode code, String why)
    {
        return Optional.of(new TableRefusedException(code, TABLE, why));
    }
}
