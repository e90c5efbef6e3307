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

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Column;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.text.Spelling;
import org.trinomesh.type.DataType;
import org.trinomesh.type.ListedValue;
import org.trinomesh.type.TypedConstant;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Builds the condition of a quality rule. The columns exist in the table, the patterns are regular expressions, and the
 * queries can be used as subqueries. Otherwise there is a warning and no condition.
 */
final class QualityConditionBuilder
{
    private final QualityDescriptor descriptor;
    private final Located<String> check;
    private final ProductTable table;
    private final QualityWarnings warnings;

    /**
     * @param check one that is known
     * @param table the one that the rule is about
     */
    QualityConditionBuilder(QualityDescriptor descriptor, Located<String> check, ProductTable table, QualityWarnings warnings)
    {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
        this.check = requireNonNull(check, "check is null");
        this.table = requireNonNull(table, "table is null");
        this.warnings = requireNonNull(warnings, "warnings is null");
    }

    Optional<QualityCondition> build()
    {
        return switch (check.value()) {
            case "not_null", "nullValues" -> column(false).map(column -> new QualityCondition.NullValues(column.name()));
            case "missingValues" -> column(!descriptor.values().isEmpty())
                    .flatMap(column -> values(column).map(values -> new QualityCondition.MissingValues(column.name(), values)));
            case "regex", "invalidValues" -> invalidValues();
            case "unique", "duplicateValues" -> uniqueColumns().map(QualityCondition.DuplicateValues::new);
            case "rowCount" -> Optional.of(new QualityCondition.RowCount());
            case "sql" -> query();
            default -> optionalColumn().map(QualityCondition.Elsewhere::new);
        };
    }

    private Optional<QualityCondition> invalidValues()
    {
        boolean values = check.value().equals("invalidValues") && !descriptor.values().isEmpty();
        if (descriptor.pattern().isEmpty() && !values) {
            warnings.warn(check, "the quality rule '%s' does not say what is valid".formatted(check), "add 'pattern:' with a regular expression");
            return Optional.empty();
        }
        Optional<Column> column = column(true);
        if (descriptor.pattern().filter(pattern -> !isPattern(pattern)).isPresent()) {
            return Optional.empty();
        }
        return column.flatMap(found -> (values ? values(found) : Optional.of(ImmutableList.<TypedConstant>of()))
                .map(valid -> new QualityCondition.InvalidValues(found.name(), valid, descriptor.pattern().map(Located::value))));
    }

    /**
     * The listed values, if the column can have all of them. Left out, one of another type would make the count a wrong one.
     */
    private Optional<List<TypedConstant>> values(Column column)
    {
        ImmutableList.Builder<TypedConstant> values = ImmutableList.builder();
        boolean complete = true;
        for (Located<String> written : descriptor.values()) {
            Optional<TypedConstant> value = ListedValue.parse(written.value(), column.type());
            if (value.isEmpty()) {
                warnings.warn(written, "'%s' is not a value of column '%s', which is of type %s".formatted(written, column.name(), column.type()), "write " + ListedValue.example(column.type()));
                complete = false;
            }
            value.ifPresent(values::add);
        }
        return complete ? Optional.of(values.build()) : Optional.empty();
    }

    private boolean isPattern(Located<String> pattern)
    {
        try {
            Pattern.compile(pattern.value());
        }
        catch (PatternSyntaxException e) {
            warnings.warn(pattern, "'%s' is not a regular expression: %s".formatted(pattern, e.getDescription()), "write one that both Java and Trino's regexp_like accept");
            return false;
        }
        if (pattern.value().codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            warnings.warn(pattern, "the regular expression has half a character", "write whole characters");
            return false;
        }
        return true;
    }

    private Optional<List<String>> uniqueColumns()
    {
        if (descriptor.columns().isEmpty()) {
            return column(false).map(column -> ImmutableList.of(column.name()));
        }
        List<String> columns = descriptor.columns().stream()
                .flatMap(written -> column(written).stream())
                .map(Column::name)
                .distinct()
                .collect(toImmutableList());
        return columns.size() == descriptor.columns().size() ? Optional.of(columns) : Optional.empty();
    }

    private Optional<QualityCondition> query()
    {
        if (descriptor.query().isEmpty()) {
            warnings.warn(check, "the quality rule 'sql' has no query", "add a query that gives one number");
            return Optional.empty();
        }
        Located<String> query = descriptor.query().orElseThrow();
        Optional<String> problem = QueryText.problem(query.value());
        if (problem.isPresent()) {
            warnings.warn(query, "the query of the quality rule cannot be used: " + problem.orElseThrow(), "write one SELECT without comments and without a ';'");
            return Optional.empty();
        }
        return optionalColumn().map(column -> new QualityCondition.Query(column, query.value()));
    }

    private Optional<Column> column(boolean asText)
    {
        if (descriptor.column().isEmpty()) {
            warnings.warn(check, "the quality rule '%s' does not say which column it is about".formatted(check), "add 'column:' to it");
            return Optional.empty();
        }
        Located<String> written = descriptor.column().orElseThrow();
        Optional<Column> column = column(written);
        if (asText && column.filter(found -> !isText(found.type())).isPresent()) {
            warnings.warn(written, "values of type %s have no text to compare".formatted(column.orElseThrow().type()), "check a column of another type");
            return Optional.empty();
        }
        return column;
    }

    /**
     * The column, if one is named; nothing at all if one is named that does not exist.
     */
    private Optional<Optional<String>> optionalColumn()
    {
        if (descriptor.column().isEmpty()) {
            return Optional.of(Optional.empty());
        }
        return column(descriptor.column().orElseThrow()).map(Column::name).map(Optional::of);
    }

    private Optional<Column> column(Located<String> written)
    {
        Optional<Column> found = table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(written.value()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = table.columns().stream().map(Column::name).collect(toImmutableList());
            warnings.warn(written, "table '%s' has no column '%s'".formatted(table.name(), written), Spelling.nearest(known, written.value()).map("write '%s'"::formatted).orElse("write one of its columns"));
        }
        return found;
    }

    private static boolean isText(DataType type)
    {
        return type instanceof DataType.Scalar(String sql, boolean _) && !sql.equals("varbinary");
    }
}
