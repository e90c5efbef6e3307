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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.governance.Rule.Effect;
import org.trinomesh.registry.ColumnField;
import org.trinomesh.registry.DataType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Turns what a rule asks for into the mask of one column, down into its fields where the rule means only those. What does not fit
 * the type becomes NULL: a rule that cannot be kept as it is written must not show more.
 */
final class MaskFitter
{
    private static final Mask NULL = new Mask.Null();

    private final Predicate<String> knownIdentifier;
    private final Consumer<String> misfits;

    /**
     * @param knownIdentifier whether the platform lists an identifier type
     * @param misfits told why something became NULL
     */
    MaskFitter(Predicate<String> knownIdentifier, Consumer<String> misfits)
    {
        this.knownIdentifier = requireNonNull(knownIdentifier, "knownIdentifier is null");
        this.misfits = requireNonNull(misfits, "misfits is null");
    }

    /**
     * What the rule does to the column, or nothing when it means neither the column nor a field in it.
     */
    Optional<Effect> effect(Rule rule, ColumnAttributes column, List<ColumnField> fields)
    {
        if (rule.effect() instanceof Effect.HideColumns hide) {
            // A field cannot be left out of a type, so it becomes NULL
            return rule.scope().matches(column) ? Optional.of(hide) : within(rule, NULL, column, fields).map(Effect.MaskColumns::new);
        }
        if (rule.effect() instanceof Effect.MaskColumns(Mask mask)) {
            return (rule.scope().matches(column) ? Optional.of(fit(mask, column, fields)) : within(rule, mask, column, fields)).map(Effect.MaskColumns::new);
        }
        return Optional.empty();
    }

    /**
     * The masks that a column's fields are given by the product itself.
     */
    static Optional<Mask> ofFields(DataType type, List<ColumnField> fields, Function<ColumnField, Optional<Mask>> own)
    {
        Optional<DataType.Row> row = ColumnFields.row(type);
        if (row.isEmpty() || fields.isEmpty()) {
            return Optional.empty();
        }
        boolean any = false;
        ImmutableMap.Builder<String, Mask> masks = ImmutableMap.builder();
        for (DataType.Row.Field field : row.get().fields()) {
            Optional<ColumnField> described = ColumnFields.described(field, fields);
            Optional<Mask> mask = described.flatMap(own).or(() -> ofFields(field.type(), ColumnFields.inside(described), own));
            any |= mask.isPresent();
            masks.put(field.name(), mask.orElseGet(Mask.Clear::new));
        }
        return any ? Optional.of(new Mask.RowFields(masks.buildOrThrow())) : Optional.empty();
    }

    private Optional<Mask> within(Rule rule, Mask mask, ColumnAttributes parent, List<ColumnField> fields)
    {
        Optional<DataType.Row> row = ColumnFields.row(parent.type());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        boolean any = false;
        ImmutableMap.Builder<String, Mask> masks = ImmutableMap.builder();
        for (DataType.Row.Field field : row.get().fields()) {
            Optional<ColumnField> described = ColumnFields.described(field, fields);
            ColumnAttributes attributes = ColumnFields.attributes(parent, field, described);
            Optional<Mask> inner = rule.scope().matches(attributes)
                    ? Optional.of(fit(mask, attributes, ColumnFields.inside(described)))
                    : within(rule, mask, attributes, ColumnFields.inside(described));
            any |= inner.isPresent();
            masks.put(field.name(), inner.orElseGet(Mask.Clear::new));
        }
        return any ? Optional.of(new Mask.RowFields(masks.buildOrThrow())) : Optional.empty();
    }

    Mask fit(Mask mask, ColumnAttributes column, List<ColumnField> fields)
    {
        Mask meant = mask;
        if (mask instanceof Mask.Tokenize(String identifier, var version)) {
            Optional<String> type = identifier.equals(RuleReader.COLUMN_IDENTIFIER) ? column.identifier() : Optional.of(identifier);
            if (type.isEmpty()) {
                misfits.accept("'%s' has no identifier type to tokenize by, so it is NULL; declare its 'identifier:', or name one in the rule".formatted(column.path()));
                return NULL;
            }
            if (!knownIdentifier.test(type.get())) {
                misfits.accept("'%s' cannot be tokenized, so it is NULL: identifier type '%s' is not listed under identifiers of the Mesh document".formatted(column.path(), type.get()));
                return NULL;
            }
            meant = new Mask.Tokenize(type.get(), version);
        }
        if (mask instanceof Mask.RowFields(Map<String, Mask> written)) {
            meant = inSpellingOf(column.type(), written);
        }
        Optional<String> refusal = MaskTypes.refusal(meant, column.type());
        if (refusal.isEmpty()) {
            return meant;
        }
        Optional<DataType.Row> row = ColumnFields.row(column.type());
        if (row.isPresent() && !(meant instanceof Mask.RowFields)) {
            return ofEveryField(mask, column, row.get(), fields);
        }
        misfits.accept("'%s' is NULL: %s".formatted(column.path(), refusal.get()));
        return NULL;
    }

    private Mask ofEveryField(Mask mask, ColumnAttributes column, DataType.Row row, List<ColumnField> fields)
    {
        MaskFitter silent = new MaskFitter(knownIdentifier, _ -> {});
        ImmutableMap.Builder<String, Mask> masks = ImmutableMap.builder();
        for (DataType.Row.Field field : row.fields()) {
            Optional<ColumnField> described = ColumnFields.described(field, fields);
            masks.put(field.name(), silent.fit(mask, ColumnFields.attributes(column, field, described), ColumnFields.inside(described)));
        }
        return new Mask.RowFields(masks.buildOrThrow());
    }

    private static Mask inSpellingOf(DataType type, Map<String, Mask> written)
    {
        Set<String> names = ColumnFields.row(type)
                .map(row -> (Set<String>) row.fields().stream().map(DataType.Row.Field::name).collect(toImmutableSet()))
                .orElse(Set.of());
        ImmutableMap.Builder<String, Mask> fields = ImmutableMap.builder();
        written.forEach((name, mask) -> fields.put(names.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name), mask));
        return new Mask.RowFields(fields.buildKeepingLast());
    }
}
