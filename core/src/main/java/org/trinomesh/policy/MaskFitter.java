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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskTypes;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.ColumnField;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * Fits the mask of a rule to one column, or to some of its fields where the rule matches only those. A mask that does not fit the
 * type becomes NULL: a rule that cannot be applied as written must not show more.
 */
public final class MaskFitter
{
    private static final Mask NULL = new Mask.Null();

    private final IdentifierTypes identifiers;
    private final UnaryOperator<ColumnAttributes> classifier;
    private final Consumer<String> misfits;

    /**
     * @param identifiers whose pseudonyms the product's domain may make
     * @param classifier adds what rules say of a field inside the column
     * @param misfits told why something became NULL
     */
    public MaskFitter(IdentifierTypes identifiers, UnaryOperator<ColumnAttributes> classifier, Consumer<String> misfits)
    {
        this.identifiers = requireNonNull(identifiers, "identifiers is null");
        this.classifier = requireNonNull(classifier, "classifier is null");
        this.misfits = requireNonNull(misfits, "misfits is null");
    }

    /**
     * What the rule does to the column, or nothing when it means neither the column nor a field in it.
     */
    public Optional<Effect> effect(Rule rule, ColumnAttributes column, List<ColumnField> fields)
    {
        if (rule.effect() instanceof Effect.HideColumns hide) {
            // A field cannot be left out of a type, so it becomes NULL
            return matches(rule, column) ? Optional.of(hide) : within(rule, NULL, column, fields).map(Effect.MaskColumns::new);
        }
        if (rule.effect() instanceof Effect.MaskColumns(Mask mask)) {
            return (matches(rule, column) ? Optional.of(fit(mask, column, fields)) : within(rule, mask, column, fields)).map(Effect.MaskColumns::new);
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
        return any ? Optional.of(withClearKeys(new Mask.RowFields(masks.buildOrThrow()), type)) : Optional.empty();
    }

    private Optional<Mask> within(Rule rule, Mask mask, ColumnAttributes parent, List<ColumnField> fields)
    {
        // A key of a map cannot become NULL, so the whole map does
        if (ColumnFields.keys(parent.type()).stream().anyMatch(key -> matchesInside(rule, key, parent))) {
            return Optional.of(NULL);
        }
        Optional<DataType.Row> row = ColumnFields.row(parent.type());
        if (row.isEmpty()) {
            return Optional.empty();
        }
        boolean any = false;
        ImmutableMap.Builder<String, Mask> masks = ImmutableMap.builder();
        for (DataType.Row.Field field : row.get().fields()) {
            Optional<ColumnField> described = ColumnFields.described(field, fields);
            ColumnAttributes attributes = attributes(parent, field, described);
            Optional<Mask> inner = matches(rule, attributes)
                    ? Optional.of(fit(mask, attributes, ColumnFields.inside(described)))
                    : within(rule, mask, attributes, ColumnFields.inside(described));
            any |= inner.isPresent();
            masks.put(field.name(), inner.orElseGet(Mask.Clear::new));
        }
        // The rule means fields of the values, and nothing of the keys
        return any ? Optional.of(withClearKeys(new Mask.RowFields(masks.buildOrThrow()), parent.type())) : Optional.empty();
    }

    private boolean matchesInside(Rule rule, DataType type, ColumnAttributes parent)
    {
        return ColumnFields.row(type).stream()
                .flatMap(row -> row.fields().stream())
                .map(field -> attributes(parent, field, Optional.empty()))
                .anyMatch(field -> matches(rule, field) || matchesInside(rule, field.type(), field));
    }

    private ColumnAttributes attributes(ColumnAttributes parent, DataType.Row.Field field, Optional<ColumnField> described)
    {
        return classifier.apply(ColumnFields.attributes(parent, field, described, identifiers));
    }

    private static boolean matches(Rule rule, ColumnAttributes column)
    {
        return rule.scope().matches(column, rule.level());
    }

    Mask fit(Mask mask, ColumnAttributes column, List<ColumnField> fields)
    {
        boolean clearKeys = mask instanceof Mask.MapValues;
        Mask meant = meant(mask instanceof Mask.MapValues(Mask values) ? values : mask, column, fields);
        if (clearKeys) {
            meant = withClearKeys(meant, column.type());
        }
        Optional<String> refusal = MaskTypes.refusal(meant, column.type());
        if (refusal.isEmpty()) {
            return meant;
        }
        Optional<DataType.Row> row = ColumnFields.row(column.type());
        if (row.isPresent() && !isOfFields(meant) && (clearKeys || ColumnFields.keys(column.type()).isEmpty())) {
            return withClearKeys(ofEveryField(mask, column, row.get(), fields), column.type());
        }
        misfits.accept("'%s' is NULL: %s".formatted(column.path(), refusal.get()));
        return NULL;
    }

    /**
     * With the identifier type or the domain of which the pseudonyms are, down to the fields.
     */
    private Mask meant(Mask mask, ColumnAttributes column, List<ColumnField> fields)
    {
        return switch (mask) {
            case Mask.Tokenize(String identifier, var version) -> tokenize(identifier.equals(RuleReader.COLUMN_IDENTIFIER) ? column.identifier() : Optional.of(identifier), version, column);
            case Mask.GlobalHash _ -> new Mask.GlobalHash(Optional.of(identifiers.hashScope(column.identifier())));
            case Mask.QueryLocalHash _ -> new Mask.QueryLocalHash(Optional.of(identifiers.hashScope(column.identifier())));
            case Mask.RowFields(Map<String, Mask> written) -> rowFields(written, column, fields);
            default -> mask;
        };
    }

    private Mask tokenize(Optional<String> type, OptionalInt version, ColumnAttributes column)
    {
        if (type.isEmpty()) {
            misfits.accept("'%s' has no identifier type to tokenize by, so it is NULL; declare its 'identifier:', or name one in the rule".formatted(column.path()));
            return NULL;
        }
        Optional<String> refusal = identifiers.refusal(type.get());
        if (refusal.isPresent()) {
            misfits.accept("'%s' cannot be tokenized, so it is NULL: %s".formatted(column.path(), refusal.get()));
            return NULL;
        }
        return new Mask.Tokenize(type.get(), version);
    }

    private Mask rowFields(Map<String, Mask> written, ColumnAttributes column, List<ColumnField> fields)
    {
        List<DataType.Row.Field> known = ColumnFields.row(column.type()).map(DataType.Row::fields).orElse(ImmutableList.of());
        ImmutableMap.Builder<String, Mask> masks = ImmutableMap.builder();
        written.forEach((name, mask) -> {
            Optional<DataType.Row.Field> field = known.stream().filter(candidate -> candidate.name().equalsIgnoreCase(name)).findFirst();
            Optional<ColumnField> described = field.flatMap(present -> ColumnFields.described(present, fields));
            masks.put(
                    field.map(DataType.Row.Field::name).orElse(name),
                    field.filter(_ -> !(mask instanceof Mask.Clear)).map(present -> fit(mask, attributes(column, present, described), ColumnFields.inside(described))).orElse(mask));
        });
        return new Mask.RowFields(masks.buildKeepingLast());
    }

    private static boolean isOfFields(Mask mask)
    {
        return mask instanceof Mask.RowFields || mask instanceof Mask.MapValues(Mask.RowFields _);
    }

    private static Mask withClearKeys(Mask mask, DataType type)
    {
        return ColumnFields.keys(type).isEmpty() || mask instanceof Mask.Null || mask instanceof Mask.MapValues ? mask : new Mask.MapValues(mask);
    }

    private Mask ofEveryField(Mask mask, ColumnAttributes column, DataType.Row row, List<ColumnField> fields)
    {
        MaskFitter silent = new MaskFitter(identifiers, classifier, _ -> {});
        ImmutableMap.Builder<String, Mask> masks = ImmutableMap.builder();
        for (DataType.Row.Field field : row.fields()) {
            Optional<ColumnField> described = ColumnFields.described(field, fields);
            masks.put(field.name(), silent.fit(mask, attributes(column, field, described), ColumnFields.inside(described)));
        }
        return new Mask.RowFields(masks.buildOrThrow());
    }
}
