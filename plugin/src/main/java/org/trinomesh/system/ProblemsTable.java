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
package org.trinomesh.system;

import org.trinomesh.disclosure.ProblemCollector;
import org.trinomesh.disclosure.VisibleProblem;

import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code problems}: what is wrong with data products.
 */
final class ProblemsTable
        implements SystemRows<VisibleProblem>
{
    private static final SystemTableSchema<VisibleProblem> SCHEMA = SystemTableSchema.<VisibleProblem>table("problems", "What is wrong with the data products you answer for, as their owner or steward; stewards of the mesh see all")
            .text("severity", RESPONSIBLE, "error (not served like this), warning or info", row -> row.problem().severity().name().toLowerCase(ENGLISH))
            .text("domain", RESPONSIBLE, "Schema of the domain, when it is known", row -> row.problem().domain())
            .text("product", RESPONSIBLE, "Data product in SQL, when it is known", row -> row.problem().product())
            .text("file", RESPONSIBLE, "File below the mesh directory; of an OpenLineage event, below the results directory", row -> row.problem().position().file())
            .number("line", RESPONSIBLE, "Line, from 1", row -> row.problem().position().line())
            .number("column", RESPONSIBLE, "Column, from 1", row -> row.problem().position().column())
            .text("message", RESPONSIBLE, "What is wrong", row -> row.problem().message())
            .text("remedy", RESPONSIBLE, "What to write instead", row -> row.problem().remedy())
            .build();

    private final ProblemCollector problems;

    ProblemsTable(ProblemCollector problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public SystemTableSchema<VisibleProblem> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleProblem> rows(SystemRequest request)
    {
        return problems.of(request.mesh()).stream();
    }
}
