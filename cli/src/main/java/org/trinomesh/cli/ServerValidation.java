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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.query.DetachedQuery;
import org.trinomesh.registry.QueryOrigins;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.Maps.transformValues;
import static java.util.Objects.requireNonNull;

/**
 * Lets a running Trino validate the queries of products, each as its publishing domain sees the products that it reads. The server
 * need not know any of them: their columns are those of the directory.
 */
final class ServerValidation
        implements AutoCloseable
{
    private final Governance governance;
    private final ValidatingEngine engine;
    private final CatalogTables catalogTables;
    private final String catalog;
    private final PrintWriter err;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param refused how many queries were not sent, because the directory itself says what is wrong with them
     */
    record Result(List<Problem> problems, int checked, int refused)
    {
        Result
        {
            problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        }
    }

    private record ComputedTable(DataProduct product, ProductTable table, SqlQuery query) {}

    private ServerValidation(Governance governance, ValidatingEngine engine, String catalog, PrintWriter err)
    {
        this.governance = requireNonNull(governance, "governance is null");
        this.engine = requireNonNull(engine, "engine is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.err = requireNonNull(err, "err is null");
        this.catalogTables = new CatalogTables(engine, catalog, notes::add);
    }

    /**
     * @param catalog of the mesh on the server
     * @param err gets the progress
     * @throws SQLException when the server does not answer, or does not let the user in
     */
    static Result run(Governance governance, ServerAddress address, String user, String catalog, PrintWriter err)
            throws SQLException
    {
        try (ServerValidation validation = new ServerValidation(governance, ValidatingEngine.connect(address, user), catalog, err)) {
            return validation.run();
        }
    }

    private Result run()
            throws SQLException
    {
        List<ComputedTable> tables = governance.mesh().domains().stream()
                .flatMap(domain -> domain.products().stream())
                .flatMap(product -> product.tables().stream().flatMap(table -> table.query().stream().map(query -> new ComputedTable(product, table, query))))
                .collect(toImmutableList());
        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        int refused = 0;
        int number = 0;
        for (ComputedTable computed : tables) {
            number++;
            err.print("[%s/%s] %s.%s %s".formatted(number, tables.size(), computed.product().domain(), computed.table().name(), computed.product().version()));
            err.flush();
            long start = System.nanoTime();
            if (isWrongAlready(computed)) {
                refused++;
                err.println("  is not sent, because of its other errors");
                continue;
            }
            List<Problem> found = problems(computed);
            problems.addAll(found);
            err.println(String.format(Locale.ENGLISH, "  %s  %.1f s", found.isEmpty() ? "fits" : Count.of(found.size(), "problem"), (System.nanoTime() - start) / 1e9));
            err.flush();
        }
        notes.forEach(err::println);
        return new Result(problems.build(), tables.size() - refused, refused);
    }

    private GovernedMesh domain(ComputedTable computed)
    {
        return new GovernedMesh(governance, Requester.ofDomain(computed.product().domain()), governance.mesh().loadedAt());
    }

    private boolean isWrongAlready(ComputedTable computed)
    {
        return !domain(computed).mayPublish(computed.query()) ||
                computed.table().columns().stream().anyMatch(column -> governance.mesh().origins().isMissing(computed.product(), computed.table(), column));
    }

    private List<Problem> problems(ComputedTable computed)
            throws SQLException
    {
        DataProduct product = computed.product();
        Problems problems = new Problems();
        Map<TrinoTable, Map<String, String>> foreign = catalogTables.of(product, computed.table(), computed.query(), problems);
        if (!problems.hasErrors()) {
            problems.addAll(problems(computed, foreign));
        }
        return problems.toList().stream()
                .map(problem -> problem.about(product.domain(), product.sqlName(), product.owner()))
                .collect(toImmutableList());
    }

    private List<Problem> problems(ComputedTable computed, Map<TrinoTable, Map<String, String>> foreign)
            throws SQLException
    {
        Map<Source, SourceColumns> sources = new HashMap<>();
        for (Map.Entry<Source, MeshTable> source : QueryOrigins.sources(governance.mesh(), computed.query()).entrySet()) {
            sources.put(source.getKey(), SourceColumns.of(source.getValue(), domain(computed), engine, catalog));
        }
        List<Problem> problems = validate(computed, transformValues(sources, SourceColumns::types), foreign);
        List<String> unsure = sources.entrySet().stream()
                .flatMap(source -> source.getValue().unsure().stream().map(column -> source.getKey() + "." + column))
                .sorted()
                .collect(toImmutableList());
        if (problems.isEmpty() || unsure.isEmpty()) {
            return problems;
        }
        List<Problem> others = validate(computed, transformValues(sources, SourceColumns::others), foreign);
        return problems.stream()
                .map(problem -> others.contains(problem) ? problem : Problem.warning(
                        problem.position(),
                        problem.message(),
                        "%s; it may be right nevertheless, because no contract gives an exact type to %s".formatted(problem.remedy(), String.join(", ", unsure))))
                .collect(toImmutableList());
    }

    private List<Problem> validate(ComputedTable computed, Map<Source, Map<String, String>> products, Map<TrinoTable, Map<String, String>> foreign)
            throws SQLException
    {
        DetachedQuery detached = DetachedQuery.of(computed.query(), computed.product().domain(), products, foreign);
        return new QueryValidation(engine, computed.product(), computed.table(), detached).problems();
    }

    @Override
    public void close()
            throws SQLException
    {
        try (engine) {
            catalogTables.close();
        }
    }
}
