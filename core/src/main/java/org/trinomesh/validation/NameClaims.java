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

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Table;
import org.trinomesh.validation.ProductCandidate.Identity;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds names that would mean two things: no name may depend on the order in which files are read.
 */
public final class NameClaims
{
    private final Table<String, String, SetMultimap<String, ProductCandidate>> claims = HashBasedTable.create();

    private NameClaims() {}

    public static void check(List<ProductCandidate> candidates)
    {
        NameClaims names = new NameClaims();
        candidates.forEach(candidate -> candidate.identity()
                .filter(identity -> identity.status().isServed())
                .ifPresent(identity -> names.claim(identity, candidate)));
        names.claims.rowMap().forEach((domain, claimed) -> report(domain, new TreeMap<>(claimed)));
    }

    private void claim(Identity identity, ProductCandidate candidate)
    {
        claim(identity, identity.sqlName(), candidate);
        candidate.tableNames().forEach(name -> claim(identity, name, candidate));
        candidate.aliases().forEach(alias -> claim(identity, alias, candidate));
        identity.major().ifPresent(major -> {
            String versioned = identity.sqlName() + "_v" + major;
            claim(identity, versioned, candidate);
            candidate.tableNames().forEach(name -> claim(identity, versioned + name.substring(identity.sqlName().length()), candidate));
        });
    }

    private void claim(Identity identity, String name, ProductCandidate candidate)
    {
        SetMultimap<String, ProductCandidate> claimants = claims.get(identity.domain(), name);
        if (claimants == null) {
            claimants = LinkedHashMultimap.create();
            claims.put(identity.domain(), name, claimants);
        }
        // The majors of one product share its names
        claimants.put(identity.writtenName(), candidate);
    }

    private static void report(String domain, Map<String, SetMultimap<String, ProductCandidate>> claimed)
    {
        Set<Set<String>> reported = new HashSet<>();
        claimed.forEach((name, claimants) -> {
            Set<String> products = Set.copyOf(claimants.keySet());
            // Two products that share a name mostly share the ones made of it too
            if (products.size() > 1 && reported.add(products)) {
                claimants.forEach((product, candidate) -> report(domain + "." + name, product, candidate, claimants));
            }
        });
    }

    private static void report(String name, String product, ProductCandidate candidate, SetMultimap<String, ProductCandidate> claimants)
    {
        claimants.entries().stream()
                .filter(other -> !other.getKey().equals(product))
                .findFirst()
                .ifPresent(other -> candidate.error(
                        "'%s' would mean two data products: '%s' here and '%s' in %s".formatted(name, product, other.getKey(), other.getValue().position()),
                        "rename one of them, its alias or its table"));
    }
}
