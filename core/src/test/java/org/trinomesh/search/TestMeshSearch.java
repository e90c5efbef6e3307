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
package org.trinomesh.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.mesh;

/**
 * Ana may read the products of the sales domain, and its team sees their hidden columns, too. Nobody but the people team may
 * know of salaries.
 */
final class TestMeshSearch
{
    private static final int THINGS = 150;
    private static final Mesh PLAIN = new Files().load();

    private static final class Files
    {
        private final ImmutableMap.Builder<String, String> files = ImmutableMap.builder();

        Files()
        {
            files.put("customer_360.yaml", product(
                    "customer-360",
                    "sales",
                    "analysts",
                    "Every customer once, with churn risk",
                    "tags: [crm], ",
                    "synonyms: [client, account-holder]",
                    "{name: customer_id, type: bigint}",
                    "{name: email, type: varchar, description: 'Where to write to'}",
                    "{name: shoe_size, type: integer, hidden: true, synonyms: [footwear]}"));
            files.put("orders.yaml", product(
                    "orders",
                    "sales",
                    "analysts",
                    "What customers ordered, whether a customer came back or not, and when each customer paid",
                    "tags: [crm, finance], ",
                    "",
                    "{name: customer_id, type: bigint}",
                    "{name: paid_on, type: date, tags: [billing]}"));
            files.put("campaigns.yaml", product(
                    "campaigns",
                    "marketing",
                    "analysts",
                    "Letters to people in Zürich",
                    "",
                    "",
                    "{name: campaign, type: varchar}",
                    "{name: customer_count, type: bigint}"));
        }

        Files with(String file, String text)
        {
            files.put(file, text);
            return this;
        }

        Mesh load()
        {
            Mesh mesh = mesh(files.buildOrThrow());
            assertThat(mesh.problems()).noneMatch(Problem::isError);
            return mesh;
        }
    }

    @Test
    void testNamesComeBeforeDescriptionsAndThoseBeforeColumns()
    {
        assertThat(search("customer")).containsExactly(
                "sales.customer_360: name, description, column customer_id",
                "sales.orders: description, column customer_id",
                "marketing.campaigns: column customer_count");
        assertThat(search("client")).containsExactly("sales.customer_360: synonyms");
        assertThat(search("holder of accounts")).containsExactly("sales.customer_360: synonyms");
        assertThat(search("finance")).containsExactly("sales.orders: tags");
        assertThat(search("billing")).containsExactly("sales.orders: column paid_on");
    }

    @Test
    void testWordsOfIdentifiersAndTheirForms()
    {
        for (String text : List.of("customer_360", "360", "Customer360", "CUSTOMER-360", "customers churned 360")) {
            assertThat(search(text).getFirst()).as(text).startsWith("sales.customer_360: name");
        }
        assertThat(search("ordering")).containsExactly("sales.orders: name, description");
        assertThat(search("zurich")).containsExactly("marketing.campaigns: description");
        assertThat(search("ZÜRICH")).containsExactly("marketing.campaigns: description");
    }

    @Test
    void testWhoHasMoreOfTheWordsComesFirst()
    {
        assertThat(search("customer paid")).first().asString().startsWith("sales.orders: ");
        assertThat(search("customer churn")).first().asString().startsWith("sales.customer_360: ");
    }

    @Test
    void testTypingErrorsCountWhenNothingHasTheWord()
    {
        assertThat(search("custmer")).first().asString().startsWith("sales.customer_360: name");
        assertThat(search("campagins")).containsExactly("marketing.campaigns: name, column campaign");
        assertThat(search("camp")).containsExactly("marketing.campaigns: name, column campaign");
        // An order is no border, but nothing here has the word
        assertThat(search("oders")).first().asString().startsWith("sales.orders: name");
        assertThat(found(PLAIN, "ana", "analysts", request("custmer")).getFirst().score())
                .isLessThan(found(PLAIN, "ana", "analysts", request("customer")).getFirst().score());
        assertThat(search("xylophone")).isEmpty();
        assertThat(search("361")).isEmpty();
    }

    @Test
    void testNoCharacterMeansAnything()
    {
        for (String text : List.of("+customer -orders", "name:customer", "customer AND NOT (orders", "\"customer", "customer~2", "custom?r* customer", "customer^9", "[customer TO", "\\customer", "customer && ||", "{!x}customer", "customer\u0000")) {
            assertThat(search(text)).as(text).isNotEmpty().first().asString().startsWith("sales.");
        }
        for (String text : List.of("*", "~", "\"\"", "the", "???", "%", "\\", "::", "\uD800")) {
            assertThat(search(text)).as(text).isEmpty();
        }
        assertThat(search("customer ".repeat(100_000))).hasSize(3);
        assertThat(search("a" + "b".repeat(100_000))).isEmpty();
        assertThat(search("abcdefghcustomer ".repeat(10_000))).isEmpty();
    }

