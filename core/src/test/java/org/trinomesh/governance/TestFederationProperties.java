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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static com.google.common.io.Resources.getResource;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever one author writes within the folder of his domain: no decision about another domain's product changes, none of these
 * products vanishes, and no rule of the whole mesh becomes looser for his own. Tried with random meshes and random edits.
 */
final class TestFederationProperties
{
    /**
     * A rule of the whole mesh, in one line; the mesh has some of them.
     */
    private static final List<String> RULES = ImmutableList.of(
            "masks: {id: r, match: {tags: [pii]}, mask: replace-with-null}",
            "masks: {id: r, match: {tags: [PII, home]}, mask: mask-to-fixed-value, except: [{group: governance}]}",
            "masks: {id: r, match: {columns: [\"*mail*\", \"address.*\"]}, mask: mask-alphanum}",
            "masks: {id: r, match: {identifiers: [customer_id]}, mask: sha-256-global}",
            "masks: {id: r, match: {products: [sales.customers, sales.orders], columns: [\"*id\"]}, mask: {action: bucket, width: 10}}",
            "masks: {id: r, match: {classifications: [internal], types: [varchar]}, mask: show-last-4}",
            "hiddenColumns: {id: r, match: {columns: [notes, budget]}, principals: [{group: employees}]}",
            "hiddenColumns: {id: r, match: {classifications: [Restricted]}}",
            "rowFilters: {id: r, match: {products: [sales.orders]}, filter: \"order_id > 10\"}",
            "denials: {id: r, match: {tiers: [GOLD]}, principals: [{group: employees}]}",
            "denials: {id: r, match: {productTags: [secret]}}",
            "classifications: {id: r, match: {columns: [\"*name*\", street]}, classification: restricted}",
            "classifications: {id: r, match: {tags: [pii]}, tags: [home]}");

    /**
     * Words that an author writes in the place of others.
     */
    private static final List<String> WORDS = ImmutableList.of(
            "sales",
            "hr",
            "marketing",
            "customers",
            "orders",
            "people",
            "pay",
            "pii",
            "PII",
            "restricted",
            "Restricted",
            "public",
            "topsecret",
            "customer_id",
            "ssn",
            "none",
            "email",
            "contact",
            "salary",
            "gold",
            "silver",
            "read",
            "admin",
            "employees",
            "guests",
            "lake",
            "files",
            "1.0.0",
            "2.0.0",
            "varchar",
            "bigint",
            "retired",
            "active",
            "true",
            "false",
            "[]",
            "{}",
            "'",
            "\"",
            "😀",
            "\u001b[31m",
            "*",
            "..",
            "~");

    /**
     * Lines that an author adds.
     */
    private static final List<String> LINES = ImmutableList.of(
            "  tags: [secret]",
            "    - {name: contact, type: varchar, physicalName: email}",
            "    - {name: extra, type: bigint}",
            "  masks: [{id: own, match: {columns: [\"*\"]}, mask: show-last-4}]",
            "  hiddenColumns: [{id: own, match: {columns: [\"*\"]}, principals: [{group: guests}]}]",
            "  rowFilters: [{id: own, filter: \"region IS NOT NULL\"}]",
            "  denials: [{id: own, principals: [{group: guests}]}]",
            "  grants: [{id: own, principals: [{group: employees}, {group: guests}], permissions: [read, admin]}]",
            "  classifications: [{id: own, match: {columns: [\"*\"]}, classification: public, replacesEarlier: true}]",
            "  declassify: [{id: own, match: {products: [sales.customers, hr.people], columns: [email, ssn]}, from: [sales.customers.email, hr.people.ssn], unchanged: true, reason: r}]",
            "  checks: [{id: own, expression: \"false\", enforcement: strict}]",
            "  waivers: [{check: a/b, product: hr.pay, until: 2030-01-01, reason: r}]",
            "  deprecation: {replacedBy: hr.pay}",
            "  discoverable: true",
            "---",
            "kind: Mesh",
            "kind: Domain",
            "kind: GovernancePolicy",
            "# nothing");

    private enum Kind
    {
        REPLACE_WORD,
        ADD_LINE,
        DROP_LINE,
        DELETE_FILE,
        COPY_FILE_OF_THE_MESH,
        RENAME_FILE,
        LINK,
        CUT_FILE,
        DUPLICATE_DOCUMENT,
    }

