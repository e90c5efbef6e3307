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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ColumnDescriptor;
import org.trinomesh.descriptor.FieldDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.SqlNames;
import org.trinomesh.type.DataType;
import org.trinomesh.type.DataTypeParser;
import org.trinomesh.type.InvalidDataTypeException;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Builds the columns of one table from its contract and its product.
 */
final class ColumnBuilder
{
    private final Problems problems;

    ColumnBuilder(Problems problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * If the contract has columns, they are the columns of the table, and those of the product only add details.
     */
    List<Column> build(List<ColumnDescriptor> contract, List<ColumnDescriptor> product)
    {
        Map<String, ColumnDescriptor> contractColumns = byName(contract);
        Map<String, ColumnDescriptor> productColumns = byName(product);
        checkFieldIds(product);
        if (contract.isEmpty()) {
            productColumns.forEach((name, column) -> {
                if (column.type().isEmpty()) {
                    problems.error(column.position(), "column '%s' has no type".formatted(name), "add 'type:', for example varchar");
                }
            });
            return columns(productColumns);
        }
        productColumns.forEach((name, column) -> {
            if (!contractColumns.containsKey(name)) {
                problems.error(column.position(), "column '%s' is not in the contract's schema".formatted(name), "add it to the contract or remove it here: the contract's columns are served");
            }
        });
        contractColumns.replaceAll((name, column) -> productColumns.containsKey(name) ? enrich(column, productColumns.get(name)) : column);
        return columns(contractColumns);
    }

    private Map<String, ColumnDescriptor> byName(List<ColumnDescriptor> columns)
    {
        Map<String, ColumnDescriptor> named = new LinkedHashMap<>();
        for (ColumnDescriptor column : columns) {
            if (column.name().isEmpty()) {
                continue;
            }
            Located<String> written = column.name().get();
            Optional<String> name = SqlNames.ofColumn(written.value());
            if (name.isEmpty()) {
                problems.error(written.position(), "'%s' cannot be the name of a column".formatted(written), "write letters, digits and '_', no digit first");
            }
            else if (named.putIfAbsent(name.get(), column) != null) {
                problems.error(written.position(), "column '%s' is listed twice".formatted(written), "keep one of the two; case does not distinguish columns");
            }
        }
        return named;
    }

    private void checkFieldIds(List<ColumnDescriptor> columns)
    {
        Set<Integer> seen = new HashSet<>();
        for (ColumnDescriptor column : columns) {
            if (column.fieldId().isPresent() && !seen.add(column.fieldId().get())) {
                problems.error(column.position(), "fieldId %s is given to two columns".formatted(column.fieldId().get()), "give each column the id of its own field in the Iceberg table");
            }
        }
    }

    private ColumnDescriptor enrich(ColumnDescriptor contract, ColumnDescriptor product)
    {
        if (product.nullable().isPresent() && !product.nullable().equals(contract.nullable())) {
            problems.error(product.position(), "column '%s' is %s here and not in the contract".formatted(contract.name().orElseThrow(), product.nullable().get() ? "nullable" : "not nullable"), "remove 'nullable' here or change the contract");
        }
        Optional<DataType> type = product.type().flatMap(this::type);
        if (type.isPresent() && contract.type().isPresent() && !isType(contract.type().get().value(), type.get())) {
            problems.error(product.type().get().position(), "column '%s' is %s here and %s in the contract".formatted(contract.name().orElseThrow(), type.get(), contract.type().get()), "remove 'type' here or change the contract");
        }
        return new ColumnDescriptor(
                contract.name(),
                contract.type(),
                contract.nullable(),
                product.description().or(contract::description),
                product.classification().or(contract::classification),
                ImmutableSet.<String>builder().addAll(contract.tags()).addAll(product.tags()).build().asList(),
                product.identifier().or(contract::identifier),
                product.fieldId(),
                product.mask(),
                product.hidden(),
                fields(contract.fields(), product.fields()),
                product.details().with(contract.details()),
                contract.position());
    }

    /**
     * A field that both describe: the contract's statements, with what the product adds.
     */
    private static List<FieldDescriptor> fields(List<FieldDescriptor> contract, List<FieldDescriptor> product)
    {
        if (contract.isEmpty() || product.isEmpty()) {
            return contract.isEmpty() ? product : contract;
        }
        ImmutableList.Builder<FieldDescriptor> fields = ImmutableList.builder();
        for (FieldDescriptor field : contract) {
            List<FieldDescriptor> same = product.stream().filter(added -> isSame(field, added)).collect(toImmutableList());
            fields.add(same.isEmpty() ? field : enrich(field, same.getFirst()));
            // Listed twice, which is reported with the others
            same.stream().skip(1).forEach(fields::add);
        }
        product.stream().filter(added -> contract.stream().noneMatch(field -> isSame(field, added))).forEach(fields::add);
        return fields.build();
    }

    private static boolean isSame(FieldDescriptor left, FieldDescriptor right)
    {
        return left.name().isPresent() && right.name().isPresent() && left.name().get().value().equalsIgnoreCase(right.name().get().value());
    }

    private static FieldDescriptor enrich(FieldDescriptor contract, FieldDescriptor product)
    {
        return new FieldDescriptor(
                contract.name(),
                product.classification().or(contract::classification),
                ImmutableSet.<String>builder().addAll(contract.tags()).addAll(product.tags()).build().asList(),
                product.identifier().or(contract::identifier),
                product.fieldId(),
                product.mask(),
                fields(contract.fields(), product.fields()),
                product.position());
    }

    private List<Column> columns(Map<String, ColumnDescriptor> named)
    {
        ImmutableList.Builder<Column> columns = ImmutableList.builder();
        named.forEach((name, column) -> {
            column.type().flatMap(this::type).ifPresent(type -> columns.add(new Column(
                    name,
                    type,
                    column.nullable().orElse(true),
                    column.description(),
                    column.classification(),
                    ImmutableSet.copyOf(column.tags()),
                    column.identifier(),
                    column.fieldId().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                    column.mask(),
                    column.hidden(),
                    new FieldBuilder(problems).build(name, type, column.fields()),
                    column.details(),
                    column.position())));
        });
        return columns.build();
    }

    private static boolean isType(String text, DataType type)
    {
        try {
            return DataTypeParser.parse(text).equals(type);
        }
        catch (InvalidDataTypeException _) {
            return false;
        }
    }

    private Optional<DataType> type(Located<String> text)
    {
        try {
            return Optional.of(DataTypeParser.parse(text.value()));
        }
        catch (InvalidDataTypeException e) {
            problems.error(text.position(), e.getMessage(), e.remedy());
            return Optional.empty();
        }
    }
}
