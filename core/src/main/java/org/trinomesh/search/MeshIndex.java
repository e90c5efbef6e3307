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

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductId;
import org.trinomesh.registry.Mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * The index of the words of the mesh, for one generation. It contains everything; each search decides what of it its requester
 * may know. Immutable.
 */
final class MeshIndex
{
    private final WordAnalyzer analyzer;
    // By number; nothing for products that are not in this generation, or with other words
    private final IndexedProduct[] products;
    // The products as this generation has them, with the decisions about them
    private final DataProduct[] served;
    private final Map<ProductId, IndexedProduct> indexed;
    // By number. Not the mesh: it is the weak key by which this index is kept
    private final Map<Integer, List<MeshTable>> tables;
    private final boolean complete;
    // The number of the product of each entry
    private final int[] owners;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final int[] places;
    private final Cache<Object, Visible> visible = CacheBuilder.newBuilder().weakKeys().maximumSize(1_000).build();

    private MeshIndex(Mesh mesh, WordAnalyzer analyzer, Map<ProductId, IndexedProduct> indexed, int products, int entries, DirectoryReader reader)
    {
        this.analyzer = requireNonNull(analyzer, "analyzer is null");
        this.indexed = ImmutableMap.copyOf(requireNonNull(indexed, "indexed is null"));
        this.reader = requireNonNull(reader, "reader is null");
        this.products = new IndexedProduct[products];
        this.served = new DataProduct[products];
        this.owners = new int[entries];
        this.places = new int[products];
        List<DataProduct> byName = mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .sorted(comparing(DataProduct::qualifiedName).thenComparing(product -> -product.version().major()))
                .toList();
        ImmutableMap.Builder<Integer, List<MeshTable>> tables = ImmutableMap.builder();
        boolean complete = true;
        int place = 0;
        for (DataProduct product : byName) {
            IndexedProduct known = indexed.get(product.id());
            if (known != null && known.isOf(mesh, product)) {
                this.products[known.number()] = known;
                served[known.number()] = product;
                places[known.number()] = place;
                tables.put(known.number(), mesh.tablesOf(product).toList());
                Arrays.fill(owners, known.firstEntry(), known.firstEntry() + known.entries(), known.number());
            }
            else {
                complete = false;
            }
            place++;
        }
        this.tables = tables.buildOrThrow();
        this.complete = complete;
        this.searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new OwnWords());
        // The default would be shared by the whole process
        searcher.setQueryCache(null);
    }

    /**
     * @param products how many numbers of products there are, also of those that are gone
     * @param entries the same of entries
     * @param reader belongs to the index from now on
     */
    static MeshIndex of(Mesh mesh, WordAnalyzer analyzer, Map<ProductId, IndexedProduct> indexed, int products, int entries, DirectoryReader reader)
    {
        return new MeshIndex(mesh, analyzer, indexed, products, entries, reader);
    }

    /**
     * The same words for another generation of the mesh: without the products that are not in this generation, or of which it says something
     * else. What an earlier generation said may not be what a requester of this one may know.
     *
     * @return nothing when the index was closed
     */
    Optional<MeshIndex> forGeneration(Mesh other)
    {
        return acquire() ? Optional.of(new MeshIndex(other, analyzer, indexed, products.length, owners.length, reader)) : Optional.empty();
    }

    /**
     * Whether it has all products of its generation.
     */
    boolean isComplete()
    {
        return complete;
    }

    /**
     * Keeps it open for one search.
     *
     * @return whether it still is
     */
    boolean acquire()
    {
        return reader.tryIncRef();
    }

    void release()
    {
        try {
            reader.decRef();
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be closed", e);
        }
    }

    /**
     * How many numbers of products there are.
     */
    int size()
    {
        return products.length;
    }

    /**
     * @param number of a product that somebody may know
     */
    DataProduct product(int number)
    {
        return served[number];
    }

    /**
     * The place of a product in order of names.
     */
    int place(int product)
    {
        return places[product];
    }

    /**
     * The column of an entry; nothing for the entry of a product itself.
     */
    Optional<String> column(int entry)
    {
        IndexedProduct product = products[owners[entry]];
        return entry == product.firstEntry() ? Optional.empty() : Optional.of(product.columns().get(entry - product.firstEntry() - 1).name());
    }

    List<WordAnalyzer.Word> words(String text)
    {
        return analyzer.words(text);
    }

    /**
     * The numbers of everything that one requester may know. Computed once for all requesters whom the rules do not
     * distinguish, so that a search evaluates no rule.
     */
    Visible visible(SearchAudience audience)
    {
        return visible.asMap().computeIfAbsent(audience.key(), _ -> {
            BitSet entries = new BitSet(owners.length);
            BitSet discoverable = new BitSet(products.length);
            for (int number = 0; number < products.length; number++) {
                if (served[number] != null && audience.isDiscoverable(served[number])) {
                    discoverable.set(number);
                    int entry = products[number].firstEntry();
                    entries.set(entry);
                    for (MeshTable table : tables.get(number)) {
                        Predicate<String> hidden = audience.hiddenColumns(table);
                        for (Column column : table.table().columns()) {
                            entry++;
                            entries.set(entry, !hidden.test(column.name()));
                        }
                    }
                }
            }
            return new Visible(discoverable, entries);
        });
    }

    /**
     * The words of a field that are like a word in one of these ways, also those that only hidden products have.
     */
    Set<Term> terms(SearchField field, List<CompiledAutomaton> likenesses)
    {
        ImmutableSet.Builder<Term> found = ImmutableSet.builder();
        try {
            for (LeafReaderContext leaf : reader.leaves()) {
                Terms terms = leaf.reader().terms(field.indexName());
                if (terms != null) {
                    for (CompiledAutomaton likeness : likenesses) {
                        TermsEnum similar = likeness.getTermsEnum(terms);
                        for (BytesRef term = similar.next(); term != null; term = similar.next()) {
                            found.add(new Term(field.indexName(), BytesRef.deepCopyOf(term)));
                        }
                    }
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be read", e);
        }
        return found.build();
    }

    /**
     * The entries with a word, of the given entries only.
     */
    void find(Term term, BitSet among, Hits hits)
    {
        try {
            Weight weight = searcher.createWeight(new TermQuery(term), ScoreMode.COMPLETE, 1);
            for (LeafReaderContext leaf : reader.leaves()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer != null) {
                    NumericDocValues numbers = leaf.reader().getNumericDocValues(MeshDocuments.ENTRY);
                    DocIdSetIterator documents = scorer.iterator();
                    for (int document = documents.nextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents.nextDoc()) {
                        numbers.advanceExact(document);
                        int number = (int) numbers.longValue();
                        if (among.get(number)) {
                            hits.add(number, owners[number], scorer.score());
                        }
                    }
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be read", e);
        }
    }

    /**
     * What one requester may know.
     *
     * @param products the numbers of products, not to be changed
     * @param entries the numbers of entries, not to be changed
     */
    record Visible(BitSet products, BitSet entries)
    {
        Visible
        {
            requireNonNull(products, "products is null");
            requireNonNull(entries, "entries is null");
        }
    }

    interface Hits
    {
        /**
         * @param product the number of the product of the entry
         */
        void add(int entry, int product, float score);
    }
}
