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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import org.trinomesh.problem.Position;
import org.trinomesh.product.SchemaChange.Kind;
import org.trinomesh.type.DataType;
import org.trinomesh.type.LosslessTypes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;

/**
 * Compares what two versions of a data product promise to those who read it.
 */
public final class SchemaComparison
{
    private final ImmutableList.Builder<SchemaChange> changes = ImmutableList.builder();

    private SchemaComparison() {}

    /**
     * Tables first, then objectives and quality rules.
     */
    public static List<SchemaChange> compare(DataProduct before, DataProduct after)
    {
        SchemaComparison comparison = new SchemaComparison();
        comparison.tables(before, after);
        comparison.promises(before, after);
        return comparison.changes.build();
    }

    private void tables(DataProduct before, DataProduct after)
    {
        Map<String, ProductTable> tablesBefore = byName(before.tables(), ProductTable::name);
        Map<String, ProductTable> tablesAfter = byName(after.tables(), ProductTable::name);
        tablesBefore.forEach((name, table) -> {
            if (tablesAfter.containsKey(name)) {
                table(table, tablesAfter.get(name));
            }
            else {
                add(Kind.TABLE_REMOVED, Optional.of(name), name, Optional.of(name), Optional.empty());
            }
        });
        Sets.difference(tablesAfter.keySet(), tablesBefore.keySet())
                .forEach(name -> add(Kind.TABLE_ADDED, Optional.of(name), name, Optional.empty(), Optional.of(name)));
        Sets.difference(before.aliases(), after.aliases())
                .forEach(alias -> add(Kind.ALIAS_REMOVED, Optional.empty(), alias, Optional.of(alias), Optional.empty()));
        if (!before.classification().equals(after.classification())) {
            add(Kind.CLASSIFICATION_CHANGED, Optional.empty(), after.sqlName(), before.classification(), after.classification());
        }
    }

    private void table(ProductTable before, ProductTable after)
    {
        String table = before.name();
        Map<String, Column> columnsBefore = byName(before.columns(), Column::name);
        Map<String, Column> columnsAfter = byName(after.columns(), Column::name);
        Map<String, Column> gone = new LinkedHashMap<>(Maps.filterKeys(columnsBefore, name -> !columnsAfter.containsKey(name)));
        Map<String, Column> come = new LinkedHashMap<>(Maps.filterKeys(columnsAfter, name -> !columnsBefore.containsKey(name)));
        gone.forEach((name, column) -> {
            // Only the field id shows that a column was renamed
            Optional<Column> renamed = come.values().stream()
                    .filter(other -> column.fieldId().isPresent() && column.fieldId().equals(other.fieldId()))
                    .findFirst();
            renamed.ifPresentOrElse(
                    other -> {
                        changes.add(new SchemaChange(Kind.COLUMN_RENAMED, Optional.of(table), ImmutableSet.of(name, other.name()), table + "." + name, Optional.of(name), Optional.of(other.name()), Optional.of(other.position())));
                        come.remove(other.name());
                    },
                    () -> change(Kind.COLUMN_REMOVED, table, column, Optional.of(column.type().sql()), Optional.empty(), Optional.empty()));
        });
        columnsBefore.forEach((name, column) -> {
            if (columnsAfter.containsKey(name)) {
                column(table, column, columnsAfter.get(name));
            }
        });
        come.forEach((_, column) -> change(Kind.COLUMN_ADDED, table, column, Optional.empty(), Optional.of(column.type().sql()), Optional.of(column.position())));
        List<String> order = columnsBefore.keySet().stream().filter(columnsAfter::containsKey).collect(toImmutableList());
        if (!order.equals(columnsAfter.keySet().stream().filter(columnsBefore::containsKey).collect(toImmutableList()))) {
            add(Kind.COLUMNS_REORDERED, Optional.of(table), table, Optional.empty(), Optional.empty());
        }
        primaryKey(table, before, after);
    }

    private void column(String table, Column before, Column after)
    {
        type(table, after, table + "." + before.name(), before.type(), after.type());
        if (!before.details().dimensions().equals(after.details().dimensions())) {
            change(Kind.DIMENSIONS_CHANGED, table, after, before.details().dimensions().map(String::valueOf).or(() -> Optional.of("any number of")), after.details().dimensions().map(String::valueOf).or(() -> Optional.of("any number of")), Optional.of(after.position()));
        }
        if (before.nullable() != after.nullable()) {
            change(after.nullable() ? Kind.MADE_NULLABLE : Kind.MADE_REQUIRED, table, after, Optional.of(nullability(before)), Optional.of(nullability(after)), Optional.of(after.position()));
        }
        if (before.details().unique() != after.details().unique()) {
            change(after.details().unique() ? Kind.UNIQUE_ADDED : Kind.UNIQUE_DROPPED, table, after, Optional.empty(), Optional.empty(), Optional.of(after.position()));
        }
        text(Kind.IDENTIFIER_CHANGED, table, after, before.identifier(), after.identifier());
        text(Kind.CLASSIFICATION_CHANGED, table, after, before.classification(), after.classification());
        text(Kind.DESCRIPTION_CHANGED, table, after, before.description(), after.description());
    }

