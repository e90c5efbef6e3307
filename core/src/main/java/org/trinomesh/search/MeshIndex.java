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
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
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
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.Mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * The index of the words of one generation of the mesh. It contains everything; each search decides what of it its requester
 * may know. Immutable.
 */
final class MeshIndex
{
    private static final int BUFFER_MEGABYTES = 128;

    private final WordAnalyzer analyzer;
    private final List<DataProduct> products;
    private final List<Entry> entries;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final int[] places;
    private final Cache<Object, Visible> visible = CacheBuilder.newBuilder().weakKeys().maximumSize(1_000).build();

    private MeshIndex(WordAnalyzer analyzer, List<DataProduct> products, List<Entry> entries, DirectoryReader reader)
    {
        this.analyzer = requireNonNull(analyzer, "analyzer is null");
        this.products = ImmutableList.copyOf(requireNonNull(products, "products is null"));
        this.entries = ImmutableList.copyOf(requireNonNull(entries, "entries is null"));
        this.reader = requireNonNull(reader, "reader is null");
        List<Integer> byName = IntStream.range(0, products.size())
                .boxed()
                .sorted(comparing((Integer number) -> products.get(number).qualifiedName()).thenComparing(number -> -products.get(number).version().major()))
                .toList();
        this.places = new int[products.size()];
        IntStream.range(0, places.length).forEach(place -> places[byName.get(place)] = place);
        this.searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new OwnWords());
        // The default would be shared by the whole process
        searcher.setQueryCache(null);
    }

    static MeshIndex of(Mesh mesh)
    {
        WordAnalyzer analyzer = new WordAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(new OwnWords()).setUseCompoundFile(false).setRAMBufferSizeMB(BUFFER_MEGABYTES))) {
            MeshDocuments documents = new MeshDocuments(writer);
            documents.add(mesh);
            writer.forceMerge(1);
            writer.commit();
            return new MeshIndex(analyzer, documents.products(), documents.entries(), DirectoryReader.open(directory));
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be made", e);
        }
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
     * The products by their numbers.
     */
    List<DataProduct> products()
    {
        return products;
    }

    /**
     * The place of a product in order of names.
     */
    int place(int product)
    {
        return places[product];
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
            BitSet numbers = new BitSet(entries.size());
            BitSet discoverable = new BitSet(products.size());
            for (int number = 0; number < products.size(); number++) {
                discoverable.set(number, audience.isDiscoverable(products.get(number)));
            }
            Map<MeshTable, Predicate<String>> hiddenColumns = new IdentityHashMap<>();
            for (int number = 0; number < entries.size(); number++) {
                Entry entry = entries.get(number);
                boolean hidden = entry.column()
                        .filter(column -> hiddenColumns.computeIfAbsent(column.table(), audience::hiddenColumns).test(column.name()))
                        .isPresent();
                numbers.set(number, discoverable.get(entry.product()) && !hidden);
            }
            return new Visible(discoverable, numbers);
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
                            hits.add(entries.get(number), scorer.score());
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
        void add(Entry entry, float score);
    }
}
