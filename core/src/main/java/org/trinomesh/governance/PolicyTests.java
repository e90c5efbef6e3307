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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.PolicyTestDescriptor;
import org.trinomesh.filter.RefusedFilterException;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.filter.RowFilterParser;
import org.trinomesh.governance.PolicyTestOutcome.Difference;
import org.trinomesh.mask.Mask;
import org.trinomesh.platform.Closure;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.policy.Validity;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.PolicyDocument;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

/**
 * Runs the tests of policies: compares what authors expect a user to see with what is decided.
 */
public final class PolicyTests
{
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long MOST_NANOS_OF_ALL = Duration.ofSeconds(5).toNanos();

    private final Governance governance;
    private final Requester requester;
    private final Optional<String> domain;
    private final PolicyTestDescriptor test;
    private final RequesterAccess access;
    private final ImmutableList.Builder<Difference> differences = ImmutableList.builder();

    /**
     * @param domain of whose products the test may speak; empty for all
     */
    private PolicyTests(Governance governance, Optional<String> domain, PolicyTestDescriptor test, Instant now)
    {
        this.governance = requireNonNull(governance, "governance is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.test = requireNonNull(test, "test is null");
        this.requester = new Requester(test.user().orElseThrow().value(), ImmutableSet.copyOf(test.groups()), ImmutableSet.copyOf(test.roles()));
        this.access = governance.access(requester, test.on().map(Validity::start).orElse(now));
    }

    /**
     * The outcome of every test, in the order in which they are written.
     *
     * @param now for tests that name no day
     */
    public static List<PolicyTestOutcome> run(Governance governance, Instant now)
    {
        return governance.mesh().governance().policies().stream()
                .flatMap(policy -> tests(policy).stream().filter(test -> closure(governance, test).isEmpty()).map(test -> outcome(governance, policy, test, now)))
                .collect(toImmutableList());
    }

    /**
     * The tests that fail at the moment at which the mesh was loaded, as problems of their policies. Those that a domain writes, and
     * those that governance writes, have a second, and all of them have five; nobody waits for more of them. Those of governance come first.
     */
    public static List<Problem> problems(Governance governance)
    {
        Map<Optional<String>, Long> used = new HashMap<>();
        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        List<PolicyDocument> policies = governance.mesh().governance().policies().stream()
                .sorted(comparing(policy -> policy.domain().isPresent()))
                .collect(toImmutableList());
        problems.addAll(notRun(governance, policies));
        long began = System.nanoTime();
        for (PolicyDocument policy : policies) {
            for (PolicyTestDescriptor test : tests(policy)) {
                if (closure(governance, test).isPresent()) {
                    continue;
                }
                if (used.getOrDefault(policy.domain(), 0L) > MOST_NANOS || System.nanoTime() - began > MOST_NANOS_OF_ALL) {
                    problems.add(Problem.warning(test.position(), "this test and those after it were not run, because the tests before take too long", "make fewer tests, or run them all with ./mesh validate"));
                    break;
                }
                long start = System.nanoTime();
                problems.addAll(outcome(governance, policy, test, governance.mesh().loadedAt()).problems());
                used.merge(policy.domain(), System.nanoTime() - start, Long::sum);
            }
        }
        return problems.build();
    }

    /**
     * The broken file because of which the result of a test is unknown. The file is already reported as a problem, and the tests of
     * others need no correction.
     */
    private static Optional<Closure> closure(Governance governance, PolicyTestDescriptor test)
    {
        return ProductReference.find(governance.mesh(), test.product().orElseThrow().value())
                .flatMap(reference -> governance.mesh().governance().closures().stream().filter(closure -> closure.covers(reference.product())).findFirst());
    }

    private static List<Problem> notRun(Governance governance, List<PolicyDocument> policies)
    {
        return policies.stream()
                .flatMap(policy -> tests(policy).stream())
                .flatMap(test -> closure(governance, test).stream())
                .collect(groupingBy(Closure::position, LinkedHashMap::new, counting())).entrySet().stream()
                .map(closed -> Problem.warning(
                        closed.getKey(),
                        "%s %s not run: this file cannot be understood, so the data products that its policies may be about are closed".formatted(closed.getValue() == 1 ? "1 test of a policy" : closed.getValue() + " tests of policies", closed.getValue() == 1 ? "was" : "were"),
                        "correct this file first"))
                .collect(toImmutableList());
    }

    private static List<PolicyTestDescriptor> tests(PolicyDocument policy)
    {
        return policy.descriptor().tests().stream()
                // Missing keys of a test are reported when its file is read
                .filter(test -> test.user().isPresent() && test.product().isPresent())
                .collect(toImmutableList());
    }

    private static PolicyTestOutcome outcome(Governance governance, PolicyDocument policy, PolicyTestDescriptor test, Instant now)
    {
        String name = test.name().map(Located::value).orElseGet(() -> test.user().orElseThrow() + " and " + test.product().orElseThrow());
        return new PolicyTestOutcome(policy, name, test.position(), Fault.contain(
                "this test cannot be run",
                test.position(),
                () -> new PolicyTests(governance, policy.domain(), test, now).differences(),
                fault -> ImmutableList.of(new Difference("the test", "run", fault.message(), fault.remedy(), fault.position()))));
    }

    private List<Difference> differences()
    {
        Located<String> product = test.product().orElseThrow();
        Optional<ProductReference> reference = ProductReference.find(governance.mesh(), product.value());
        if (domain.isPresent() && reference.filter(found -> found.product().domain().equals(domain.get())).isEmpty()) {
            // A domain that could test the products of others would learn about them from the failures
            return ImmutableList.of(new Difference("data product '%s'".formatted(product), "one of domain " + domain.get(), "none", "write a data product of the domain that the policy belongs to", product.position()));
        }
        if (reference.isEmpty()) {
            String remedy = ProductReference.nearest(governance.mesh(), product.value())
                    .map("write '%s'"::formatted)
                    .orElse("write domain and product as in SQL, such as sales.customer_360");
            return ImmutableList.of(new Difference("data product '%s'".formatted(product), "there", "not there", remedy, product.position()));
        }
        check(reference.get());
        return differences.build();
    }

    private void check(ProductReference reference)
    {
        Decision decision = access.decide(reference.product());
        boolean looksInside = !test.columns().isEmpty() || test.rowFilter().isPresent();
        String expected = test.access().map(Located::value).orElse("readable");
        Position position = test.access().map(Located::position).orElse(test.position());
        if (Visibility.of(expected).isEmpty()) {
            differ("access", expected, seen(decision), "write hidden, discoverable or readable", position);
        }
        else if (!expected.equals(Visibility.of(decision).toString()) && (test.access().isPresent() || looksInside)) {
            differ("access", expected, seen(decision), Difference.CORRECT, position);
        }
        else if (looksInside && !decision.isReadable()) {
            differ("access", "readable where columns or rows are expected", expected, "remove columns and rowFilter from the test", position);
        }
        else if (looksInside) {
            check(reference.product(), reference.table().orElseThrow());
        }
    }

    private void check(DataProduct product, ProductTable table)
    {
        TableAccess seen = access.table(product, table);
        test.columns().forEach((name, expected) -> checkColumn(product.domain() + "." + table.name(), seen, name, expected));
        test.rowFilter().ifPresent(expected -> checkRows(seen.rows(), expected));
    }

    private void checkColumn(String table, TableAccess access, String name, Located<String> expected)
    {
        Optional<ColumnAccess> column = access.column(name);
        if (column.isEmpty()) {
            differ("column " + name,
                    expected.value(),
                    "not there",
                    "write a column of %s: %s".formatted(table, String.join(", ", access.columns().keySet())),
                    expected.position());
        }
        else if (!isAsExpected(column.get(), expected.value().strip())) {
            differ("column " + name, expected.value(), seen(column.get()), Difference.CORRECT, expected.position());
        }
    }

    private static boolean isAsExpected(ColumnAccess access, String expected)
    {
        return expected.equals(access.toString()) || (access instanceof ColumnAccess.Masked(Mask mask, Reason _) && expected.equals(mask.action()));
    }

    private void checkRows(Optional<RowAccess> rows, Located<String> expected)
    {
        String seen = rows.map(access -> access.filter() + why(access.reasons())).orElse("none");
        if (expected.value().strip().equals("none")) {
            if (rows.isPresent()) {
                differ("rowFilter", "none", seen, Difference.CORRECT, expected.position());
            }
            return;
        }
        try {
            RowFilter filter = RowFilterParser.parse(expected.value()).of(requester);
            if (rows.isEmpty() || !comparisons(rows.get().filter()).equals(comparisons(filter))) {
                differ("rowFilter", filter.toString(), seen, Difference.CORRECT, expected.position());
            }
        }
        catch (RefusedFilterException e) {
            differ("rowFilter", expected.value(), "no row filter (%s)".formatted(e.getMessage()), e.remedy(), expected.position());
        }
    }

    /**
     * The order of comparisons and of values has no meaning.
     */
    private static Set<Object> comparisons(RowFilter filter)
    {
        return filter.comparisons().stream()
                .map(comparison -> comparison.operator() == RowFilter.Operator.IN ? Map.of(comparison.column(), ImmutableSet.copyOf(comparison.values())) : comparison)
                .collect(toImmutableSet());
    }

    private void differ(String what, String expected, String seen, String remedy, Position position)
    {
        differences.add(new Difference(what, expected, seen, remedy, position));
    }

    private static String seen(Decision decision)
    {
        return "%s (%s)".formatted(Visibility.of(decision), decision.reason().text());
    }

    private static String seen(ColumnAccess access)
    {
        return switch (access) {
            case ColumnAccess.Clear _ -> access.toString();
            case ColumnAccess.Masked(Mask _, Reason reason) -> access + why(ImmutableList.of(reason));
            case ColumnAccess.Hidden(Reason reason) -> access + why(ImmutableList.of(reason));
        };
    }

    private static String why(List<Reason> reasons)
    {
        return reasons.stream().map(PolicyTests::why).distinct().collect(joining(", ", " (", ")"));
    }

    private static String why(Reason reason)
    {
        return reason.text() + reason.rule().map(position -> ", " + position).orElse("");
    }
}
