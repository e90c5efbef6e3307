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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableList;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.TypeId;
import org.trinomesh.connector.MeshRelation.QualityView;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.ColumnAccess;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;
import org.trinomesh.quality.CheckedRule;
import org.trinomesh.quality.CheckedTable;
import org.trinomesh.quality.QualitySql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The views {@code mesh.quality.<domain>__<product>}, one for each product with rules, for the product's stewards that read it.
 * A view runs as who asks: masks and row filters of a steward hold in it as everywhere. Since their result would be that of
 * masked values or of some of the rows, such rules are refused in words.
 */
public final class QualityViews
{
    private static final String SCHEMA = MeshSchema.QUALITY.schemaName();

    private static final List<ViewColumn> COLUMNS = Arrays.stream(QualitySql.ResultColumn.values())
            .map(column -> new ViewColumn(column.columnName(), TypeId.of(column.type()), Optional.of(column.comment())))
            .collect(toImmutableList());

    private final QualitySql sql;
    private final boolean queries;

    /**
     * @param catalog the catalog of the mesh
     * @param queries whether queries that contracts bring along are run
     */
    public QualityViews(String catalog, boolean queries)
    {
        this.sql = new QualitySql(catalog);
        this.queries = queries;
    }

    /**
     * Whether queries that contracts bring along are run.
     */
    public boolean queries()
    {
        return queries;
    }

    /**
     * The tables of a product with the rules that a view of it is about.
     */
    record View(DataProduct product, List<MeshTable> tables)
    {
        View
        {
            requireNonNull(product, "product is null");
            tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        }

        String comment()
        {
            return "Checks the quality rules of data product " + product.qualifiedName() + ", one row for each";
        }
    }

    /**
     * Whether the requester has any view.
     */
    public static boolean isAny(GovernedMesh mesh)
    {
        return mesh.mesh().domains().stream().anyMatch(domain -> !of(mesh, domain.name(), _ -> true).isEmpty());
    }

    public static boolean isVisible(GovernedMesh mesh, QualityView view)
    {
        return find(mesh, view).isPresent();
    }

    /**
     * The view of a product, if the requester has it.
     */
    public static Optional<String> nameOf(GovernedMesh mesh, DataProduct product)
    {
        return of(mesh, product.domain(), name -> name.startsWith(product.domain() + "__" + product.sqlName())).entrySet().stream()
                .filter(entry -> entry.getValue().product().id().equals(product.id()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The requester's views by name.
     */
    static Map<SchemaTableName, View> of(GovernedMesh mesh)
    {
        Map<SchemaTableName, View> views = new LinkedHashMap<>();
        mesh.mesh().domains().forEach(domain -> of(mesh, domain.name(), _ -> true)
                // Two names may meet: a__b of domain c, and b of domain c__a
                .forEach((name, view) -> views.putIfAbsent(new SchemaTableName(SCHEMA, name), view)));
        return views;
    }

    public static Set<QualityView> visible(GovernedMesh mesh)
    {
        return of(mesh).keySet().stream().map(name -> new QualityView(name.getTableName())).collect(toImmutableSet());
    }

    static Optional<View> find(GovernedMesh mesh, QualityView view)
    {
        String name = view.name();
        return mesh.mesh().domains().stream()
                .filter(domain -> name.startsWith(domain.name() + "__"))
                .flatMap(domain -> Optional.ofNullable(of(mesh, domain.name(), name::equals).get(name)).stream())
                .findFirst();
    }

    private static Map<String, View> of(GovernedMesh mesh, String domain, Predicate<String> names)
    {
        Map<String, List<MeshTable>> tables = new LinkedHashMap<>();
        mesh.mesh().eachTable(domain).forEach(table -> {
            String name = domain + "__" + productName(table);
            if (names.test(name) && isSteward(mesh, table.product()) && !rules(mesh, table).isEmpty()) {
                tables.computeIfAbsent(name, _ -> new ArrayList<>()).add(table);
            }
        });
        Map<String, View> views = new LinkedHashMap<>();
        tables.forEach((name, found) -> views.put(name, new View(found.getFirst().product(), found)));
        return views;
    }

    private static boolean isSteward(GovernedMesh mesh, DataProduct product)
    {
        return !product.qualityRules().isEmpty() && mesh.decide(product) instanceof Decision.Readable readable && readable.stewards();
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
        TableAccess access = mesh.columns(table);
        Predicate<QualityRule> known = rule -> rule.columns().stream().noneMatch(access::isHidden);
        return table.product().qualityRules().stream()
                .filter(rule -> rule.table().equals(table.table().name()))
                .filter(rule -> !(rule.condition() instanceof QualityCondition.Elsewhere))
                .filter(known)
                .collect(toImmutableList());
    }

    Optional<ConnectorViewDefinition> definition(GovernedMesh mesh, QualityView name)
    {
        return find(mesh, name).map(view -> new ConnectorViewDefinition(
                sql.render(view.tables().stream()
                        .map(table -> new CheckedTable(table.schema(), table.name(), checked(mesh, table)))
                        .collect(toImmutableList())),
                Optional.of(sql.catalog()),
                Optional.of(view.product().domain()),
                COLUMNS,
                Optional.of(view.comment()),
                Optional.empty(),
                true,
                ImmutableList.of()));
    }

    static List<ViewColumn> columns()
    {
        return COLUMNS;
    }

    private List<CheckedRule> checked(GovernedMesh mesh, MeshTable table)
    {
        TableAccess access = mesh.columns(table);
        return rules(mesh, table).stream()
                .map(rule -> new CheckedRule(rule, refusal(access, rule)))
                .collect(toImmutableList());
    }

    private Optional<String> refusal(TableAccess access, QualityRule rule)
    {
        if (rule.condition() instanceof QualityCondition.Query && !queries) {
            return Optional.of("queries of contracts are not run here; the operator may set mesh.sql-quality-rules");
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