    @Test
    void testFilters()
    {
        assertThat(names(PLAIN, new SearchRequest("customer", Optional.of("marketing"), Optional.empty(), Optional.empty(), Set.of(), 20))).containsExactly("marketing.campaigns");
        assertThat(names(PLAIN, new SearchRequest("customer", Optional.empty(), Optional.of("Gold"), Optional.of("sales-team"), Set.of(), 20))).containsExactly("sales.customer_360", "sales.orders");
        assertThat(names(PLAIN, new SearchRequest("customer", Optional.empty(), Optional.of("bronze"), Optional.empty(), Set.of(), 20))).isEmpty();
        assertThat(names(PLAIN, new SearchRequest("customer", Optional.empty(), Optional.empty(), Optional.empty(), Set.of("CRM", "finance"), 20))).containsExactly("sales.orders");
        assertThat(names(PLAIN, new SearchRequest("customer", Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), 1))).containsExactly("sales.customer_360");
    }

    @Test
    void testHiddenColumnsNeitherMatchNorAreNamed()
    {
        for (String text : List.of("shoe", "shoe_size", "footwear", "footwaer", "sho")) {
            assertThat(search(text)).as(text).isEmpty();
        }
        assertThat(search("customer shoe size")).isEqualTo(search("customer"));
    }

    @Test
    void testEveFindsNothing()
    {
        assertThat(found(PLAIN, "eve", "nobody", request("customer orders campaigns"))).isEmpty();
        assertThat(found(PLAIN, "emma", "employees", request("campaigns"))).hasSize(1);
    }

    /**
     * In the other mesh there are hidden products, which would make words rarer or more common, texts longer on average, and be
     * the nearest to typing errors; and a hidden column has other words.
     */
    @Test
    void testScoresTellNothingOfWhatIsHidden()
    {
        Files files = new Files();
        for (int number = 0; number < 50; number++) {
            files.with("secret" + number + ".yaml", secret("custmer-campagins-" + number));
        }
        Mesh other = files.load();
        for (String text : List.of("customer", "custmer", "campagins", "salaries", "wage", "churn customer", "customer paid wage", "cust", "shoe", "oders", "people", "team", "crm")) {
            assertThat(found(other, "ana", "analysts", request(text)).stream().map(found -> found.product().qualifiedName() + found.score() + found.matched()).toList())
                    .as(text)
                    .isEqualTo(found(PLAIN, "ana", "analysts", request(text)).stream().map(found -> found.product().qualifiedName() + found.score() + found.matched()).toList());
        }
        assertThat(found(other, "pia", "people-team", request("custmer"))).hasSize(20);
    }

    @Test
    void testEveryGenerationHasItsWords()
    {
        try (MeshSearch search = new MeshSearch()) {
            for (int generation = 0; generation < 5; generation++) {
                Mesh mesh = new Files().with("new.yaml", product("thing-" + generation, "sales", "analysts", "New", "", "", "{name: a, type: bigint}")).load();
                assertThat(governed(PLAIN, "ana", "analysts").search(search, request("thing"))).isEmpty();
                assertThat(governed(mesh, "ana", "analysts").search(search, request("thing")).getFirst().product().name()).isEqualTo("thing-" + generation);
            }
            search.close();
            assertThat(governed(PLAIN, "ana", "analysts").search(search, request("customer"))).hasSize(3);
        }
    }

    @Test
    void testOnlyWhatChangedIsIndexedAgain()
    {
        try (MeshSearch search = new MeshSearch()) {
            search.prepare(PLAIN);
            assertThat(search.indexedProducts()).isEqualTo(3);
            search.prepare(new Files().load());
            assertThat(search.indexedProducts()).isEqualTo(3);
            search.prepare(new Files().with("new.yaml", product("thing", "sales", "analysts", "New", "", "", "{name: a, type: bigint}")).load());
            assertThat(search.indexedProducts()).isEqualTo(4);
            search.prepare(PLAIN);
            assertThat(search.indexedProducts()).isEqualTo(4);
            assertThat(governed(PLAIN, "ana", "analysts").search(search, request("thing"))).isEmpty();
            // An index that is mostly of what is gone is made anew
            for (int generation = 0; generation < 12; generation++) {
                search.prepare(things("generation" + generation));
            }
            assertThat(search.indexedProducts()).isLessThan(12 * THINGS);
            assertThat(governed(things("generation11"), "ana", "analysts").search(search, request("generation11"))).hasSize(20);
        }
    }

    /**
     * The index is not ready for a generation in which a product is gone, one is hidden from Ana, one hides a column, and one says something
     * else: she finds none of that, also not by the words of the generation before.
     */
    @Test
    void testWhileTheIndexIsMadeNothingShowsThatMayNoLonger()
    {
        List<Runnable> waiting = new ArrayList<>();
        try (MeshSearch search = new MeshSearch(waiting::add)) {
            Mesh before = things(
                    "old",
                    "gone",
                    product("gone", "sales", "analysts", "Formerly", "", "", "{name: a, type: bigint}"),
                    "revoked",
                    product("revoked", "sales", "analysts", "Formerly", "", "", "{name: a, type: bigint}"),
                    "hiding",
                    product("hiding", "sales", "analysts", "Formerly", "", "", "{name: footwear, type: bigint}"),
                    "edited",
                    product("edited", "sales", "analysts", "Formerly secret", "", "", "{name: a, type: bigint}"));
            search.prepare(before);
            assertThat(governed(before, "ana", "analysts").search(search, request("formerly"))).hasSize(4);
            Mesh after = things(
                    "new",
                    "revoked",
                    product("revoked", "sales", "people-team", "Formerly", "", "", "{name: a, type: bigint}").replace("  description:", "  discoverable: false\n  description:"),
                    "hiding",
                    product("hiding", "sales", "analysts", "Formerly", "", "", "{name: footwear, type: bigint, hidden: true}", "{name: b, type: bigint}"),
                    "edited",
                    product("edited", "sales", "analysts", "Now public", "", "", "{name: a, type: bigint}"));
            GovernedMesh ana = governed(after, "ana", "analysts");
            for (String text : List.of("formerly", "gone", "revoked", "footwear", "secret", "old")) {
                assertThat(ana.search(search, request(text))).as(text).isEmpty();
            }
            // What is the same in both is found meanwhile
            assertThat(ana.search(search, request("customer"))).hasSize(3);
            assertThat(ana.search(search, request("public"))).isEmpty();
            // And whoever still asks the generation before gets its answers
            assertThat(governed(before, "ana", "analysts").search(search, request("formerly"))).hasSize(4);
            assertThat(waiting).hasSize(1);
            waiting.forEach(Runnable::run);
            assertThat(ana.search(search, request("public"))).extracting(found -> found.product().name()).containsExactly("edited");
            assertThat(ana.search(search, request("formerly"))).extracting(found -> found.product().name()).containsExactly("hiding");
            for (String text : List.of("gone", "revoked", "footwear", "secret", "old")) {
                assertThat(ana.search(search, request(text))).as(text).isEmpty();
            }
        }
    }

    /**
     * Also when nothing else is new: making the index anew takes as long as for the whole mesh.
     */
    @Test
    void testNoSearchMakesAnIndexAnew()
    {
        List<Runnable> waiting = new ArrayList<>();
        try (MeshSearch search = new MeshSearch(waiting::add)) {
            int generation = 0;
            int indexed = -1;
            // Until the index is mostly of what is gone: the next preparation would begin anew
            while (generation < 9) {
                search.prepare(things("generation" + generation));
                assertThat(search.indexedProducts()).isGreaterThan(indexed);
                indexed = search.indexedProducts();
                generation++;
            }
            Mesh mesh = things("generation8", "more", product("more", "sales", "analysts", "More", "", "", "{name: a, type: bigint}"));
            assertThat(governed(mesh, "ana", "analysts").search(search, request("generation8"))).hasSize(20);
            assertThat(governed(mesh, "ana", "analysts").search(search, request("more"))).isEmpty();
            assertThat(search.indexedProducts()).isEqualTo(indexed);
            assertThat(waiting).hasSize(1);
            waiting.forEach(Runnable::run);
            assertThat(search.indexedProducts()).isEqualTo(THINGS + 4);
            assertThat(governed(mesh, "ana", "analysts").search(search, request("more"))).hasSize(1);
        }
    }

    @Test
    void testNoSearchIndexesManyColumns()
    {
        List<Runnable> waiting = new ArrayList<>();
        try (MeshSearch search = new MeshSearch(waiting::add)) {
            search.prepare(PLAIN);
            Mesh wide = new Files().with("wide.yaml", product("wide", "sales", "analysts", "Wide", "", "", columns(1_200))).load();
            assertThat(governed(wide, "ana", "analysts").search(search, request("wide"))).isEmpty();
            assertThat(search.indexedProducts()).isEqualTo(3);
            assertThat(waiting).hasSize(1);
        }
    }

    /**
     * The preparation may fail, or be of another generation.
     */
    @Test
    void testAPartialIndexIsCompletedLater()
    {
        List<Runnable> waiting = new ArrayList<>();
        try (MeshSearch search = new MeshSearch(waiting::add)) {
            search.prepare(PLAIN);
            Mesh first = things("first");
            Mesh second = things("second");
            assertThat(governed(first, "ana", "analysts").search(search, request("first"))).isEmpty();
            assertThat(governed(second, "ana", "analysts").search(search, request("second"))).isEmpty();
            assertThat(waiting).as("one at a time").hasSize(1);
            waiting.removeFirst().run();
            assertThat(governed(second, "ana", "analysts").search(search, request("second"))).isEmpty();
            waiting.removeFirst().run();
            assertThat(governed(second, "ana", "analysts").search(search, request("second"))).hasSize(20);
            assertThat(waiting).isEmpty();
            // What comes after the end is for nobody
            assertThat(governed(things("third"), "ana", "analysts").search(search, request("third"))).isEmpty();
            search.close();
            waiting.removeFirst().run();
            assertThat(search.indexedProducts()).isZero();
        }
    }

    @Test
    void testTheIndexDoesNotKeepTheMesh()
            throws InterruptedException
    {
        try (MeshSearch search = new MeshSearch()) {
            WeakReference<Mesh> mesh = prepared(search);
            for (int round = 0; round < 100 && mesh.get() != null; round++) {
                System.gc();
                Thread.sleep(20);
            }
            assertThat(mesh.get()).isNull();
        }
    }

    private static WeakReference<Mesh> prepared(MeshSearch search)
    {
        Mesh mesh = new Files().load();
        search.prepare(mesh);
        assertThat(governed(mesh, "ana", "analysts").search(search, request("customer"))).hasSize(3);
        return new WeakReference<>(mesh);
    }

    private static String[] columns(int count)
    {
        return IntStream.range(0, count).mapToObj("{name: column_%s, type: bigint}"::formatted).toArray(String[]::new);
    }

    /**
     * A mesh with so many products of that description that a search does not index them itself.
     */
    private static Mesh things(String description, String... more)
    {
        Files files = new Files();
        for (int number = 0; number < THINGS; number++) {
            files.with("thing%s.yaml".formatted(number), product("thing-" + number, "sales", "analysts", description, "", "", columns(10)));
        }
        for (int index = 0; index < more.length; index += 2) {
            files.with(more[index] + ".yaml", more[index + 1]);
        }
        return files.load();
    }

    private static String secret(String name)
    {
        return product(name, "sales", "people-team", "Customer customers and their wages, churn, orders, in many words that make texts longer on average", "", "synonyms: [shoe, salaries]", "{name: wage, type: bigint}", "{name: customer_id, type: bigint}")
                .replace("  description:", "  discoverable: false\n  description:");
    }

    private static String product(String name, String domain, String readers, String description, String metadata, String spec, String... columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %1$s, domain: %2$s, owner: %2$s-team, %3$sversion: 1.0.0}
               spec:
                 description: %4$s
                 classification: {tier: gold}
                 %5$s
                 outputPorts: [{name: sql, type: sql, catalog: lake, schema: %2$s}]
                 columns:
                   - %6$s
                 accessControl:
                   - {group: %7$s, permissions: [read]}
               """.formatted(name, domain, metadata, description, spec, String.join("\n    - ", columns), readers);
    }

    private static List<String> search(String text)
    {
        return found(PLAIN, "ana", "analysts", request(text)).stream()
                .map(found -> found.product().qualifiedName() + ": " + String.join(", ", found.matched()))
                .collect(toImmutableList());
    }

    private static List<String> names(Mesh mesh, SearchRequest request)
    {
        return found(mesh, "ana", "analysts", request).stream()
                .map(found -> found.product().qualifiedName())
                .collect(toImmutableList());
    }

    private static SearchRequest request(String text)
    {
        return new SearchRequest(text, Optional.empty(), Optional.empty(), Optional.empty(), ImmutableSet.of(), 20);
    }

    private static List<Found> found(Mesh mesh, String user, String group, SearchRequest request)
    {
        try (MeshSearch search = new MeshSearch()) {
            return ImmutableList.copyOf(governed(mesh, user, group).search(search, request));
        }
    }

    private static GovernedMesh governed(Mesh mesh, String user, String group)
    {
        return new GovernedMesh(Governance.of(mesh), new Requester(user, Set.of(group), Set.of()), mesh.loadedAt());
    }
}
