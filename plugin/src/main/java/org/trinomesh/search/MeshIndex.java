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
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The words of one generation of the mesh, of everything in it and for nobody in particular: who asks decides what counts.
 * Never changes.
 */
final class MeshIndex
{
    private final WordAnalyzer analyzer;
    private final List<DataProduct> products;
    private final List<Entry> entries;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private MeshIndex(WordAnalyzer analyzer, List<DataProduct> products, List<Entry> entries, DirectoryReader reader)
    {
        this.analyzer = requireNonNull(analyzer, "analyzer is null");
        this.products = ImmutableList.copyOf(requireNonNull(products, "products is null"));
        this.entries = ImmutableList.copyOf(requireNonNull(entries, "entries is null"));
        this.reader = requireNonNull(reader, "reader is null");
        this.searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new OwnWords());
        // Shared by the whole process otherwise
        searcher.setQueryCache(null);
    }

    static MeshIndex of(Mesh mesh)
    {
        WordAnalyzer analyzer = new WordAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(new OwnWords()).setUseCompoundFile(false))) {
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

    List<WordAnalyzer.Word> words(String text)
    {
        return analyzer.words(text);
    }

    /**
     * Everything that a query finds, also what the requester may not know.
     */
    void find(Query query, Hits hits)
    {
        try {
            Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE, 1);
            for (LeafReaderContext leaf : reader.leaves()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer != null) {
                    NumericDocValues numbers = leaf.reader().getNumericDocValues(MeshDocuments.ENTRY);
                    DocIdSetIterator documents = scorer.iterator();
                    for (int document = documents.nextDoc(); document != DocIdSetIterator.NO_MORE_DOCS; document = documents.nextDoc()) {
                        numbers.advanceExact(document);
                        hits.add(entries.get((int) numbers.longValue()), scorer.score());
                    }
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be read", e);
        }
    }

    interface Hits
    {
        void add(Entry entry, float score);
    }
}
