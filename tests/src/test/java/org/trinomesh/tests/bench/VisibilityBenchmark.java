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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableList;
import io.trino.spi.QueryId;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.security.MaskSql;
import org.trinomesh.security.MeshAccessControl;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * What the access control adds to a listing of ten thousand products: the call by which the engine has it filtered, for people
 * who see most of them.
 */
final class VisibilityBenchmark
{
    private static final int DOMAINS = 100;
    private static final int PRODUCTS_OF_A_DOMAIN = 100;
    private static final int PRODUCTS = DOMAINS * PRODUCTS_OF_A_DOMAIN;
    private static final int RULES = 1_000;
    private static final int PEOPLE = 20;

    private VisibilityBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws IOException
    {
        Progress.say("Visibility: loading %,d products and %,d rules", PRODUCTS, RULES);
        Governance governance = new GeneratedPolicies(DOMAINS, PRODUCTS_OF_A_DOMAIN, 12, RULES).load();
        MeshAccessControl accessControl = new MeshAccessControl(
                new QueryMeshes(() -> governance, Clock.systemUTC(), _ -> ""),
                "mesh",
                new MaskSql("mesh", _ -> "no key"));
        Set<SchemaTableName> names = governance.mesh().domains().stream()
                .flatMap(domain -> governance.mesh().tables(domain.name()).stream())
                .filter(MeshTable::listed)
                .map(table -> new SchemaTableName(table.schema(), table.name()))
                .collect(toImmutableSet());
        checkState(names.size() == PRODUCTS, "The generated mesh has %s tables", names.size());
        List<ConnectorSecurityContext> people = GeneratedPolicies.requesters(PEOPLE).stream().map(VisibilityBenchmark::context).collect(toImmutableList());
        List<Double> first = new ArrayList<>();
        people.forEach(person -> first.add(PairedRuns.millis(() -> filter(accessControl, person, names))));
        for (int round = 0; round < (quick ? 5 : 50); round++) {
            people.forEach(person -> filter(accessControl, person, names));
        }
        List<Double> later = new ArrayList<>();
        for (int round = 0; round < (quick ? 5 : 50); round++) {
            people.forEach(person -> later.add(PairedRuns.millis(() -> filter(accessControl, person, names))));
        }
        Progress.say("Visibility: %s; the first listing of a reader takes %.1f ms", PairedRuns.spread(later, "%.2f ms"), PairedRuns.median(first));
        return ImmutableList.of(Measurement.timed("decision: filterTables of %,d products".formatted(PRODUCTS), PairedRuns.median(later), Target.atMost(1.5)));
    }

    private static void filter(MeshAccessControl accessControl, ConnectorSecurityContext person, Set<SchemaTableName> names)
    {
        int visible = accessControl.filterTables(person, names).size();
        checkState(visible > PRODUCTS / 2 && visible < PRODUCTS, "%s of %s products are visible", visible, PRODUCTS);
    }

    private static ConnectorSecurityContext context(Requester requester)
    {
        return new ConnectorSecurityContext(
                new ConnectorTransactionHandle() {},
                ConnectorIdentity.forUser(requester.user()).withGroups(requester.groups()).build(),
                QueryId.valueOf("listing_of_" + requester.user()));
    }
}