    private void text(Kind kind, String table, Column column, Optional<String> before, Optional<String> after)
    {
        if (!before.equals(after)) {
            change(kind, table, column, before, after, Optional.of(column.position()));
        }
    }

    private static String nullability(Column column)
    {
        return column.nullable() ? "nullable" : "not nullable";
    }

    /**
     * For a nested type only the part that changed.
     */
    private void type(String table, Column column, String path, DataType before, DataType after)
    {
        if (before.sql().equals(after.sql()) || (before instanceof DataType.Scalar scalar && scalar.admits(after.sql()))) {
            return;
        }
        if (before instanceof DataType.Array(DataType elementBefore) && after instanceof DataType.Array(DataType elementAfter)) {
            type(table, column, path + ".element", elementBefore, elementAfter);
        }
        else if (before instanceof DataType.Map(DataType keyBefore, DataType valueBefore) && after instanceof DataType.Map(DataType keyAfter, DataType valueAfter)) {
            type(table, column, path + ".key", keyBefore, keyAfter);
            type(table, column, path + ".value", valueBefore, valueAfter);
        }
        else if (before instanceof DataType.Row row && after instanceof DataType.Row other && isSameOrder(row, other)) {
            fields(table, column, path, row, other);
        }
        else {
            Kind kind = LosslessTypes.widens(before.sql(), after.sql()) ? Kind.TYPE_WIDENED : Kind.TYPE_CHANGED;
            changes.add(new SchemaChange(kind, Optional.of(table), ImmutableSet.of(column.name()), path, Optional.of(before.sql()), Optional.of(after.sql()), Optional.of(column.position())));
        }
    }

    /**
     * The engine compares and converts rows by the place of their fields, so that another order is another type.
     */
    private static boolean isSameOrder(DataType.Row before, DataType.Row after)
    {
        List<String> namesBefore = before.fields().stream().map(SchemaComparison::name).collect(toImmutableList());
        List<String> namesAfter = after.fields().stream().map(SchemaComparison::name).collect(toImmutableList());
        return namesBefore.stream().filter(namesAfter::contains).toList().equals(namesAfter.stream().filter(namesBefore::contains).toList());
    }

    private void fields(String table, Column column, String path, DataType.Row before, DataType.Row after)
    {
        Map<String, DataType.Row.Field> fieldsBefore = byName(before.fields(), SchemaComparison::name);
        Map<String, DataType.Row.Field> fieldsAfter = byName(after.fields(), SchemaComparison::name);
        fieldsBefore.forEach((name, field) -> {
            if (fieldsAfter.containsKey(name)) {
                type(table, column, path + "." + field.name(), field.type(), fieldsAfter.get(name).type());
            }
            else {
                field(Kind.FIELD_REMOVED, table, column, path + "." + field.name(), Optional.of(field.type().sql()), Optional.empty());
            }
        });
        Sets.difference(fieldsAfter.keySet(), fieldsBefore.keySet())
                .forEach(name -> field(Kind.FIELD_ADDED, table, column, path + "." + fieldsAfter.get(name).name(), Optional.empty(), Optional.of(fieldsAfter.get(name).type().sql())));
    }

    /**
     * SQL finds fields without regard to case.
     */
    private static String name(DataType.Row.Field field)
    {
        return field.name().toLowerCase(ENGLISH);
    }

    private void field(Kind kind, String table, Column column, String path, Optional<String> before, Optional<String> after)
    {
        changes.add(new SchemaChange(kind, Optional.of(table), ImmutableSet.of(column.name()), path, before, after, Optional.of(column.position())));
    }

