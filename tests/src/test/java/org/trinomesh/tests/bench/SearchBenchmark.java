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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.search.SearchRequest;
import org.trinomesh.tests.MeshDirectory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import static com.google.common.base.Preconditions.checkState;
import static java.util.stream.Collectors.joining;

/**
 * Searches in a mesh of ten thousand products of twelve columns, for somebody who may discover nine of ten and from whom a
 * column of each is hidden: by one word that most products have, by several, and with typing errors.
 */
final class SearchBenchmark
{
    private static final int DOMAINS = 100;
    private static final int PRODUCTS_OF_A_DOMAIN = 100;
    private static final int PRODUCTS = DOMAINS * PRODUCTS_OF_A_DOMAIN;
    private static final int COLUMNS = 12;
    private static final List<String> WORDS = ImmutableList.copyOf((
            "account address agent amount annual approval archive article asset audit balance bank basket billing bonus booking brand " +
                    "budget buyer calendar call campaign cancel capacity card carrier cart cash catalog category channel charge churn city claim " +
                    "client code collection commission company competitor complaint component contact contract conversion cost country coupon " +
                    "credit currency customer cycle daily damage date debit decision delay delivery demand department deposit depot device " +
                    "discount dispatch district document driver duty electricity email employee engine error estimate event exchange expense " +
                    "factory failure fee feedback fleet forecast fraud freight fuel goods grade gross growth handling history hour household " +
                    "import income incident index insurance interest inventory invoice item journey labour lead ledger lender letter limit line " +
                    "loan location loyalty machine maintenance margin market material measure member merchant message meter mobile month " +
                    "network notice offer office online operator opportunity order outage output overdue owner package page parcel partner " +
                    "payment penalty period person phone plan plant point policy portfolio position premium price priority process product " +
                    "profit project promotion province purchase quality quantity quarter query queue quota rate rating reason receipt " +
                    "reference refund region rejection reminder rental repair report request reserve response retail return revenue review " +
                    "risk role route salary sales sample schedule score season segment sensor service session shelf shift shipment shop " +
                    "signal stage station status stock store subscription supplier supply support survey target tariff tax team tenant ticket " +
                    "time tour traffic transfer transport travel trend turnover unit usage vehicle vendor visit voucher wage warehouse " +
                    "warranty waste weather week weight year yield zone").split(" "));
    private static final List<String> QUERIES = ImmutableList.of(
            "customer",
            "customer churn",
            "monthly revenue by region and sales channel",
            "custmer chrun",
            "warehous inventry forcast",
            "ship",
            "team-domain_07",
            "nothing_like_this_exists 4711");

    private SearchBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws IOException
    {
        Progress.say("Search: loading a mesh of %,d products", PRODUCTS);
        Governance governance = load();
        GovernedMesh mesh = new GovernedMesh(governance, new Requester("ana", ImmutableSet.of("employees"), ImmutableSet.of()), Instant.now());
        try (MeshSearch search = new MeshSearch()) {
            double first = PairedRuns.millis(() -> search(search, mesh, QUERIES.getFirst()));
            Progress.say("Search: the first one, which makes the index, takes %.0f ms", first);
            for (int round = 0; round < (quick ? 3 : 30); round++) {
                QUERIES.forEach(query -> search(search, mesh, query));
            }
            List<Double> all = new ArrayList<>();
            double slowest = 0;
            for (String query : QUERIES) {
                List<Double> times = new ArrayList<>();
                for (int round = 0; round < (quick ? 5 : 50); round++) {
                    times.add(PairedRuns.millis(() -> search(search, mesh, query)));
                }
                Progress.say("Search: '%s': %s", query, PairedRuns.spread(times, "%.2f ms"));
                all.addAll(times);
                slowest = Math.max(slowest, PairedRuns.median(times));
            }
            return ImmutableList.of(
                    Measurement.timed("search: %,d products".formatted(PRODUCTS), PairedRuns.median(all), Target.atMost(20)),
                    Measurement.timed("search: %,d products, slowest words".formatted(PRODUCTS), slowest, Target.atMost(20)));
        }
    }

    private static void search(MeshSearch search, GovernedMesh mesh, String text)
    {
        int found = mesh.search(search, new SearchRequest(text, Optional.empty(), Optional.empty(), Optional.empty(), ImmutableSet.of(), 20)).size();
        checkState(text.startsWith("nothing") ? found < 20 : found == 20, "%s products were found for %s", found, text);
    }

    private static Governance load()
            throws IOException
    {
        try (MeshDirectory directory = MeshDirectory.create()) {
            Random random = new Random(42);
            StringBuilder mesh = new StringBuilder(
                    """
                    apiVersion: datamesh/v1
                    kind: Mesh
                    metadata: {name: benchmark, owner: platform}
                    spec:
                      conformance: {interoperability: off, pii-handling: off}
                      grants:
                    """);
            for (int domain = 0; domain < DOMAINS; domain++) {
                mesh.append("    - {domain: %1$s, storage: lake, namespaces: [%1$s]}\n".formatted(GeneratedMesh.domain(domain)));
                for (int product = 0; product < PRODUCTS_OF_A_DOMAIN; product++) {
                    directory.write("domains/%s/%s.yaml".formatted(GeneratedMesh.domain(domain), GeneratedMesh.product(product)), descriptor(random, domain, product));
                }
            }
            directory.write("mesh.yaml", mesh.toString());
            Governance governance = Governance.of(new MeshRegistry(directory.path(), Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks()).current());
            List<Problem> errors = governance.problems().stream().filter(Problem::isError).toList();
            checkState(errors.isEmpty(), "The generated mesh has %s problems, first of all %s", errors.size(), errors.stream().findFirst());
            return governance;
        }
    }

    private static String descriptor(Random random, int domain, int product)
    {
        String columns = IntStream.range(0, COLUMNS)
                .mapToObj(column -> "    - {name: %s_%s_%02d, type: varchar, description: %s%s}\n".formatted(word(random), word(random), column, words(random, 5), column == 11 ? ", hidden: true" : ""))
                .collect(joining());
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %2$s-%3$s-%4$03d, domain: %1$s, owner: team-%1$s, version: 1.0.0, tags: [%5$s, %6$s]}
               spec:
                 description: %7$s
                 synonyms: [%8$s]
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: %1$s}
                 accessControl:
                   - {group: %9$s, permissions: [%10$s]}
                 columns:
               %11$s""".formatted(
                GeneratedMesh.domain(domain),
                word(random),
                word(random),
                product,
                word(random),
                word(random),
                words(random, 15),
                words(random, 2),
                product % 10 == 9 ? "others" : "employees",
                // What is not read is decided anew for every question
                product % 10 < 5 ? "read" : "discover",
                columns);
    }

    private static String words(Random random, int count)
    {
        return IntStream.range(0, count).mapToObj(_ -> word(random)).collect(joining(" "));
    }

    private static String word(Random random)
    {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
