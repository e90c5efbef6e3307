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
package org.trinomesh.quality;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.QualityRule;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The latest results of quality checks for each data product, from any tool.
 */
public final class QualityResults
{
    /**
     * The job of {@code ./mesh check}. It checks all rules of a product together, so that a rule which its last run did not
     * check is no rule any more.
     */
    public static final String OWN_JOB = "mesh/check";

    /**
     * Up to so many rows, the sum of all kept results fits into a number.
     */
    private static final long MAX_ROWS = 1_000_000_000_000_000L;

    private final ImmutableListMultimap<ProductId, ProductResult> byProduct;

    private QualityResults(ImmutableListMultimap<ProductId, ProductResult> byProduct)
    {
        this.byProduct = requireNonNull(byProduct, "byProduct is null");
    }

    public static QualityResults of(Observations observations, Function<Dataset, List<DatasetMapping.Checked>> products)
    {
        Map<Dataset, Instant> lastOwn = new HashMap<>();
        for (ObservedAssertion result : observations.assertions()) {
            if (isOwn(result)) {
                lastOwn.merge(result.dataset(), result.at(), (left, right) -> left.isAfter(right) ? left : right);
            }
        }
        Map<Dataset, List<DatasetMapping.Checked>> known = new HashMap<>();
        ImmutableListMultimap.Builder<ProductId, ProductResult> byProduct = ImmutableListMultimap.builder();
        for (ObservedAssertion result : observations.assertions()) {
            if (isOwn(result) && result.at().isBefore(lastOwn.get(result.dataset()))) {
                continue;
            }
            known.computeIfAbsent(result.dataset(), products)
                    .forEach(checked -> byProduct.put(checked.product().id(), ProductResult.of(result, checked)));
        }
        return new QualityResults(byProduct.build());
    }

    private static boolean isOwn(ObservedAssertion result)
    {
        return result.job().equals(OWN_JOB);
    }

    public List<ProductResult> of(DataProduct product)
    {
        return byProduct.get(product.id());
    }

    /**
     * The share of rows that passed in all results that count rows; without any of these, the share of checks that passed.
     * Empty before the first check. It reveals something about all rows, so callers decide who sees it.
     *
     * @param counts what manifests count of tables of the product; results of rules that they answer are not older than that
     */
    public Optional<Accuracy> accuracy(DataProduct product, Map<ProductTable, TableCounts> counts)
    {
        Map<QualityRule, ManifestResult> manifests = manifestResults(product, counts);
        List<Result> results = Stream.concat(
                        of(product).stream()
                                .map(ProductResult::result)
                                .filter(result -> manifests.keySet().stream().noneMatch(rule -> isOf(result, rule)))
                                .map(result -> new Result(result.passed(), result.failed(), result.success(), result.at(), false)),
                        manifests.entrySet().stream()
                                .map(entry -> new Result(entry.getValue().passed(), entry.getValue().failed(), entry.getValue().success(), at(counts, entry.getKey()), true)))
                .collect(toImmutableList());
        if (results.isEmpty()) {
            return Optional.empty();
        }
        List<Result> counted = results.stream().filter(Result::countsRows).collect(toImmutableList());
        long passed = counted.stream().mapToLong(result -> result.passed().getAsLong()).sum();
        long checked = passed + counted.stream().mapToLong(result -> result.failed().getAsLong()).sum();
        if (checked > 0) {
            return Optional.of(new Accuracy(passed, checked, last(counted), "rows of " + checks(counted)));
        }
        long successes = results.stream().filter(Result::success).count();
        return Optional.of(new Accuracy(successes, results.size(), last(results), checks(results) + " without numbers of rows"));
    }

    /**
     * Whether a result is one of a rule, by its name.
     */
    public static boolean isOf(ObservedAssertion result, QualityRule rule)
    {
        return rule.name().equals(result.assertion()) || result.name().filter(rule.name()::equals).isPresent();
    }

    private static Map<QualityRule, ManifestResult> manifestResults(DataProduct product, Map<ProductTable, TableCounts> counts)
    {
        ImmutableMap.Builder<QualityRule, ManifestResult> results = ImmutableMap.builder();
        counts.forEach((table, counted) -> product.qualityRules().stream()
                .filter(rule -> rule.table().equals(table.name()))
                .forEach(rule -> ManifestResult.of(rule, counted).ifPresent(result -> results.put(rule, result))));
        return results.buildKeepingLast();
    }

    private static Instant at(Map<ProductTable, TableCounts> counts, QualityRule rule)
    {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(rule.table()))
                .map(entry -> entry.getValue().at())
                .findFirst()
                .orElseThrow();
    }

    private static Instant last(List<Result> results)
    {
        return results.stream().map(Result::at).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static String checks(List<Result> results)
    {
        long manifests = results.stream().filter(Result::manifest).count();
        String checks = results.size() == 1 ? "1 check" : results.size() + " checks";
        return manifests == 0 ? checks : checks + (manifests == results.size() ? ", counted from manifests" : ", %s of them counted from manifests".formatted(manifests));
    }

    /**
     * @param manifest whether manifests tell it, and not a tool
     */
    private record Result(OptionalLong passed, OptionalLong failed, boolean success, Instant at, boolean manifest)
    {
        private Result
        {
            requireNonNull(passed, "passed is null");
            requireNonNull(failed, "failed is null");
            requireNonNull(at, "at is null");
        }

        /**
         * Whether it has numbers of rows. A number of rows that no table can have would make the sum meaningless.
         */
        boolean countsRows()
        {
            return passed.isPresent() && failed.isPresent() && isCount(passed.getAsLong()) && isCount(failed.getAsLong());
        }

        private static boolean isCount(long rows)
        {
            return rows >= 0 && rows <= MAX_ROWS;
        }
    }
}