    private void primaryKey(String table, ProductTable before, ProductTable after)
    {
        List<Column> keyBefore = primaryKey(before);
        List<Column> keyAfter = primaryKey(after);
        if (names(keyBefore).equals(names(keyAfter))) {
            return;
        }
        Kind kind = keyBefore.isEmpty() ? Kind.PRIMARY_KEY_ADDED : Kind.PRIMARY_KEY_CHANGED;
        changes.add(new SchemaChange(
                kind,
                Optional.of(table),
                Stream.concat(keyBefore.stream(), keyAfter.stream()).map(Column::name).collect(toImmutableSet()),
                table,
                keyBefore.isEmpty() ? Optional.empty() : Optional.of(names(keyBefore)),
                keyAfter.isEmpty() ? Optional.empty() : Optional.of(names(keyAfter)),
                keyAfter.stream().findFirst().map(Column::position)));
    }

    private static List<Column> primaryKey(ProductTable table)
    {
        return table.columns().stream()
                .filter(column -> column.details().primaryKeyPosition().isPresent())
                .sorted(comparing(column -> column.details().primaryKeyPosition().orElseThrow()))
                .collect(toImmutableList());
    }

    private static String names(List<Column> columns)
    {
        return columns.stream().map(Column::name).collect(joining(", "));
    }

    private void promises(DataProduct before, DataProduct after)
    {
        Map<String, ServiceLevelObjective> objectivesBefore = byName(before.objectives(), ServiceLevelObjective::name);
        Map<String, ServiceLevelObjective> objectivesAfter = byName(after.objectives(), ServiceLevelObjective::name);
        Sets.union(objectivesBefore.keySet(), objectivesAfter.keySet()).forEach(name -> {
            Optional<String> targetBefore = Optional.ofNullable(objectivesBefore.get(name)).map(ServiceLevelObjective::target);
            Optional<String> targetAfter = Optional.ofNullable(objectivesAfter.get(name)).map(ServiceLevelObjective::target);
            if (!targetBefore.equals(targetAfter)) {
                add(kind(targetBefore, targetAfter, Kind.SLO_ADDED, Kind.SLO_REMOVED, Kind.SLO_CHANGED), Optional.empty(), "slos." + name, targetBefore, targetAfter);
            }
        });
        Map<String, QualityRule> rulesBefore = byName(written(before), QualityRule::name);
        Map<String, QualityRule> rulesAfter = byName(written(after), QualityRule::name);
        Sets.union(rulesBefore.keySet(), rulesAfter.keySet()).forEach(name -> {
            Optional<QualityRule> ruleBefore = Optional.ofNullable(rulesBefore.get(name));
            Optional<QualityRule> ruleAfter = Optional.ofNullable(rulesAfter.get(name));
            if (!ruleBefore.map(QualityText::whole).equals(ruleAfter.map(QualityText::whole))) {
                QualityRule rule = ruleAfter.or(() -> ruleBefore).orElseThrow();
                // Also when it was about another column before
                Set<String> columns = Stream.of(ruleBefore, ruleAfter).flatMap(Optional::stream).flatMap(found -> found.columns().stream()).collect(toImmutableSet());
                changes.add(new SchemaChange(
                        kind(ruleBefore, ruleAfter, Kind.QUALITY_RULE_ADDED, Kind.QUALITY_RULE_REMOVED, Kind.QUALITY_RULE_CHANGED),
                        Optional.of(rule.table()),
                        columns,
                        "quality." + name,
                        ruleBefore.map(QualityText::of),
                        ruleAfter.map(QualityText::of),
                        ruleAfter.map(QualityRule::position)));
            }
        });
    }

    /**
     * Without those that follow from columns, whose changes are told as such.
     */
    private static List<QualityRule> written(DataProduct product)
    {
        return product.qualityRules().stream()
                .filter(rule -> rule.origin() == QualityRule.Origin.WRITTEN)
                .collect(toImmutableList());
    }

    private static Kind kind(Optional<?> before, Optional<?> after, Kind added, Kind removed, Kind changed)
    {
        if (before.isEmpty()) {
            return added;
        }
        return after.isEmpty() ? removed : changed;
    }

    private void change(Kind kind, String table, Column column, Optional<String> before, Optional<String> after, Optional<Position> position)
    {
        changes.add(new SchemaChange(kind, Optional.of(table), ImmutableSet.of(column.name()), table + "." + column.name(), before, after, position));
    }

    private void add(Kind kind, Optional<String> table, String path, Optional<String> before, Optional<String> after)
    {
        changes.add(new SchemaChange(kind, table, ImmutableSet.of(), path, before, after, Optional.empty()));
    }

    private static <T> Map<String, T> byName(List<T> values, Function<T, String> name)
    {
        Map<String, T> named = new LinkedHashMap<>();
        values.forEach(value -> named.putIfAbsent(name.apply(value), value));
        return named;
    }
}
