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

import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * What is wrong with the queries of products that only the whole mesh tells, as of its load: sources that a domain may not publish,
 * and promised columns that a query does not have.
 */
final class QueryProblems
{
    private QueryProblems() {}

    static List<Problem> of(Governance governance)
    {
        Mesh mesh = governance.mesh();
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .flatMap(product -> product.tables().stream().flatMap(table -> table.query().stream().flatMap(query -> Stream.of(missingRights(governance, product, query), missingColumns(governance, product, table), unknownOrigins(governance, product, table, query)).flatMap(problems -> problems)
                        .map(problem -> problem.about(product.domain(), product.sqlName(), product.owner())))))
                .collect(toImmutableList());
    }

    private static Stream<Problem> missingRights(Governance governance, DataProduct product, SqlQuery query)
    {
        // Whether a query may be published is computed for all products already, and most may be
        if (governance.isPublished(product, governance.mesh().loadedAt())) {
            return Stream.of();
        }
        RequesterAccess domain = governance.access(Requester.ofDomain(product.domain()), governance.mesh().loadedAt());
        return QueryRights.missing(governance.mesh(), domain, query).stream()
                .map(source -> Problem.error(
                        source.position(),
                        "the query of '%s' reads %s, which does not exist, or which domain '%s' may not publish; so nobody can read the product".formatted(product.qualifiedName(), source, product.domain()),
                        "correct the name, or ask the owner of the source for an entry of accessControl: {domain: %s, permissions: [read, share]}".formatted(product.domain())));
    }

    /**
     * Queries that read what their domain may not publish. Their products are out of service, and it is clear what the documents mean.
     */
    static Set<Problem> missingRights(Governance governance)
    {
        return governance.mesh().domains().stream()
                .flatMap(domain -> domain.products().stream())
                .flatMap(product -> product.tables().stream()
                        .flatMap(table -> table.query().stream())
                        .flatMap(query -> missingRights(governance, product, query))
                        .map(problem -> problem.about(product.domain(), product.sqlName(), product.owner())))
                .collect(toImmutableSet());
    }

    /**
     * Only where the sources are there: a query over one that is not there has an error already.
     */
    private static Stream<Problem> unknownOrigins(Governance governance, DataProduct product, ProductTable table, SqlQuery query)
    {
        if (query.sources().isEmpty() || governance.mesh().origins().isKnown(product, table) || missingRights(governance, product, query).findAny().isPresent()) {
            return Stream.of();
        }
        return Stream.of(Problem.warning(
                query.written().start(),
                "it cannot be computed where the columns of the query of '%s' come from, so each of them has all tags, classifications, masks and hidings of all columns that its sources have".formatted(product.qualifiedName()),
                "write the query without MATCH_RECOGNIZE, JSON_TABLE, recursive WITH, UNNEST without names of columns, and SELECT * of a table below UNION or with an alias of its columns"));
    }

    /**
     * Only known of sources that are there, which is told to nobody who may not know of them.
     */
    private static Stream<Problem> missingColumns(Governance governance, DataProduct product, ProductTable table)
    {
        return table.columns().stream()
                .filter(_ -> governance.mayTell(product, governance.mesh().loadedAt()))
                .filter(column -> governance.mesh().origins().isMissing(product, table, column))
                .map(column -> Problem.error(
                        column.position(),
                        "column '%s' is promised, and the query of '%s' has no column of that name; so nobody can read the product".formatted(column.name(), product.qualifiedName()),
                        "give a column of the query this name with AS, or remove it from the promise"));
    }
}
