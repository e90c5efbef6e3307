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

import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;

import java.util.List;

import static java.util.stream.Collectors.groupingBy;

/**
 * The major versions of data products, each of which is described once. If there are two descriptions, both are errors, so
 * that neither is served by chance.
 */
public final class MajorVersions
{
    private MajorVersions() {}

    public static void check(List<ProductCandidate> candidates)
    {
        candidates.forEach(candidate -> checkCurrent(candidate, candidates));
        candidates.stream()
                .filter(candidate -> candidate.key().isPresent())
                .collect(groupingBy(candidate -> candidate.key().orElseThrow()))
                .forEach((key, same) -> {
                    for (ProductCandidate candidate : same) {
                        same.stream()
                                .filter(other -> other != candidate && !isNameClaim(candidate, other))
                                .findFirst()
                                .ifPresent(other -> candidate.error(
                                        "version %s of data product '%s' is described twice, also %sin %s".formatted(
                                                key.major(),
                                                writtenName(candidate),
                                                writtenName(other).equals(writtenName(candidate)) ? "" : "as '%s' ".formatted(writtenName(other)),
                                                other.position()),
                                        "remove one, or give it another major version"));
                    }
                });
    }

    private static void checkCurrent(ProductCandidate candidate, List<ProductCandidate> candidates)
    {
        candidate.product()
                .flatMap(DataProduct::currentMajor)
                .filter(major -> candidates.stream()
                        .flatMap(other -> other.key().stream())
                        .noneMatch(key -> key.equals(new ProductId(candidate.identity().orElseThrow().domain(), candidate.identity().orElseThrow().sqlName(), major.value()))))
                .ifPresent(major -> candidate.add(Problem.warning(
                        major.position(),
                        "no document describes version %s of the product, so currentMajor has no effect".formatted(major),
                        "write the major version that the name without a version should mean")));
    }

    /**
     * Products of two names that become one are reported as such, except retired ones, which claim no name in SQL.
     */
    private static boolean isNameClaim(ProductCandidate candidate, ProductCandidate other)
    {
        return !writtenName(candidate).equals(writtenName(other)) && isServed(candidate) && isServed(other);
    }

    private static boolean isServed(ProductCandidate candidate)
    {
        return candidate.identity().orElseThrow().status().isServed();
    }

    private static String writtenName(ProductCandidate candidate)
    {
        return candidate.identity().orElseThrow().writtenName();
    }
}
