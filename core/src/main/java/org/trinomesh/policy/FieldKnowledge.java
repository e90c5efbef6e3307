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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnField;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TableSource;
import org.trinomesh.text.Words;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What is known of the physical tables of the mesh: every word that a data product says of a field of a table, or said since the mesh keeps
 * knowledge. Therefore the author of a product cannot escape a rule of the whole mesh by dropping a word, by renaming the column, or by
 * publishing the table again. Immutable; each generation adds to the knowledge of the one before.
 */
public final class FieldKnowledge
{
    public static final FieldKnowledge NONE = new FieldKnowledge(ImmutableMap.of());

    private final Map<PhysicalTable, KnownTable> tables;

    public FieldKnowledge(Map<PhysicalTable, KnownTable> tables)
    {
        this.tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
    }

    public Map<PhysicalTable, KnownTable> tables()
    {
        return tables;
    }

    /**
     * Nothing is known of the table of a query: what follows for its columns comes from those that it reads.
     */
    public KnownTable of(TableSource source)
    {
        return switch (source) {
            case PhysicalTable table -> tables.getOrDefault(table, KnownTable.NONE);
            case SqlQuery _ -> KnownTable.NONE;
        };
    }

    /**
     * What is known of all tables of a product.
     */
    public List<KnownTable> of(DataProduct product)
    {
        return product.tables().stream().map(table -> of(table.source())).collect(toImmutableList());
    }

    /**
     * With what products say now.
     *
     * @param products with what each inherits from its domain
     * @return the same object when they say nothing new
     */
    public FieldKnowledge with(Map<DataProduct, DomainRules> products)
    {
        Map<PhysicalTable, KnownTable> all = new HashMap<>(tables);
        // Side by side, since a start asks for every product
        products.entrySet().parallelStream()
                .flatMap(entry -> entry.getKey().tables().stream().flatMap(table -> table.physical().map(source -> Map.entry(source, said(entry.getKey(), entry.getValue(), table))).stream()))
                .toList()
                .forEach(said -> all.merge(said.getKey(), said.getValue(), KnownTable::and));
        return all.equals(tables) ? this : new FieldKnowledge(all);
    }

    /**
     * The union of both.
     */
    public FieldKnowledge and(FieldKnowledge other)
    {
        Map<PhysicalTable, KnownTable> all = new HashMap<>(tables);
        other.tables.forEach((table, known) -> all.merge(table, known, KnownTable::and));
        return all.equals(tables) ? this : new FieldKnowledge(all);
    }

    private static KnownTable said(DataProduct product, DomainRules domain, ProductTable table)
    {
        ImmutableMap.Builder<String, ColumnWords> columns = ImmutableMap.builder();
        for (Column column : table.columns()) {
            ColumnAttributes attributes = ColumnClassifier.said(product, domain, column, IdentifierTypes.unknown(product.domain()));
            String physicalName = Words.key(physicalName(column));
            put(columns, physicalName, attributes.said());
            column.fieldId().ifPresent(id -> put(columns, byId(id), attributes.said()));
            column.fields().forEach(field -> put(columns, physicalName, field, column.name()));
        }
        return new KnownTable(ImmutableSet.of(ProductWords.of(product)), ImmutableSortedMap.copyOf(columns.buildKeepingLast()));
    }

    private static void put(ImmutableMap.Builder<String, ColumnWords> columns, String parent, ColumnField field, String promisedParent)
    {
        String path = parent + "." + Words.key(field.name());
        put(columns, path, ColumnWords.of(
                ImmutableSet.of(promisedParent + "." + field.name()),
                field.classification().stream().collect(toImmutableSet()),
                field.tags(),
                field.identifier().stream().collect(toImmutableSet())));
        field.fields().forEach(inner -> put(columns, path, inner, promisedParent + "." + field.name()));
    }

    private static void put(ImmutableMap.Builder<String, ColumnWords> columns, String path, ColumnWords words)
    {
        boolean saysMore = !words.classifications().isEmpty() || !words.tags().isEmpty() || !words.identifiers().isEmpty() || words.names().stream().anyMatch(name -> !name.equals(path));
        if (saysMore) {
            columns.put(path, words);
        }
    }

    /**
     * What is known of a column of a table: by its name there, and by its field id where documents say that.
     */
    public static KnownWords known(KnownTable table, Column column)
    {
        KnownWords byName = table.column(physicalName(column));
        return column.fieldId().isPresent() ? byName.and(table.column(byId(column.fieldId().getAsInt()))) : byName;
    }

    /**
     * A key that no column name equals.
     */
    private static String byId(int fieldId)
    {
        return KnownTable.ID + fieldId;
    }

    /**
     * What the table itself calls a column, as far as documents tell.
     */
    public static String physicalName(Column column)
    {
        return column.details().physicalName().orElse(column.name());
    }

    /**
     * Names of a column besides the promised one.
     */
    public static List<String> otherNames(Column column)
    {
        if (column.details().physicalName().isEmpty() && column.details().encryptedName().isEmpty()) {
            return ImmutableList.of();
        }
        return Stream.of(column.details().physicalName(), column.details().encryptedName())
                .flatMap(Optional::stream)
                .collect(toImmutableList());
    }

    @Override
    public boolean equals(Object other)
    {
        return other instanceof FieldKnowledge that && tables.equals(that.tables);
    }

    @Override
    public int hashCode()
    {
        return tables.hashCode();
    }
}
