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
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.query.DetachedQuery;
import org.trinomesh.query.DetachedQuery.Statement;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.cli.EngineRefusedException.AMBIGUOUS_NAME;
import static org.trinomesh.cli.EngineRefusedException.COLUMN_NOT_FOUND;
import static org.trinomesh.cli.EngineRefusedException.FUNCTION_NOT_FOUND;
import static org.trinomesh.cli.EngineRefusedException.PERMISSION_DENIED;
import static org.trinomesh.cli.EngineRefusedException.TYPE_MISMATCH;

/**
 * Lets Trino validate the query of one table of a product, and compares the types of its columns with the promised ones.
 */
final class QueryValidation
{
    private final ValidatingEngine engine;
    private final DataProduct product;
    private final List<Column> promised;
    private final DetachedQuery query;

    /**
     * @param query of the table
     */
    QueryValidation(ValidatingEngine engine, DataProduct product, ProductTable table, DetachedQuery query)
    {
        this.engine = requireNonNull(engine, "engine is null");
        this.product = requireNonNull(product, "product is null");
        this.promised = table.columns();
        this.query = requireNonNull(query, "query is null");
    }

    /**
     * @throws SQLException when the server does not answer
     */
    List<Problem> problems()
            throws SQLException
    {
        Statement statement = query.select(promised);
        List<String> types;
        try {
            types = engine.types(statement.sql());
        }
        catch (EngineRefusedException e) {
            return ImmutableList.of(refused(statement, e));
        }
        List<Problem> problems = new ArrayList<>();
        for (int index = 0; index < promised.size(); index++) {
            if (!types.get(index).equals(types.get(promised.size() + index))) {
                compare(promised.get(index), types.get(index)).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /**
     * By Trino's rules for the columns of views, which every read of the product applies.
     */
    private Optional<Problem> compare(Column column, String type)
            throws SQLException
    {
        Statement statement = query.unite(column);
        try {
            List<String> united = engine.types(statement.sql());
            if (united.getFirst().equals(united.getLast())) {
                return Optional.empty();
            }
            return Optional.of(Problem.warning(
                    column.position(),
                    "column '%s' is promised as %s, and the query of '%s' has it as %s, of which not all values fit; so reads round or cut values, or fail".formatted(column.name(), column.type(), product.qualifiedName(), type),
                    TypeAdvice.of(column, type)));
        }
        catch (EngineRefusedException e) {
            if (e.code() != TYPE_MISMATCH) {
                return Optional.of(refused(statement, e));
            }
            return Optional.of(Problem.error(
                    column.position(),
                    "column '%s' is promised as %s, and the query of '%s' has it as %s; so nobody can read the product".formatted(column.name(), column.type(), product.qualifiedName(), type),
                    TypeAdvice.of(column, type)));
        }
    }

    private Problem refused(Statement statement, EngineRefusedException e)
    {
        if (!e.isOfStatement()) {
            return Problem.error(query.start(), "the server could not validate the query of '%s': %s".formatted(product.qualifiedName(), e.getMessage()), "run the command again, or ask who operates the server");
        }
        Optional<Column> column = e.place().flatMap(place -> statement.promised(place.line()));
        if (column.isPresent() && (e.code() == COLUMN_NOT_FOUND || e.code() == AMBIGUOUS_NAME)) {
            return Problem.error(
                    column.get().position(),
                    "column '%s' is promised, and the query of '%s' has %s of that name; so nobody can read the product".formatted(column.get().name(), product.qualifiedName(), e.code() == COLUMN_NOT_FOUND ? "no column" : "several columns"),
                    "give one column of the query this name with AS, or remove it from the promise");
        }
        Position position = e.place().map(place -> statement.at(place.line(), place.column())).orElse(query.start());
        return Problem.error(position, "Trino refuses the query of '%s': %s".formatted(product.qualifiedName(), e.getMessage()), remedy(e));
    }

    private String remedy(EngineRefusedException e)
    {
        return switch (e.code()) {
            case FUNCTION_NOT_FOUND -> e.getMessage().contains("not registered") ? "write a function that the server has: SHOW FUNCTIONS lists them" : "CAST the arguments to types that the function takes";
            case COLUMN_NOT_FOUND -> "write a column that the table has; a product has those that domain '%s' sees".formatted(product.domain());
            case TYPE_MISMATCH -> "CAST one of the values, so that the types fit";
            case PERMISSION_DENIED -> "ask the platform to let '%s' run the statement, or choose another --user".formatted(engine.user());
            default -> "correct the query; who reads the product would get the same error";
        };
    }
}
