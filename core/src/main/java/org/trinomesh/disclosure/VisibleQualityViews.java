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

import com.google.common.collect.Sets;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.quality.CheckedRule;
import org.trinomesh.quality.CheckedTable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Which quality views a requester has: {@code <domain>__<product>}, one for each product with rules, for the product's stewards that read
 * it. A view runs with the caller's identity: masks and row filters of a steward hold in it as everywhere. A rule whose result would be
 * computed from masked values or from only some of the rows has no result, but a note that says why.
 */
public final class VisibleQualityViews
{
    private static final Set<Closeness> CHECKERS = Sets.immutableEnumSet(Closeness.READER, Closeness.STEWARD);

    private VisibleQualityViews() {}

    /**
     * Whether the requester has any view.
     */
    public static boolean isAny(GovernedMesh mesh)
    {
        return mesh.schemas().stream()
                .flatMap(domain -> mesh.mesh().checkedTables(domain).stream())
                .anyMatch(table -> isChecked(mesh, table));
    }

    /**
     * The requester's views by name.
     */
    public static Map<String, VisibleQualityView> of(GovernedMesh mesh)
    {
        Map<String, VisibleQualityView> views = new LinkedHashMap<>();
        mesh.schemas().forEach(domain -> of(mesh, domain, _ -> true)
                // Two names may meet: a__b of domain c, and b of domain c__a
                .forEach(views::putIfAbsent));
        return views;
    }

    public static Optional<VisibleQualityView> find(GovernedMesh mesh, String name)
    {
        return mesh.schemas().stream()
                .filter(domain -> name.startsWith(domain + "__"))
                .flatMap(domain -> Optional.ofNullable(of(mesh, domain, name::equals).get(name)).stream())
                .findFirst();
    }

    /**
     * The view of a product, if the requester has it.
     */
    static Optional<String> nameOf(VisibleProduct visible)
    {
        DataProduct product = visible.product();
        return of(visible.mesh(), product.domain(), name -> name.startsWith(product.domain() + "__" + product.sqlName())).values().stream()
                .filter(view -> view.product().id().equals(product.id()))
                .map(VisibleQualityView::name)
                .findFirst();
    }

    private static Map<String, VisibleQualityView> of(GovernedMesh mesh, String domain, Predicate<String> names)
    {
        Map<String, List<MeshTable>> tables = new LinkedHashMap<>();
        mesh.mesh().checkedTables(domain).forEach(table -> {
            String name = domain + "__" + productName(table);
            if (names.test(name) && isChecked(mesh, table)) {
                tables.computeIfAbsent(name, _ -> new ArrayList<>()).add(table);
            }
        });
        Map<String, VisibleQualityView> views = new LinkedHashMap<>();
        tables.forEach((name, found) -> views.put(name, new VisibleQualityView(name, found.getFirst().product(), found)));
        return views;
    }

    private static boolean isChecked(GovernedMesh mesh, MeshTable table)
    {
        DataProduct product = table.product();
        // The names are known, and most requesters read few of many products
        return mesh.readableNames(table.schema()).contains(table.name()) && mesh.closeness(product).containsAll(CHECKERS) && !rules(mesh, table).isEmpty();
    }

    /**
     * What the names of all tables of a product begin with, in one of its versions: {@code customer_360_v1}.
     */
    private static String productName(MeshTable table)
    {
        int suffix = table.table().name().length() - table.product().sqlName().length();
        return table.name().substring(0, table.name().length() - suffix);
    }

    /**
     * The rules of a table that can be run at all and of whose columns the requester may know.
     */
    private static List<QualityRule> rules(GovernedMesh mesh, MeshTable table)
    {
        return VisibleQuality.rules(mesh, table)
                .filter(rule -> !(rule.condition() instanceof QualityCondition.Elsewhere))
                .collect(toImmutableList());
    }

    /**
     * What a view checks, and which of its rules it refuses.
     *
     * @param view one that the requester has
     * @param queries whether SQL queries of contracts are run
     */
    public static List<CheckedTable> checked(GovernedMesh mesh, VisibleQualityView view, boolean queries)
    {
        return view.tables().stream()
                .map(table -> new CheckedTable(table.schema(), table.name(), checked(mesh, table, queries)))
                .collect(toImmutableList());
    }

    private static List<CheckedRule> checked(GovernedMesh mesh, MeshTable table, boolean queries)
    {
        TableAccess access = mesh.columns(table);
        return rules(mesh, table).stream()
                .map(rule -> new CheckedRule(rule, refusal(access, rule, queries)))
                .collect(toImmutableList());
    }

    private static Optional<String> refusal(TableAccess access, QualityRule rule, boolean queries)
    {
        if (rule.condition() instanceof QualityCondition.Query && !queries) {
            return Optional.of("the mesh does not run SQL queries of contracts; the operator can allow them with mesh.sql-quality-rules=true");
        }
        if (access.rows().isPresent()) {
            return Optional.of("you see only some of the rows");
        }
        return rule.columns().stream()
                .filter(column -> access.column(column).filter(found -> found instanceof ColumnAccess.Clear).isEmpty())
                .findFirst()
                .map("column %s is masked for you"::formatted)
                // What a query reads is not known
                .or(() -> rule.condition() instanceof QualityCondition.Query && access.isRestricted() ? Optional.of("you do not see all of the table") : Optional.empty());
    }
}
