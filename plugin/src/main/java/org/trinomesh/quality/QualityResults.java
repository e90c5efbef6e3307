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
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.registry.DataProduct;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The last results of quality checks by data product, whichever tool ran them.
 */
public final class QualityResults
{
    /**
     * The job of {@code ./mesh check}. It checks all rules of a product together, so that a rule which its last run did not
     * check is no rule any more.
     */
    public static final String OWN_JOB = "mesh/check";

    /**
     * Of so many, all results that are kept add up to a number.
     */
    private static final long MAX_ROWS = 1_000_000_000_000_000L;

    private final ImmutableListMultimap<String, ObservedAssertion> byProduct;

    private QualityResults(ImmutableListMultimap<String, ObservedAssertion> byProduct)
    {
        this.byProduct = requireNonNull(byProduct, "byProduct is null");
    }

    public static QualityResults of(Observations observations, Function<Dataset, List<DataProduct>> products)
    {
        Map<Dataset, Instant> lastOwn = new HashMap<>();
        for (ObservedAssertion result : observations.assertions()) {
            if (isOwn(result)) {
                lastOwn.merge(result.dataset(), result.at(), (left, right) -> left.isAfter(right) ? left : right);
            }
        }
        Map<Dataset, List<DataProduct>> known = new HashMap<>();
        ImmutableListMultimap.Builder<String, ObservedAssertion> byProduct = ImmutableListMultimap.builder();
        for (ObservedAssertion result : observations.assertions()) {
            if (isOwn(result) && result.at().isBefore(lastOwn.get(result.dataset()))) {
                continue;
            }
            known.computeIfAbsent(result.dataset(), products)
                    .forEach(product -> byProduct.put(key(product), result));
        }
        return new QualityResults(byProduct.build());
    }

    private static boolean isOwn(ObservedAssertion result)
    {
        return result.job().equals(OWN_JOB);
    }

    private static String key(DataProduct product)
    {
        return product.qualifiedName() + "@" + product.version();
    }

    public List<ObservedAssertion> of(DataProduct product)
    {
        return byProduct.get(key(product));
    }

    /**
     * The share of rows that passed in all results that count rows; without any of these, the share of checks that passed.
     * Empty while nobody checked. It tells of all rows: whoever shows it decides to whom.
     */
    public Optional<Accuracy> accuracy(DataProduct product)
    {
        List<ObservedAssertion> results = of(product);
        if (results.isEmpty()) {
            return Optional.empty();
        }
        List<ObservedAssertion> counted = results.stream()
                .filter(result -> result.passed().isPresent() && result.failed().isPresent())
                // What no table has would make nonsense of the sum
                .filter(result -> isCount(result.passed().getAsLong()) && isCount(result.failed().getAsLong()))
                .collect(toImmutableList());
        long passed = counted.stream().mapToLong(result -> result.passed().getAsLong()).sum();
        long checked = passed + counted.stream().mapToLong(result -> result.failed().getAsLong()).sum();
        if (checked > 0) {
            return Optional.of(new Accuracy(passed, checked, last(counted), "rows of %s".formatted(checks(counted.size()))));
        }
        long successes = results.stream().filter(ObservedAssertion::success).count();
        return Optional.of(new Accuracy(successes, results.size(), last(results), checks(results.size()) + " without numbers of rows"));
    }

    private static boolean isCount(long rows)
    {
        return rows >= 0 && rows <= MAX_ROWS;
    }

    private static Instant last(List<ObservedAssertion> results)
    {
        return results.stream().map(ObservedAssertion::at).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static String checks(int number)
    {
        return number == 1 ? "1 check" : number + " checks";
    }
}
