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
import com.google.common.collect.Maps;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskAction;
import org.trinomesh.mask.ScalarMask;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.rule.MaskDescriptor;
import org.trinomesh.text.Words;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads masks as documents write them.
 */
final class MaskReader
{
    private final Problems problems;

    MaskReader(Problems problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * @param identifier the identifier type of the column, which tokenize takes when it is given none
     */
    Optional<Mask> read(MaskDescriptor mask, Optional<String> identifier)
    {
        return read(mask, identifier, false);
    }

    private Optional<Mask> read(MaskDescriptor mask, Optional<String> identifier, boolean field)
    {
        checkParameters(mask);
        Optional<Mask> action = action(mask, identifier, field);
        if (mask.keys().isEmpty()) {
            return action;
        }
        if (!mask.keys().get().value().equals("clear")) {
            return missing(mask.keys().get(), "'keys: %s' is not known".formatted(mask.keys().get()), "write 'keys: clear' where everybody may see the keys, or leave it out");
        }
        return action.map(Mask.MapValues::new);
    }

    private Optional<Mask> action(MaskDescriptor mask, Optional<String> identifier, boolean field)
    {
        String action = mask.action().value();
        return switch (action) {
            case "replace-with-null" -> Optional.of(new Mask.Null());
            case "mask-to-fixed-value" -> Optional.of(new Mask.Fixed());
            case "sha-256-query-local" -> Optional.of(new Mask.QueryLocalHash(Optional.empty()));
            case "sha-256-global" -> Optional.of(new Mask.GlobalHash(Optional.empty()));
            case "tokenize" -> tokenize(mask, identifier);
            case "mask-alphanum" -> Optional.of(new ScalarMask.Alphanum());
            case "email-domain" -> Optional.of(new ScalarMask.EmailDomain());
            case "show-first-4" -> Optional.of(new ScalarMask.ShowFirst4());
            case "show-last-4" -> Optional.of(new ScalarMask.ShowLast4());
            case "generalise" -> generalise(mask);
            case "bucket" -> mask.width().map(width -> number(width).filter(value -> isPositive(width, value)).map(value -> (Mask) new ScalarMask.Bucket(value)))
                    .orElseGet(() -> missing(mask.action(), "bucket has no width", "write {action: bucket, width: 100}"));
            case "truncate-to-year" -> Optional.of(new ScalarMask.Truncate(ScalarMask.Truncate.Unit.YEAR));
            case "truncate-to-month" -> Optional.of(new ScalarMask.Truncate(ScalarMask.Truncate.Unit.MONTH));
            case "truncate-to-day" -> Optional.of(new ScalarMask.Truncate(ScalarMask.Truncate.Unit.DAY));
            case "row-fields" -> rowFields(mask);
            case "clear" -> {
                if (field) {
                    yield Optional.of(new Mask.Clear());
                }
                yield missing(mask.action(), "'clear' is not a mask, and no rule can remove a mask", "remove the rule, or exempt people in the rule that masks");
            }
            default -> missing(mask.action(), "mask '%s' is not known".formatted(action), "write one of " + String.join(", ", MaskAction.actions()));
        };
    }

    private void checkParameters(MaskDescriptor mask)
    {
        Map<String, Optional<Position>> given = ImmutableMap.<String, Optional<Position>>builder()
                .put("identifier", mask.identifier().map(Located::position))
                .put("keys", mask.keys().map(Located::position))
                .put("keyVersion", mask.keyVersion().map(Located::position))
                .put("width", mask.width().map(Located::position))
                .put("values", mask.values().values().stream().findFirst().map(Located::position))
                .put("otherwise", mask.otherwise().map(Located::position))
                .put("prefix", mask.prefix().map(Located::position))
                .put("ranges", mask.ranges().stream().findFirst().map(Located::position))
                .put("fields", mask.fields().values().stream().findFirst().map(inner -> inner.action().position()))
                .buildOrThrow();
        List<String> allowed = MaskAction.named(mask.action().value()).map(MaskAction::parameters).orElseGet(ImmutableList::of);
        Maps.filterKeys(given, key -> !allowed.contains(key)).forEach((key, position) ->
                position.ifPresent(place -> problems.error(place, "mask '%s' does not take '%s'".formatted(mask.action(), key), allowed.isEmpty() ? "remove it" : "it takes " + String.join(", ", allowed))));
    }

    private Optional<Mask> tokenize(MaskDescriptor mask, Optional<String> identifier)
    {
        Optional<String> type = mask.identifier().map(Located::value).or(() -> identifier).map(Words::key);
        if (type.isEmpty()) {
            return missing(mask.action(), "tokenize has no identifier type", "write {action: tokenize, identifier: customer_id}");
        }
        if (!type.get().matches("[a-z][a-z0-9_]*") && !type.get().equals(RuleReader.COLUMN_IDENTIFIER)) {
            return missing(mask.action(), "'%s' cannot be an identifier type".formatted(type.get()), "write lower-case letters, digits and '_': customer_id");
        }
        return Optional.of(new Mask.Tokenize(type.get(), mask.keyVersion().map(version -> OptionalInt.of(version.value())).orElseGet(OptionalInt::empty)));
    }

    private Optional<Mask> generalise(MaskDescriptor mask)
    {
        long ways = (mask.values().isEmpty() ? 0 : 1) + (mask.prefix().isPresent() ? 1 : 0) + (mask.ranges().isEmpty() ? 0 : 1);
        if (ways != 1) {
            return missing(mask.action(), "generalise needs exactly one of values, prefix and ranges", "write {action: generalise, prefix: 3}, or values with otherwise, or ranges: [0, 18, 65]");
        }
        if (mask.prefix().isPresent()) {
            return Optional.of(new ScalarMask.GeneralisePrefix(mask.prefix().get().value()));
        }
        if (!mask.ranges().isEmpty()) {
            return ranges(mask.ranges());
        }
        if (mask.otherwise().isEmpty()) {
            return missing(mask.action(), "generalise with values does not say what other values become", "add 'otherwise: other'");
        }
        return Optional.of(new ScalarMask.GeneraliseValues(Maps.transformValues(mask.values(), Located::value), mask.otherwise().get().value()));
    }

    private Optional<Mask> ranges(List<Located<String>> written)
    {
        List<BigDecimal> bounds = new ArrayList<>();
        for (Located<String> text : written) {
            Optional<BigDecimal> bound = number(text);
            if (bound.isEmpty()) {
                return Optional.empty();
            }
            if (!bounds.isEmpty() && bounds.getLast().compareTo(bound.get()) >= 0) {
                return missing(text, "the bounds do not ascend", "write each bound once, in ascending order: [0, 18, 65]");
            }
            bounds.add(bound.get());
        }
        return Optional.of(new ScalarMask.GeneraliseRanges(bounds));
    }

    private Optional<Mask> rowFields(MaskDescriptor mask)
    {
        if (mask.fields().isEmpty()) {
            return missing(mask.action(), "row-fields lists no field", "write {action: row-fields, fields: {street: replace-with-null, city: clear}}; fields that are not listed become NULL");
        }
        ImmutableMap.Builder<String, Mask> fields = ImmutableMap.builder();
        List<String> unread = mask.fields().entrySet().stream()
                .filter(entry -> {
                    Optional<Mask> inner = read(entry.getValue(), Optional.empty(), true);
                    inner.ifPresent(value -> fields.put(entry.getKey(), value));
                    return inner.isEmpty();
                })
                .map(Map.Entry::getKey)
                .collect(toImmutableList());
        return unread.isEmpty() ? Optional.of(new Mask.RowFields(fields.buildOrThrow())) : Optional.empty();
    }

    private boolean isPositive(Located<String> width, BigDecimal value)
    {
        if (value.signum() > 0) {
            return true;
        }
        problems.error(width.position(), "width '%s' is not positive".formatted(width), "write how wide a bucket is: 100");
        return false;
    }

    private Optional<BigDecimal> number(Located<String> text)
    {
        if (text.value().matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            return Optional.of(new BigDecimal(text.value()));
        }
        problems.error(text.position(), "'%s' is not a number".formatted(text), "write digits, such as 100 or 0.5");
        return Optional.empty();
    }

    private Optional<Mask> missing(Located<String> place, String message, String remedy)
    {
        problems.error(place.position(), message, remedy);
        return Optional.empty();
    }
}
