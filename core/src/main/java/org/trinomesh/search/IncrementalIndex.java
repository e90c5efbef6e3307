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

import com.google.common.collect.ImmutableMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.ProductId;
import org.trinomesh.registry.Mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The index that follows the mesh from generation to generation. Only products that changed are indexed again; entries of what
 * they were before stay unused. To be used by one thread at a time.
 */
final class IncrementalIndex
        implements AutoCloseable
{
    private static final int BUFFER_MEGABYTES = 128;
    private static final int FEW_ENTRIES = 10_000;

    private final WordAnalyzer analyzer = new WordAnalyzer();
    private final IndexWriter writer;
    private final MeshDocuments documents;
    private Map<ProductId, IndexedProduct> indexed = ImmutableMap.of();
    private int products;
    private int entries;

    IncrementalIndex()
    {
        try {
            this.writer = new IndexWriter(new ByteBuffersDirectory(), new IndexWriterConfig(analyzer)
                    .setSimilarity(new OwnWords())
                    .setUseCompoundFile(false)
                    .setMergeScheduler(new SerialMergeScheduler())
                    .setRAMBufferSizeMB(BUFFER_MEGABYTES));
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be made", e);
        }
        this.documents = new MeshDocuments(writer);
    }

    /**
     * How many entries would have to be indexed for this mesh.
     */
    int missing(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .filter(product -> !has(mesh, product))
                .mapToInt(product -> IndexedProduct.of(mesh, product, products, entries).entries())
                .sum();
    }

    private boolean has(Mesh mesh, DataProduct product)
    {
        IndexedProduct known = indexed.get(product.id());
        return known != null && known.isOf(mesh, product);
    }

    int products()
    {
        return products;
    }

    /**
     * Whether most entries are of what is no longer there, so that a new index is better than this one.
     */
    boolean isMostlyStale()
    {
        return entries > FEW_ENTRIES + 2 * indexed.values().stream().mapToInt(IndexedProduct::entries).sum();
    }

    /**
     * When it fails, the entries that it added already stay unused.
     */
    MeshIndex update(Mesh mesh)
    {
        try {
            Map<ProductId, IndexedProduct> next = new HashMap<>();
            for (Domain domain : mesh.domains()) {
                for (DataProduct product : domain.products()) {
                    next.put(product.id(), has(mesh, product) ? indexed.get(product.id()) : add(mesh, product));
                }
            }
            // Known only when it can be read: what fails before is indexed again
            DirectoryReader reader = DirectoryReader.open(writer);
            indexed = ImmutableMap.copyOf(next);
            return MeshIndex.of(mesh, analyzer, indexed, products, entries, reader);
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be made", e);
        }
    }

    private IndexedProduct add(Mesh mesh, DataProduct product)
            throws IOException
    {
        IndexedProduct added = IndexedProduct.of(mesh, product, products, entries);
        // Before it is written: what fails midway must not share its numbers with another product
        products++;
        entries += added.entries();
        documents.add(added);
        return added;
    }

    /**
     * What was made of it before stays usable.
     */
    @Override
    public void close()
    {
        try {
            writer.rollback();
        }
        catch (IOException e) {
            throw new UncheckedIOException("The index of the mesh could not be closed", e);
        }
    }
}
