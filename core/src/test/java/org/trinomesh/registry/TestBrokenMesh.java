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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.tableNames;

final class TestBrokenMesh
{
    @Test
    void testTenMistakesAreTenProblemsAndEverythingElseIsServed()
    {
        Mesh mesh = mesh(ImmutableMap.<String, String>builder()
                .put("a-good.yaml", named("good"))
                .put("b-syntax.yaml", "kind: [DataProduct\n")
                .put("c-kind.yaml", "apiVersion: v2.2.0\nkind: DataContract\n")
                .put("d-duplicate.yaml", named("duplicate").replace("  domain: sales\n", "  domain: sales\n  domain: sales\n"))
                .put("e-unknown.yaml", named("unknown").replace("version: 1.0.0", "version: 1.0.0\n  statuss: draft"))
                .put("f-missing.yaml", named("missing").replace("  version: 1.0.0\n", ""))
                .put("g-shape.yaml", named("shape").replace("[read]", "read"))
                .put("h-type.yaml", named("type").replace("bigint", "tinyint"))
                .put("i-grant.yaml", named("grant").replace("schema: sales", "schema: finance"))
                .put("j-name.yaml", named("Name"))
                .put("k-contract.yaml", named("orders") + "---\n" + CONTRACT.replace("[\"null\", \"string\"]", "[\"int\", \"string\"]"))
                .put("l-good.yaml", named("also-good"))
                .buildOrThrow());
        assertThat(problems(mesh)).containsExactly(
                "b-syntax.yaml:2:1: error: this is not YAML: while parsing a flow sequence: expected ',' or ']', but got <stream end>; correct the syntax; most often it is the indentation, a missing quote or a missing space after ':'",
                "c-kind.yaml:2:7: error: kind DataContract of apiVersion v2.2.0 is not supported; write one of datamesh/v1: Mesh, Domain, DataProduct, GovernancePolicy; datacontract/v1: DataContract; v3.0.0 to v3.2.0: DataContract (ODCS); v0.9.0 to v1.1.0: DataProduct (ODPS)",
                "d-duplicate.yaml:6:3: error: key 'domain' is written twice, first in line 5; keep one of the two",
                "e-unknown.yaml:8:3: error: key 'statuss' is not known in metadata; write 'status'",
                "f-missing.yaml:4:3: error: metadata has no 'version'; add the key 'version'",
                "g-shape.yaml:20:20: error: 'permissions' is a single value; write a list: each entry on its own line after '- '",
                "h-type.yaml:17:13: error: type 'tinyint' does not exist in Iceberg tables; write integer",
                "i-grant.yaml:13:16: error: domain 'sales' may not use namespace 'finance' of storage 'lake'; ask the platform for a grant in the Mesh document: {domain: sales, storage: lake, namespaces: [finance]}",
                "j-name.yaml:4:9: error: 'Name' cannot be the name of a data product; write lower case letters, digits, '-' and '_', a letter first: customer-360",
                "k-contract.yaml:37:1: error: field 'email' of the Avro schema cannot be a column: it is a union of several types; a column has one type: write a union of null and that type");
        assertThat(tableNames(mesh, "sales")).containsExactly("also_good", "also_good_v1 (not listed)", "good", "good_v1 (not listed)");
    }

    private static String named(String name)
    {
        return PRODUCT.replace("name: orders", "name: " + name);
    }
}
