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

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.Mesh;
import org.trinomesh.search.Entry.IndexedColumn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Writes a document for every product and one for every column, so that a search can leave out single columns.
 */
final class MeshDocuments
{
    static final String ENTRY = "entry";

    private static final FieldType WORDS = new FieldType();

    static {
        WORDS.setTokenized(true);
        WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        WORDS.freeze();
    }

    private final IndexWriter writer;
    private final List<DataProduct> products = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    MeshDocuments(IndexWriter writer)
    {
        this.writer = requireNonNull(writer, "writer is null");
    }

    List<DataProduct> products()
    {
        return products;
    }

    List<Entry> entries()
    {
        return entries;
    }

    void add(Mesh mesh)
            throws IOException
    {
        Map<ProductId, Integer> numbers = new HashMap<>();
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                numbers.put(product.id(), products.size());
                add(product);
            }
            for (MeshTable table : (Iterable<MeshTable>) mesh.eachTable(domain.name())::iterator) {
                for (Column column : table.table().columns()) {
                    add(numbers.get(table.product().id()), table, column);
                }
            }
        }
    }

    private void add(DataProduct product)
            throws IOException
    {
        Document document = document(new Entry(products.size(), Optional.empty()));
        products.add(product);
        add(document, SearchField.NAME, product.name());
        product.discovery().synonyms().forEach(synonym -> add(document, SearchField.SYNONYMS, synonym));
        product.tags().forEach(tag -> add(document, SearchField.TAGS, tag));
        add(document, SearchField.DOMAIN, product.domain());
        add(document, SearchField.DESCRIPTION, product.description());
        for (ProductTable table : product.tables()) {
            if (!table.main()) {
                add(document, SearchField.DESCRIPTION, table.name());
            }
            table.description().ifPresent(description -> add(document, SearchField.DESCRIPTION, description));
        }
        add(document, SearchField.OWNER, product.owner());
        writer.addDocument(document);
    }

    private void add(int product, MeshTable table, Column column)
            throws IOException
    {
        Document document = document(new Entry(product, Optional.of(new IndexedColumn(table, column.name()))));
        add(document, SearchField.COLUMN_NAME, column.name());
        column.details().businessName().ifPresent(name -> add(document, SearchField.COLUMN_NAME, name));
        column.details().synonyms().forEach(synonym -> add(document, SearchField.COLUMN_NAME, synonym));
        column.description().ifPresent(description -> add(document, SearchField.COLUMN_DETAILS, description));
        column.tags().forEach(tag -> add(document, SearchField.COLUMN_DETAILS, tag));
        column.classification().ifPresent(classification -> add(document, SearchField.COLUMN_DETAILS, classification));
        column.identifier().ifPresent(identifier -> add(document, SearchField.COLUMN_DETAILS, identifier));
        writer.addDocument(document);
    }

    private Document document(Entry entry)
    {
        Document document = new Document();
        document.add(new NumericDocValuesField(ENTRY, entries.size()));
        entries.add(entry);
        return document;
    }

    private static void add(Document document, SearchField field, String text)
    {
        document.add(new Field(field.indexName(), text, WORDS));
    }
}
