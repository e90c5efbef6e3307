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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.OutputPort;
import org.trinomesh.product.ServiceLevelObjective;

import java.io.IOException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.meshOf;
import static org.trinomesh.registry.TestingMesh.product;

final class TestSeedFiles
{
    private static final String MESH =
            """
            apiVersion: datamesh/v1
            kind: Mesh
            metadata: {name: seed}
            spec:
              grants:
                - {domain: sales, storage: customer_analytics, namespaces: [customer_360]}
            """;

    @Test
    void testProductLoadsUnchanged()
            throws IOException
    {
        Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", MESH, "data-product.yaml", resource("data-product.yaml"), "data-contract.yaml", resource("data-contract.yaml")));
        assertThat(mesh.problems()).filteredOn(Problem::isError).isEmpty();
        DataProduct product = product(mesh, "sales", "customer_360");
        assertThat(product.name()).isEqualTo("customer-360");
        assertThat(product.owner()).isEqualTo("sales-data-team");
        assertThat(product.version()).hasToString("2.1.0");
        assertThat(product.description()).isEqualTo("Unified customer view combining CRM, transaction,\nand behavioral data for comprehensive customer analytics.");
        assertThat(product.pii()).isTrue();
        assertThat(product.tier()).contains("gold");
        assertThat(product.classification()).contains("confidential");
        assertThat(product.inputPorts()).extracting(InputPort::name).containsExactly("crm-customers", "transactions", "web-events");
        assertThat(product.outputPorts()).extracting(OutputPort::type).containsExactly("sql", "rest", "kafka");
        assertThat(product.outputPorts().get(1).address()).containsExactly("/api/v2/customers");
        assertThat(product.objectives()).extracting(ServiceLevelObjective::name).containsExactly("freshness", "completeness", "accuracy", "availability");
        assertThat(product.accessRules()).extracting(rule -> rule.principal().toString()).containsExactly("role:sales-analysts", "role:data-scientists", "role:sales-data-team");
    }

    @Test
    void testContractLoadsUnchanged()
            throws IOException
    {
        // The seed describes the product of its contract nowhere
        String transactions = resource("data-product.yaml").replace("name: customer-360", "name: customer-transactions");
        Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", MESH, "data-product.yaml", transactions, "data-contract.yaml", resource("data-contract.yaml")));
        assertThat(mesh.problems()).filteredOn(problem -> problem.severity() != Problem.Severity.INFO).isEmpty();
        MeshTable table = mesh.table("sales", "customer_transactions").orElseThrow();
        assertThat(table.table().columns()).extracting(column -> column.name() + " " + column.type()).containsExactly(
                "transaction_id varchar",
                "customer_id varchar",
                "transaction_date timestamp(6) with time zone",
                "amount decimal(10,2)",
                "currency varchar",
                "channel varchar");
        Contract contract = table.product().contract().orElseThrow();
        assertThat(contract.version()).isEqualTo("1.2.0");
        assertThat(contract.contact()).contains("sales-data@company.com");
        assertThat(contract.consumers()).extracting(Contract.Consumer::name).containsExactly("marketing-analytics", "financial-reporting");
        assertThat(table.product().objectives()).extracting(ServiceLevelObjective::target).containsExactly("4h", "99.5%", "99.9%", "99.9%");
    }

    private static String resource(String name)
            throws IOException
    {
        return Resources.toString(Resources.getResource("seed/" + name), UTF_8);
    }
}
