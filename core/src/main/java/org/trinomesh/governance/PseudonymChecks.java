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

import com.google.common.collect.ImmutableList;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.Closing;
import org.trinomesh.policy.ColumnFields;
import org.trinomesh.policy.IdentifierTypes;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.OwnMasks;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.RuleReader;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.text.Spelling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Finds pseudonyms that the platform does not allow a domain to make: through the identifier type that a column declares, or that a
 * mask of the domain or of the product names. Such a product is not served.
 */
final class PseudonymChecks
{
    private static final String REMEDY = "ask the platform to list the domain under identifiers of the Mesh document: whoever can make pseudonyms of a type can find out which values they stand for";

    private final DataProduct product;
    private final IdentifierTypes identifiers;
    private final Problems problems;
    private final List<Closing> closings = new ArrayList<>();

    PseudonymChecks(DataProduct product, IdentifierTypes identifiers, Problems problems)
    {
        this.product = requireNonNull(product, "product is null");
        this.identifiers = requireNonNull(identifiers, "identifiers is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    List<Closing> closings()
    {
        return ImmutableList.copyOf(closings);
    }

    /**
     * @param applied the rules that match the column
     */
    void check(Column column, List<AppliedRule> applied)
    {
        if (column.identifier().isEmpty() && column.fields().isEmpty() && column.mask().isEmpty() && applied.isEmpty()) {
            return;
        }
        Stream.concat(column.identifier().stream(), ColumnFields.identifiers(column.fields()).stream())
                .flatMap(declared -> identifiers.of(Optional.of(declared), ImmutableList.of()).stream())
                .distinct()
                .forEach(type -> checkDeclared(type, column));
        OwnMasks.written(column, new Problems()).stream()
                .flatMap(PseudonymChecks::named)
                .forEach(type -> checkNamed(type, column.mask().map(mask -> mask.action().position()).orElse(column.position()), "the mask of column '%s'".formatted(column.name())));
        applied.stream()
                .filter(rule -> rule.rule().level() != Level.GLOBAL)
                .filter(rule -> rule.rule().effect() instanceof Effect.MaskColumns)
                .forEach(rule -> named(((Effect.MaskColumns) rule.rule().effect()).mask())
                        .forEach(type -> checkNamed(type, rule.rule().position(), "rule " + rule.rule().name())));
    }

    private void checkDeclared(String type, Column column)
    {
        if (!identifiers.isListed(type)) {
            problems.warning(
                    column.position(),
                    "column '%s' declares identifier type '%s', which the Mesh document does not list".formatted(column.name(), type),
                    Spelling.nearest(identifiers.names(), type).map("write '%s'"::formatted).orElse("ask the platform to list it under identifiers, or remove it"));
            return;
        }
        identifiers.refusal(type).ifPresent(_ -> close(
                column.position(),
                "domain %s may not declare identifier type %s".formatted(product.domain(), type),
                "domain '%s' may not declare columns of identifier type '%s', so the product is not served".formatted(product.domain(), type)));
    }

    private void checkNamed(String type, Position position, String source)
    {
        identifiers.refusal(type).ifPresent(refusal -> close(
                position,
                "%s makes pseudonyms of identifier type %s, which domain %s may not make".formatted(source, type, product.domain()),
                "%s cannot tokenize, so the product is not served: %s".formatted(source, refusal)));
    }

    private void close(Position position, String reason, String message)
    {
        closings.add(Closing.always(Reason.of(reason, position)));
        problems.error(position, message, REMEDY);
    }

    /**
     * The identifier types that a mask names itself, at any depth.
     */
    private static Stream<String> named(Mask mask)
    {
        return switch (mask) {
            case Mask.Tokenize(String identifier, var _) when !identifier.equals(RuleReader.COLUMN_IDENTIFIER) -> Stream.of(identifier);
            case Mask.RowFields(var fields) -> fields.values().stream().flatMap(PseudonymChecks::named);
            case Mask.MapValues(Mask values) -> named(values);
            default -> Stream.of();
        };
    }
}
