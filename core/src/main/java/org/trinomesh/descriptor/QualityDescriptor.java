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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A data quality rule as written, in the mesh's own words ({@code unique}, {@code not_null}, {@code regex}) or in those of the
 * Open Data Contract Standard ({@code nullValues} with an operator, {@code sql}, ...).
 *
 * @param name what its author calls it
 * @param table the schema object it is about, as written; empty for the main table
 * @param column the column it is about; empty for a rule about whole rows
 * @param check {@code unique}, {@code not_null}, {@code regex}, {@code nullValues}, {@code missingValues}, {@code invalidValues},
 *         {@code duplicateValues}, {@code rowCount}, {@code sql}, {@code text} or {@code custom}
 * @param pattern regular expression that valid values match
 * @param values what counts as missing ({@code missingValues}) or as valid ({@code invalidValues})
 * @param columns the columns that are unique together
 * @param query of a {@code sql} rule
 * @param threshold what the counted number must be; without one it must be zero
 */
public record QualityDescriptor(
        Optional<Located<String>> name,
        Optional<String> description,
        Optional<Located<String>> table,
        Optional<Located<String>> column,
        Optional<Located<String>> check,
        Optional<Located<String>> pattern,
        List<Located<String>> values,
        List<Located<String>> columns,
        Optional<Located<String>> query,
        Optional<ThresholdDescriptor> threshold,
        Optional<String> dimension,
        Optional<String> severity,
        Optional<String> businessImpact,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a quality rule")
            .required("check")
            .optional("name", "description", "table", "column", "pattern", "dimension", "severity");

    public QualityDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(check, "check is null");
        requireNonNull(pattern, "pattern is null");
        values = ImmutableList.copyOf(requireNonNull(values, "values is null"));
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        requireNonNull(query, "query is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(dimension, "dimension is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(businessImpact, "businessImpact is null");
        requireNonNull(position, "position is null");
    }

    /**
     * The same rule about a table that is called otherwise in the product.
     */
    public QualityDescriptor about(String otherTable)
    {
        return new QualityDescriptor(
                name,
                description,
                table.map(written -> new Located<>(otherTable, written.position())),
                column,
                check,
                pattern,
                values,
                columns,
                query,
                threshold,
                dimension,
                severity,
                businessImpact,
                position);
    }

    /**
     * What a counted number must be.
     *
     * @param operator {@code mustBe}, {@code mustNotBe}, {@code mustBeGreaterThan}, {@code mustBeGreaterOrEqualTo},
     *         {@code mustBeLessThan}, {@code mustBeLessOrEqualTo}, {@code mustBeBetween} or {@code mustNotBeBetween}
     * @param bounds one number as written, two for the operators that are about a range
     * @param unit {@code rows} or {@code percent}; rows without one
     */
    public record ThresholdDescriptor(Located<String> operator, List<Located<String>> bounds, Optional<Located<String>> unit)
    {
        public ThresholdDescriptor
        {
            requireNonNull(operator, "operator is null");
            bounds = ImmutableList.copyOf(requireNonNull(bounds, "bounds is null"));
            requireNonNull(unit, "unit is null");
        }
    }

    /**
     * The rules under {@code rules} of the mesh's own contract.
     */
    static List<QualityDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("rules", SHAPE).stream()
                .map(QualityDescriptor::read)
                .collect(toImmutableList());
    }

    private static QualityDescriptor read(ObjectReader reader)
    {
        return new QualityDescriptor(
                reader.text("name"),
                reader.text("description").map(Located::value),
                reader.text("table"),
                reader.text("column"),
                reader.text("check"),
                reader.text("pattern"),
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty(),
                reader.text("dimension").map(Located::value),
                reader.text("severity").map(Located::value),
                Optional.empty(),
                reader.position());
    }
}
