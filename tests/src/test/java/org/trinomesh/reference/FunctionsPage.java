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
package org.trinomesh.reference;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.trino.spi.block.Block;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.function.table.ScalarArgumentSpecification;
import org.trinomesh.function.MaskFunctions;
import org.trinomesh.system.FunctionArgument;
import org.trinomesh.system.RowsFunction;

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;

/**
 * The functions of {@code mesh.system} with their arguments and the columns of their results.
 */
final class FunctionsPage
        implements ReferencePage
{
    private final List<RowsFunction<?>> functions;

    FunctionsPage(Set<ConnectorTableFunction> functions)
    {
        this.functions = functions.stream()
                .<RowsFunction<?>>map(function -> (RowsFunction<?>) function)
                .sorted(comparing(ConnectorTableFunction::getName))
                .collect(toImmutableList());
    }

    @Override
    public String file()
    {
        return "functions.md";
    }

    List<RowsFunction<?>> functions()
    {
        return functions;
    }

    @Override
    public String text()
    {
        Markdown page = Markdown.page("Functions")
                .paragraph("The table functions of `mesh.system`. You call them in `FROM TABLE(...)`, with all arguments by name, as below, or all by place. The rows are those that the user who runs the query may discover.");
        for (RowsFunction<?> function : functions) {
            page.heading(2, function.getName())
                    .paragraph(function.getDescription() + ".")
                    .block("", "TABLE(mesh.system.%s(%s))".formatted(function.getName(), function.describedArguments().stream().map(FunctionsPage::call).collect(joining(", "))))
                    .table(ImmutableList.of("Argument", "Type", "Default", "Meaning"), function.describedArguments().stream().map(FunctionsPage::row))
                    .paragraph("It returns:")
                    .table(ImmutableList.of("Column", "Type", "Meaning"), function.describedColumns().stream().map(SystemTablesPage::row));
        }
        return page.heading(2, "Functions of masks")
                .paragraph("The keyed [masks](masks.md) call these scalar functions. No user can call them: with values of one's own one could find out what a pseudonym stands for. "
                        + "Where Trino's system access control has rules for functions, [they must allow these](../access-rules.md).")
                .table(ImmutableList.of("Function", "Meaning"), MaskFunctions.metadata().stream()
                        .<List<String>>map(function -> ImmutableList.of(Markdown.code("mesh.system." + function.getCanonicalName()), function.getDescription()))
                        .distinct())
                .toString();
    }

    private static String call(FunctionArgument argument)
    {
        return argument.specification().getName().toLowerCase(ENGLISH) + " => ...";
    }

    private static List<String> row(FunctionArgument argument)
    {
        ScalarArgumentSpecification specification = (ScalarArgumentSpecification) argument.specification();
        return ImmutableList.of(
                Markdown.code(specification.getName().toLowerCase(ENGLISH)),
                Markdown.code(specification.getType().getDisplayName()),
                specification.isRequired() ? "required" : Markdown.code(value(specification.getDefaultValue())),
                argument.description());
    }

    private static String value(Object value)
    {
        return switch (value) {
            case null -> "NULL";
            case Slice text -> "'" + text.toStringUtf8() + "'";
            case Block block when block.getPositionCount() == 0 -> "ARRAY[]";
            default -> value.toString();
        };
    }
}
