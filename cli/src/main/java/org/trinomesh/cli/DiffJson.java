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
import org.trinomesh.conformance.Violation;
import org.trinomesh.diff.AccessChange;
import org.trinomesh.diff.AccessDiff;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.TableId;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;

/**
 * Writes differences as one JSON document.
 */
final class DiffJson
{
    private DiffJson() {}

    static String of(Differences differences)
    {
        LoadedMesh after = differences.after();
        return Json.of(ImmutableMap.<String, Object>builder()
                .put("gains", differences.count(AccessDiff::gains))
                .put("additions", differences.count(AccessDiff::additions))
                .put("losses", differences.count(AccessDiff::losses))
                .put("breaks", differences.breaks())
                .putAll(access(differences.now(), differences))
                .put("later", differences.later().entrySet().stream()
                        .map(entry -> ImmutableMap.<String, Object>builder().put("day", entry.getKey().toString()).putAll(access(entry.getValue(), differences)).buildOrThrow())
                        .collect(toImmutableList()))
                .put("moreDays", differences.moreDays())
                .put("contracts", differences.contracts().stream().map(change -> contract(change, after)).collect(toImmutableList()))
                .put("ended", differences.ended().stream().map(ended -> ImmutableMap.builder().putAll(JsonLine.product(ended.before().id(), ended.before().version())).put("message", ended.toString()).buildOrThrow()).collect(toImmutableList()))
                .buildOrThrow());
    }

    private static Map<String, Object> access(AccessDiff diff, Differences differences)
    {
        LoadedMesh after = differences.after();
        return ImmutableMap.<String, Object>builder()
                .put("mesh", diff.mesh().entrySet().stream().map(entry -> principal(entry.getKey(), ImmutableList.of(entry.getValue()), after, table -> table)).collect(toImmutableList()))
                .put("platform", diff.platform().stream().map(change -> ImmutableMap.of("effect", change.effect(), "message", change.text())).collect(toImmutableList()))
                .put("products", diff.products().stream()
                        .map(product -> ImmutableMap.builder()
                                .putAll(JsonLine.product(product.product(), product.version()))
                                .put("presence", product.presence())
                                .put("principals", product.changes().entrySet().stream().map(entry -> principal(entry.getKey(), entry.getValue(), after, table -> differences.tableName(new TableId(product.product(), table)))).collect(toImmutableList()))
                                .buildOrThrow())
                        .collect(toImmutableList()))
                .put("rules", diff.ended().stream()
                        .map(ended -> ImmutableMap.builder()
                                .put("rule", ended.rule())
                                .put("effect", ended.effect())
                                .putAll(JsonLine.product(ended.product(), ended.version()))
                                .put("column_name", ended.column())
                                .put("message", ended.toString())
                                .buildOrThrow())
                        .collect(toImmutableList()))
                .put("violations", Stream.concat(
                                diff.come().stream().map(violation -> violation("comes", after.placed(violation), differences.day())),
                                diff.gone().stream().map(violation -> violation("goes", differences.before().placed(violation), differences.day())))
                        .collect(toImmutableList()))
                .buildOrThrow();
    }

    private static Map<String, Object> contract(ProductChange change, LoadedMesh after)
    {
        return ImmutableMap.<String, Object>builder()
                .putAll(JsonLine.product(change.after().id(), change.after().version()))
                .put("versionBefore", change.before().version())
                .put("requiredBump", change.requiredBump().toString())
                .put("refused", change.isBreach())
                .put("changes", change.changes().stream().map(part -> ImmutableMap.<String, Object>builder()
                        .put("kind", part.kind().toString())
                        .put("path", part.path())
                        .put("before", part.before())
                        .put("after", part.after())
                        .put("severity", part.severity().toString())
                        .put("requiredBump", part.requiredBump().toString())
                        .put("message", part.message())
                        .put("place", JsonLine.place(after.place(change.position(part))))
                        .buildOrThrow()).collect(toImmutableList()))
                .buildOrThrow();
    }

    private static Map<String, Object> principal(String name, List<AccessChange> changes, LoadedMesh after, UnaryOperator<String> tableName)
    {
        return ImmutableMap.of("principal", name, "changes", changes.stream().map(change -> change(change, after, tableName)).collect(toImmutableList()));
    }

    private static Map<String, Object> change(AccessChange change, LoadedMesh after, UnaryOperator<String> tableName)
    {
        return ImmutableMap.<String, Object>builder()
                .put("effect", change.effect())
                .put("subject", change.subject())
                .put("table_name", change.table().map(tableName))
                .put("column_name", change.column())
                .put("before", change.before())
                .put("after", change.after())
                .put("note", change.note())
                .put("reason", change.reason().map(Reason::text))
                .put("place", change.reason().flatMap(Reason::rule).map(after::place).map(JsonLine::place))
                .put("tables", change.tables().entrySet().stream().map(entry -> table(tableName.apply(entry.getKey()), entry.getValue())).collect(toImmutableList()))
                .buildOrThrow();
    }

    private static Map<String, Object> table(String name, TableAccess access)
    {
        return ImmutableMap.of("table_name", name, "columns", access.columns(), "rows", access.rows().map(rows -> rows.filter().toString()));
    }

    private static Map<String, Object> violation(String happens, Violation violation, LocalDate day)
    {
        return ImmutableMap.<String, Object>builder()
                .put("happens", happens)
                .put("check", violation.check())
                .put("enforcement", violation.enforcement(day).name().toLowerCase(ENGLISH))
                .putAll(JsonLine.product(violation.product(), violation.version()))
                .put("message", violation.message())
                .put("remedy", violation.remedy())
                .put("place", JsonLine.place(violation.position()))
                .buildOrThrow();
    }
}
