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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.trinomesh.conformance.Violation;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.ProductReference;
import org.trinomesh.governance.Visibility;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.product.TableId;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * All decisions about one requester and one product.
 *
 * @param tables what is seen by table name, or would be if the product might be read
 * @param declassified by table name and column, why the column of a query does not inherit what its sources say
 * @param day the day for which is decided, in UTC
 */
record Explanation(LoadedMesh mesh, Requester requester, DataProduct product, LocalDate day, Decision decision, Map<String, TableAccess> tables, Map<String, Map<String, Reason>> declassified, List<Violation> violations)
{
    Explanation
    {
        requireNonNull(mesh, "mesh is null");
        requireNonNull(requester, "requester is null");
        requireNonNull(product, "product is null");
        requireNonNull(day, "day is null");
        requireNonNull(decision, "decision is null");
        tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
        declassified = ImmutableMap.copyOf(requireNonNull(declassified, "declassified is null"));
        violations = ImmutableList.copyOf(requireNonNull(violations, "violations is null"));
    }

    static Explanation of(LoadedMesh mesh, GovernedMesh governed, ProductReference reference, LocalDate day)
    {
        DataProduct product = reference.product();
        ImmutableMap.Builder<String, TableAccess> tables = ImmutableMap.builder();
        ImmutableMap.Builder<String, Map<String, Reason>> declassified = ImmutableMap.builder();
        for (ProductTable table : reference.tables()) {
            String name = mesh.governance().mesh().table(TableId.of(product, table)).map(MeshTable::name).orElse(table.name());
            tables.put(name, governed.columns(product, table));
            declassified.put(name, ImmutableMap.copyOf(Maps.transformValues(mesh.governance().declassified(product, table, mesh.governance().mesh().loadedAt()), Reason::ofDeclassification)));
        }
        List<Violation> violations = mesh.violations().stream()
                .filter(violation -> violation.product().equals(product.id()))
                .collect(toImmutableList());
        return new Explanation(mesh, governed.requester(), product, day, governed.decide(product), tables.buildOrThrow(), declassified.buildOrThrow(), violations);
    }

    boolean steward()
    {
        return decision instanceof Decision.Readable readable && readable.stewards();
    }

    boolean share()
    {
        return decision instanceof Decision.Readable readable && readable.share();
    }

    String json()
    {
        return Json.of(ImmutableMap.<String, Object>builder()
                .putAll(JsonLine.product(product.id(), product.version()))
                .put("status", product.status().name().toLowerCase(ENGLISH))
                .put("owner", product.ownerOrNobody())
                .put("user", requester.user())
                .put("groups", requester.groups())
                .put("roles", requester.roles())
                .put("on", day)
                .put("access", Visibility.of(decision))
                .putAll(values(Optional.of(decision.reason())))
                .put("steward", steward())
                .put("share", share())
                .put("tables", tables.entrySet().stream().map(entry -> table(entry.getKey(), entry.getValue())).collect(toImmutableList()))
                .put("violations", violations.stream().map(violation -> JsonLine.values(violation, day)).collect(toImmutableList()))
                .buildOrThrow());
    }

    private Map<String, Object> table(String name, TableAccess access)
    {
        List<Map<String, Object>> columns = access.columns().entrySet().stream()
                .map(entry -> column(entry.getKey(), entry.getValue(), Optional.ofNullable(declassified.get(name).get(entry.getKey()))))
                .collect(toImmutableList());
        return ImmutableMap.of(
                "table_name", name,
                "columns", columns,
                "rowFilter", access.rows().map(rows -> rows.filter().toString()),
                "rowFilterRules", access.rows().map(RowAccess::reasons).orElse(ImmutableList.of()).stream().map(reason -> values(Optional.of(reason))).collect(toImmutableList()));
    }

    private Map<String, Object> column(String name, ColumnAccess access, Optional<Reason> declassification)
    {
        return ImmutableMap.<String, Object>builder()
                .put("column_name", name)
                .put("access", switch (access) {
                    case ColumnAccess.Clear _ -> "clear";
                    case ColumnAccess.Masked _ -> "masked";
                    case ColumnAccess.Hidden _ -> "hidden";
                })
                .put("mask", access instanceof ColumnAccess.Masked masked ? Optional.of(masked.mask()) : Optional.empty())
                .putAll(values(AccessText.reason(access)))
                .put("declassified", declassification.map(reason -> values(Optional.of(reason))))
                .buildOrThrow();
    }

    private Map<String, Object> values(Optional<Reason> reason)
    {
        return ImmutableMap.of(
                "reason", reason.map(Reason::text),
                "place", reason.flatMap(Reason::rule).map(mesh::place).map(JsonLine::place));
    }
}
