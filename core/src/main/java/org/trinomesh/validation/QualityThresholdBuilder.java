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
package org.trinomesh.validation;

import org.trinomesh.descriptor.QualityDescriptor.ThresholdDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.product.QualityThreshold.Operator;
import org.trinomesh.text.Spelling;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads what the number of a quality rule must be: operator, bounds and unit. A threshold that makes no sense is refused with a
 * warning, so that no rule demands less, or more, than was written.
 */
final class QualityThresholdBuilder
{
    private static final Pattern BOUND = Pattern.compile("[-+]?[0-9]{1,18}([.][0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

    private final Optional<ThresholdDescriptor> threshold;
    private final Located<String> check;
    private final QualityWarnings warnings;

    /**
     * @param threshold nothing when the rule does not say any
     * @param check whose number it is
     */
    QualityThresholdBuilder(Optional<ThresholdDescriptor> threshold, Located<String> check, QualityWarnings warnings)
    {
        this.threshold = requireNonNull(threshold, "threshold is null");
        this.check = requireNonNull(check, "check is null");
        this.warnings = requireNonNull(warnings, "warnings is null");
    }

    Optional<QualityThreshold> build()
    {
        if (threshold.isEmpty()) {
            if (isOneNumber()) {
                warnings.warn(check, "the quality rule '%s' does not say what the number must be".formatted(check), "add an operator with a number: mustBeGreaterThan: 0");
                return Optional.empty();
            }
            return Optional.of(QualityThreshold.NONE_FAILS);
        }
        ThresholdDescriptor written = threshold.orElseThrow();
        Optional<Operator> operator = Operator.of(written.operator().value());
        if (operator.isEmpty()) {
            List<String> known = Arrays.stream(Operator.values()).map(Operator::written).collect(toImmutableList());
            warnings.warn(written.operator(), "operator '%s' is not known".formatted(written.operator()), Spelling.nearest(known, written.operator().value()).map("write '%s'"::formatted).orElse("write one of " + String.join(", ", known)));
            return Optional.empty();
        }
        Optional<Boolean> percent = percent(written);
        Optional<List<BigDecimal>> bounds = bounds(written, operator.orElseThrow());
        return percent.isPresent() && bounds.isPresent()
                ? Optional.of(new QualityThreshold(operator.orElseThrow(), bounds.orElseThrow(), percent.orElseThrow()))
                : Optional.empty();
    }

    private Optional<List<BigDecimal>> bounds(ThresholdDescriptor written, Operator operator)
    {
        for (Located<String> bound : written.bounds()) {
            if (!isBound(bound.value())) {
                warnings.warn(bound, "'%s' is not a number that a count can be compared with".formatted(bound), "write a number of at most 12 digits, and 6 after the decimal point");
                return Optional.empty();
            }
        }
        if (written.bounds().size() != (operator.isRange() ? 2 : 1)) {
            warnings.warn(written.operator(), "operator '%s' has %s numbers".formatted(written.operator(), written.bounds().size()), operator.isRange() ? "write two: [1, 10]" : "write one");
            return Optional.empty();
        }
        List<BigDecimal> bounds = written.bounds().stream().map(Located::value).map(BigDecimal::new).collect(toImmutableList());
        if (operator.isRange() && bounds.getFirst().compareTo(bounds.getLast()) > 0) {
            warnings.warn(written.operator(), "the range of '%s' ends before it begins".formatted(written.operator()), "write the lower number first");
            return Optional.empty();
        }
        return Optional.of(bounds);
    }

    /**
     * A number so small that comparing it with a count stays exact.
     */
    private static boolean isBound(String written)
    {
        if (!BOUND.matcher(written).matches()) {
            return false;
        }
        BigDecimal number = new BigDecimal(written).stripTrailingZeros();
        return number.scale() <= 6 && number.precision() - number.scale() <= 12;
    }

    private Optional<Boolean> percent(ThresholdDescriptor written)
    {
        if (written.unit().isEmpty() || written.unit().orElseThrow().value().equals("rows")) {
            return Optional.of(false);
        }
        Located<String> unit = written.unit().orElseThrow();
        if (!unit.value().equals("percent")) {
            warnings.warn(unit, "unit '%s' is not known".formatted(unit), "write rows or percent");
            return Optional.empty();
        }
        if (isOneNumber()) {
            warnings.warn(unit, "the quality rule '%s' has no share of rows".formatted(check), "remove the unit");
            return Optional.empty();
        }
        return Optional.of(true);
    }

    /**
     * Whether the check returns a number that means nothing without a bound and is not a share.
     */
    private boolean isOneNumber()
    {
        return check.value().equals("rowCount") || check.value().equals("sql");
    }
}
