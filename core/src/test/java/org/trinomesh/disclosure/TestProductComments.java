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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.registry.Mesh;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.KnownStatus;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.slo.TestingMeasurements;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

/**
 * Ana reads orders as they are, ben under a mask and cleo some rows. Only ana may know what comes after them.
 */
final class TestProductComments
{
    private static final String ORDERS = PRODUCT
            .replace("description: Orders", "description: \"Orders,\\n  as they come \"")
            .replace("order_id\n      type: bigint",
                    """
                    order_id
                          type: bigint
                          description: Number of the order
                        - {name: email, type: varchar, classification: restricted}
                        - {name: region, type: varchar}\
                    """) +
            """
                - {user: ben, permissions: [read]}
                - {user: cleo, permissions: [read]}
              masks: [{id: emails, match: {columns: [email]}, mask: email-domain, principals: [{user: ben}]}]
              rowFilters: [{id: regions, filter: "region = 'WEST'", principals: [{user: cleo}]}]
            """;
    private static final String SUCCESSOR = PRODUCT.replace("name: orders", "name: deals").replace("spec:\n", "spec:\n  discoverable: false\n");

    @Test
    void testDescriptionAndOwner()
    {
        assertThat(comment("ana", KnownStatus.NONE, ORDERS)).isEqualTo("Orders, as they come · Owner: sales-team");
        assertThat(comment("ana", KnownStatus.NONE, ORDERS.replace("  owner: sales-team\n", ""))).isEqualTo("Orders, as they come");
    }

    @Test
    void testStatus()
    {
        String orders = ORDERS.replace("spec:\n", "spec:\n  slos: {freshness: {target: 4h}, row-count: {target: 10 rows}}\n");
        assertThat(comment("ana", KnownStatus.NONE, orders)).endsWith(" · SLO: unknown");
        assertThat(comment("ana", measured(new Disclosure.Times(), new Disclosure.Rows()), orders)).endsWith(" · SLO: met");
        assertThat(comment("ana", measured(new Disclosure.Times()), orders)).endsWith(" · SLO: met");
        // Ben and cleo may know when data came, and how many rows there are only who sees all of them
        assertThat(comment("ben", measured(new Disclosure.Times(), new Disclosure.Rows()), orders)).endsWith(" · SLO: met");
        assertThat(comment("cleo", measured(new Disclosure.Times(), new Disclosure.Rows()), orders)).endsWith(" · SLO: met (1 of 2 known)");
        assertThat(comment("cleo", measured(new Disclosure.Rows()), orders)).endsWith(" · SLO: unknown");
        assertThat(comment("ana", measured(new Disclosure.Times()), ORDERS)).doesNotContain("SLO");
    }

    @Test
    void testOutOfService()
    {
        String orders = ORDERS.replace("spec:\n", "spec:\n  slos: {freshness: {target: 4h}}\n");
        KnownStatus out = known(ServiceStatus.OUT_OF_SERVICE, new Disclosure.Times());
        for (String user : List.of("ana", "ben", "cleo")) {
            assertThat(comment(user, out, orders)).as(user).endsWith(" · Out of service · SLO: unknown");
        }
        assertThat(comment("ana", out, ORDERS)).endsWith(" · Out of service");
    }

    @Test
    void testSuccessorIsToldToThoseWhoMayDiscoverIt()
    {
        String orders = ORDERS.replace("spec:\n", "spec:\n  deprecation: {deprecatedOn: 2026-01-31, endOfLife: 2027-06-30, replacedBy: deals}\n");
        assertThat(comment("ana", KnownStatus.NONE, orders)).endsWith(" · Deprecated since 2026-01-31, ends 2027-06-30, use sales.deals");
        assertThat(comment("ben", KnownStatus.NONE, orders)).endsWith(" · Deprecated since 2026-01-31, ends 2027-06-30");
        assertThat(comment("ana", KnownStatus.NONE, ORDERS.replace("  version:", "  status: deprecated\n  version:"))).endsWith(" · Deprecated");
    }

    @Test
    void testColumns()
    {
        assertThat(columns("ana")).containsExactly("Number of the order", "restricted", "");
        assertThat(columns("ben")).containsExactly("Number of the order", "restricted · masked for you", "");
    }

    private static KnownStatus measured(Disclosure... disclosures)
    {
        return known(ServiceStatus.IN_SERVICE, disclosures);
    }

    /**
     * Objectives that are kept, one for each of these.
     */
    private static KnownStatus known(ServiceStatus service, Disclosure... disclosures)
    {
        return new KnownStatus()
        {
            @Override
            public Optional<List<Measurement>> measurements(DataProduct product)
            {
                return Optional.of(Stream.of(disclosures).map(disclosure -> TestingMeasurements.met(ObjectiveKind.FRESHNESS, new Basis.Usual(), disclosure)).toList());
            }

            @Override
            public ServiceStatus service(DataProduct product, ProductTable table)
            {
                return service;
            }
        };
    }

    private static List<String> columns(String user)
    {
        GovernedMesh governed = governed(user, ORDERS);
        MeshTable orders = governed.mesh().table("sales", "orders").orElseThrow();
        return IntStream.range(0, orders.table().columns().size())
                .mapToObj(index -> ProductComments.column(
                        orders.table().columns().get(index),
                        governed.attributes(orders).get(index),
                        governed.columns(orders).columns().values().stream().skip(index).findFirst().orElseThrow() instanceof ColumnAccess.Masked).orElse(""))
                .collect(toImmutableList());
    }

    private static String comment(String user, KnownStatus status, String orders)
    {
        GovernedMesh governed = governed(user, orders);
        return new ProductComments(new VisibleStatus(status)).table(governed, governed.table("sales", "orders").orElseThrow());
    }

    private static GovernedMesh governed(String user, String orders)
    {
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", orders, "deals.yaml", SUCCESSOR));
        return new GovernedMesh(Governance.of(mesh), new Requester(user, user.equals("ana") ? Set.of("analysts") : Set.of(), Set.of()), mesh.loadedAt());
    }
}