    /**
     * One edit in a domain's folder; numbers are taken modulo what there is.
     */
    private record Edit(Kind kind, int file, int place, int other, String word, String line)
    {
        void apply(Path mesh, String domain)
                throws IOException
        {
            Path folder = mesh.resolve("domains").resolve(domain);
            Files.createDirectories(folder);
            List<Path> own = files(folder);
            List<Path> all = files(mesh);
            if (kind == Kind.COPY_FILE_OF_THE_MESH && !all.isEmpty()) {
                Path target = folder.resolve(ImmutableList.of("copy-%s.yaml", "governance/copy-%s.yaml", "a/copy-%s.yml").get(place % 3).formatted(other));
                if (Files.isSymbolicLink(target.getParent())) {
                    // Leads out of the folder, where the author may not write
                    return;
                }
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(all.get(file % all.size())));
                return;
            }
            if (kind == Kind.LINK) {
                Path link = folder.resolve(ImmutableList.of("a", "z", "governance/a", "a.yaml").get(place % 4));
                if (Files.isDirectory(link.getParent()) && Files.notExists(link, NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, Path.of(ImmutableList.of("..", "../..", "../hr", "../sales", "../../governance", "governance", "../sales/customers/product.yaml", "nowhere", "/tmp").get(other % 9)));
                }
                return;
            }
            if (own.isEmpty()) {
                return;
            }
            Path chosen = own.get(file % own.size());
            List<String> lines = new ArrayList<>(Files.readAllLines(chosen));
            switch (kind) {
                case REPLACE_WORD -> {
                    if (!lines.isEmpty()) {
                        int index = place % lines.size();
                        List<String> words = ImmutableList.copyOf(lines.get(index).split("(?<=[^A-Za-z0-9_.*-])|(?=[^A-Za-z0-9_.*-])"));
                        if (!words.isEmpty()) {
                            List<String> changed = new ArrayList<>(words);
                            changed.set(other % words.size(), word);
                            lines.set(index, String.join("", changed));
                        }
                    }
                    Files.write(chosen, lines);
                }
                case ADD_LINE -> {
                    lines.add(lines.isEmpty() ? 0 : place % (lines.size() + 1), line);
                    Files.write(chosen, lines);
                }
                case DROP_LINE -> {
                    if (!lines.isEmpty()) {
                        lines.remove(place % lines.size());
                    }
                    Files.write(chosen, lines);
                }
                case DELETE_FILE -> Files.delete(chosen);
                case RENAME_FILE -> Files.move(chosen, chosen.resolveSibling(ImmutableList.of("x.yaml", "X.YAML", "x.yml", "x.txt", "x.json", "x.yaml.bak").get(place % 6)), REPLACE_EXISTING);
                case CUT_FILE -> Files.writeString(chosen, Files.readString(chosen).substring(0, place % (Files.readString(chosen).length() + 1)));
                case DUPLICATE_DOCUMENT -> Files.writeString(chosen, Files.readString(chosen) + "---\n" + Files.readString(all.get(other % all.size())));
                case COPY_FILE_OF_THE_MESH, LINK -> throw new IllegalStateException();
            }
        }

        private static List<Path> files(Path folder)
                throws IOException
        {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS)).sorted().collect(toImmutableList());
            }
        }
    }

    @Property(tries = 150)
    void testNoAuthorChangesMoreThanHisOwn(@ForAll("rules") List<String> rules, @ForAll("domains") String author, @ForAll("edits") List<Edit> edits)
            throws IOException, URISyntaxException
    {
        Path directory = Files.createTempDirectory("federation");
        try {
            Path mesh = directory.resolve("mesh");
            Federation.copy(Path.of(getResource("federation").toURI()), mesh);
            for (int index = 0; index < rules.size(); index++) {
                String kind = rules.get(index).substring(0, rules.get(index).indexOf(':'));
                Files.writeString(mesh.resolve("governance/random-%s.yaml".formatted(index)), "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: random-%s}\nspec:\n  %s:\n    -%s\n".formatted(index, kind, rules.get(index).substring(kind.length() + 1)));
            }
            Federation federation = new Federation(mesh);
            assertThat(federation.broken(author, folder -> {
                for (Edit edit : edits) {
                    edit.apply(folder, author);
                }
            })).isEmpty();
        }
        finally {
            deleteRecursively(directory, ALLOW_INSECURE);
        }
    }

    @Provide
    static Arbitrary<List<String>> rules()
    {
        return Arbitraries.of(RULES).list().uniqueElements().ofMaxSize(5);
    }

    @Provide
    static Arbitrary<String> domains()
    {
        return Arbitraries.of("hr", "sales", "sales", "marketing");
    }

    @Provide
    static Arbitrary<List<Edit>> edits()
    {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 997);
        return Combinators.combine(Arbitraries.frequencyOf(
                                Tuple.of(8, Arbitraries.just(Kind.REPLACE_WORD)),
                                Tuple.of(5, Arbitraries.of(Kind.ADD_LINE, Kind.DROP_LINE)),
                                Tuple.of(3, Arbitraries.of(Kind.values()))),
                        numbers,
                        numbers,
                        numbers,
                        Arbitraries.of(WORDS),
                        Arbitraries.of(LINES))
                .as(Edit::new)
                .list().ofMinSize(1).ofMaxSize(4);
    }
}
