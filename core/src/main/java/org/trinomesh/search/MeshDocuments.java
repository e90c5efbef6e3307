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
import org.trinomesh.product.ProductTable;

import java.io.IOException;

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

    MeshDocuments(IndexWriter writer)
    {
        this.writer = requireNonNull(writer, "writer is null");
    }

    void add(IndexedProduct indexed)
            throws IOException
    {
        add(indexed.product(), indexed.firstEntry());
        int entry = indexed.firstEntry();
        for (Column column : indexed.columns()) {
            entry++;
            add(column, entry);
        }
    }

    private void add(DataProduct product, int entry)
            throws IOException
    {
        Document document = document(entry);
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

    private void add(Column column, int entry)
            throws IOException
    {
        Document document = document(entry);
        add(document, SearchField.COLUMN_NAME, column.name());
        column.details().businessName().ifPresent(name -> add(document, SearchField.COLUMN_NAME, name));
        column.details().synonyms().forEach(synonym -> add(document, SearchField.COLUMN_NAME, synonym));
        column.description().ifPresent(description -> add(document, SearchField.COLUMN_DETAILS, description));
        column.tags().forEach(tag -> add(document, SearchField.COLUMN_DETAILS, tag));
        column.classification().ifPresent(classification -> add(document, SearchField.COLUMN_DETAILS, classification));
        column.identifier().ifPresent(identifier -> add(document, SearchField.COLUMN_DETAILS, identifier));
        writer.addDocument(document);
    }

    private static Document document(int entry)
    {
        Document document = new Document();
        document.add(new NumericDocValuesField(ENTRY, entry));
        return document;
    }

    private static void add(Document document, SearchField field, String text)
    {
        document.add(new Field(field.indexName(), text, WORDS));
    }
}
