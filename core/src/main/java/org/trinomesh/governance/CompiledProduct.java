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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.conformance.CheckResults;
import org.trinomesh.conformance.CheckTimes;
import org.trinomesh.conformance.Violation;
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.governance.Inheritance.TableColumn;
import org.trinomesh.governance.ProductConformance.Verdict;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.ProductWords;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Restraint;
import org.trinomesh.policy.Rule;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.Principal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/**
 * The result of applying the policies to one product. The next generation reuses it when neither changed.
 *
 * @param known what was known of the product's tables
 * @param inherited what is said of the columns that its queries show
 * @param refused what the product's document says, when it is refused and the product is served as it was
 * @param problemsOfSources those that tell what the sources of its queries say
 */
record CompiledProduct(ProductPolicy policy, Optional<DataProduct> refused, DomainRules domain, List<KnownTable> known, Map<TableColumn, Inherited> inherited, List<Rule> ownRules, Set<Principal> mentions, Set<Instant> changes, List<Problem> problems, List<Problem> problemsOfSources, Verdict verdict)
{
    CompiledProduct
    {
        requireNonNull(policy, "policy is null");
        requireNonNull(refused, "refused is null");
        requireNonNull(domain, "domain is null");
        known = ImmutableList.copyOf(requireNonNull(known, "known is null"));
        inherited = ImmutableMap.copyOf(requireNonNull(inherited, "inherited is null"));
        ownRules = ImmutableList.copyOf(requireNonNull(ownRules, "ownRules is null"));
        mentions = ImmutableSet.copyOf(requireNonNull(mentions, "mentions is null"));
        changes = ImmutableSet.copyOf(requireNonNull(changes, "changes is null"));
        requireNonNull(verdict, "verdict is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        problemsOfSources = ImmutableList.copyOf(requireNonNull(problemsOfSources, "problemsOfSources is null"));
    }

    static CompiledProduct compile(DataProduct product, Optional<DataProduct> refused, Domain domain, PolicyBook book, FieldKnowledge knowledge, Map<TableColumn, Inherited> inherited, Optional<CompiledProduct> previous, Optional<CheckResults> evaluated, CheckTimes times, Instant now)
    {
        ProductCompiler compiler = new ProductCompiler(product, domain.rules(), book.rules().of(product, products(knowledge, product)), book.governance(), book.keys(), knowledge, inherited, previous.map(CompiledProduct::policy));
        ProductPolicy ruled = compiler.compile();
        Verdict verdict = times.run(domain, time -> ProductConformance.judge(ruled, domain, book, results(previous, evaluated), time));
        ProductPolicy whole = ruled.with(ProductConformance.closings(ruled, verdict));
        ProductPolicy policy = refused
                .map(document -> new ProductCompiler(document, domain.rules(), book.rules().of(document, products(knowledge, product)), book.governance(), book.keys(), knowledge, inherited, Optional.empty()).compile(Restraint.tables(product, document)))
                .map(restraint -> Restraint.of(whole, restraint))
                .orElse(whole);
        return new CompiledProduct(
                policy,
                refused,
                domain.rules(),
                knowledge.of(product),
                inherited,
                ProductCompiler.ownRules(product, new Problems()),
                policy.mentions(),
                policy.changes().collect(toImmutableSet()),
                ImmutableList.<Problem>builder()
                        .addAll(compiler.problems())
                        .addAll(Stream.concat(ProductConformance.problems(verdict.violations(), LocalDate.ofInstant(now, UTC)).stream(), ProductConformance.unfinished(ruled, verdict))
                                .map(problem -> problem.about(product.domain(), product.sqlName()).ownedBy(product.owner()))
                                .toList())
                        .build(),
                compiler.problemsOfSources(),
                verdict);
    }

    private static Optional<CheckResults> results(Optional<CompiledProduct> previous, Optional<CheckResults> evaluated)
    {
        return previous.map(before -> before.verdict().results()).map(results -> evaluated.map(results::and).orElse(results));
    }

    List<Violation> violations()
    {
        return verdict.violations();
    }

    /**
     * Whether checks are left to evaluate.
     */
    boolean isUnfinished()
    {
        return !verdict.unfinished().isEmpty();
    }

    /**
     * A product whose rules cannot be applied: its owner and the stewards of the mesh know of it, and nobody can read it.
     */
    static CompiledProduct closed(DataProduct product, Optional<DataProduct> refused, Domain domain, Problem fault)
    {
        return new CompiledProduct(
                ProductPolicy.closed(product, Reason.of("its rules cannot be applied", product.position())),
                refused,
                domain.rules(),
                ImmutableList.of(),
                ImmutableMap.of(),
                ImmutableList.of(),
                ProductPolicy.owners(product.owner()),
                ImmutableSet.of(),
                ImmutableList.of(fault.about(product.domain(), product.sqlName(), product.owner())),
                ImmutableList.of(),
                Verdict.NONE);
    }

    /**
     * The products that declare something about the same tables.
     */
    static Set<ProductWords> products(FieldKnowledge knowledge, DataProduct product)
    {
        return knowledge.of(product).stream().flatMap(table -> table.products().stream()).collect(toImmutableSet());
    }

    boolean isOf(DataProduct product, Optional<DataProduct> refused, DomainRules domain, FieldKnowledge knowledge, Map<TableColumn, Inherited> inherited)
    {
        return isOf(product, domain) && this.refused.equals(refused) && known.equals(knowledge.of(product)) && this.inherited.equals(inherited);
    }

    /**
     * Whether the documents of the product and its domain were the same when this was made.
     */
    boolean isOf(DataProduct product, DomainRules domain)
    {
        return policy.product().equals(product) && this.domain.equals(domain);
    }
}
