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
package org.trinomesh.query;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Table;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.product.Column;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.type.DataType;
import org.trinomesh.type.SqlLiteral;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The query of a product as statements that read no table: in place of each table they have an empty relation with its columns. So an
 * engine tells what is wrong with the query and which types its columns have, also when nothing of it is served yet, and whatever
 * the user may read who asks.
 */
public final class DetachedQuery
{
    private static final SqlParser PARSER = new SqlParser();

    private final String prefix;
    private final EditedText query;
    // By the full names of tables. Each has a line of every statement
    private final Map<List<String>, Relation> relations = new LinkedHashMap<>();

    private record Relation(String name, Position position, Map<String, String> columns)
    {
        private Relation
        {
            requireNonNull(name, "name is null");
            requireNonNull(position, "position is null");
            columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
        }
    }

    private DetachedQuery(LocatedText written, String domain, Map<List<String>, Map<String, String>> columns)
    {
        this.prefix = freePrefix(written.text());
        Query parsed = parse(written);
        for (Table table : SourceNames.tables(parsed)) {
            List<String> name = fullName(table, domain);
            checkArgument(columns.containsKey(name), "The columns of %s are not given", name);
            relations.computeIfAbsent(name, _ -> new Relation(SqlLiteral.identifier(prefix + relations.size()), position(written, table), columns.get(name)));
        }
        this.query = new EditedText(written, TableEdits.of(written.text(), parsed, domain, table -> relations.get(fullName(table, domain)).name()));
    }

    /**
     * @param domain that publishes the query
     * @param products the columns of the products that it reads, with their types as SQL writes them
     * @param catalogTables the same of the tables of other catalogs
     */
    public static DetachedQuery of(SqlQuery query, String domain, Map<Source, Map<String, String>> products, Map<TrinoTable, Map<String, String>> catalogTables)
    {
        ImmutableMap.Builder<List<String>, Map<String, String>> columns = ImmutableMap.builder();
        products.forEach((source, types) -> columns.put(ImmutableList.of(source.domain(), source.table()), types));
        catalogTables.forEach((table, types) -> columns.put(fullName(table), types));
        return new DetachedQuery(query.written(), domain, columns.buildOrThrow());
    }

    /**
     * Where a query first names a table of another catalog.
     */
    public static Position position(SqlQuery query, TrinoTable table)
    {
        return SourceNames.tables(parse(query.written())).stream()
                .filter(named -> fullName(named, "").equals(fullName(table)))
                .findFirst()
                .map(named -> position(query.written(), named))
                .orElse(query.written().start());
    }

    private static Query parse(LocatedText written)
    {
        return (Query) PARSER.createStatement(written.text());
    }

    private static Position position(LocatedText written, Table table)
    {
        return table.getLocation().map(location -> written.at(location.getLineNumber(), location.getColumnNumber())).orElse(written.start());
    }

    private static List<String> fullName(TrinoTable table)
    {
        return ImmutableList.of(table.catalog(), table.schema(), table.table());
    }

    private static List<String> fullName(Table table, String domain)
    {
        List<String> parts = table.getName().getParts();
        return switch (parts.size()) {
            case 1 -> ImmutableList.of(domain, parts.getFirst());
            // Of a port with a table of another catalog, whose query the mesh wrote
            case 2 -> SqlQuery.catalogTable(parts.getFirst(), parts.getLast()).map(DetachedQuery::fullName).orElse(parts);
            default -> parts;
        };
    }

    /**
     * So that no name of the query hides one that is added.
     */
    private static String freePrefix(String text)
    {
        String prefix = "mesh_";
        while (text.toLowerCase(ENGLISH).contains(prefix)) {
            prefix += "_";
        }
        return prefix;
    }

    /**
     * Where the query is written.
     */
    public Position start()
    {
        return query.start();
    }

    /**
     * Selects the promised columns, and then as many others of the promised types, so that the engine names both kinds of types. Has no rows.
     */
    public Statement select(List<Column> promised)
    {
        List<String> selected = Stream.concat(
                        promised.stream().map(column -> SqlLiteral.identifier(column.name())),
                        promised.stream().map(column -> nullOf(column.type())))
                .collect(toImmutableList());
        return statement(promised, "SELECT\n" + String.join(",\n", selected) + "\nFROM " + all() + "\nLIMIT 0");
    }

    /**
     * Unites a column with the promised type. The statement fails when no type holds values of both. Otherwise the type of its first column does,
     * and that of its second is the promised one, both without the names of fields. Has no rows.
     */
    public Statement unite(Column promised)
    {
        DataType renamed = withOtherFields(promised.type());
        return statement(ImmutableList.of(promised), "SELECT\n%1$s,\n%2$s\nFROM %3$s\nUNION ALL SELECT %4$s, %4$s\nLIMIT 0"
                .formatted(SqlLiteral.identifier(promised.name()), nullOf(promised.type()), all(), nullOf(renamed)));
    }

    /**
     * Types of rows are united without the names of fields that differ.
     */
    private static DataType withOtherFields(DataType type)
    {
        return switch (type) {
            case DataType.Scalar scalar -> scalar;
            case DataType.Array(DataType element) -> new DataType.Array(withOtherFields(element));
            case DataType.Map(DataType key, DataType value) -> new DataType.Map(withOtherFields(key), withOtherFields(value));
            case DataType.Row(List<DataType.Row.Field> fields) -> new DataType.Row(fields.stream()
                    .map(field -> new DataType.Row.Field(field.name() + " ", withOtherFields(field.type())))
                    .collect(toImmutableList()));
        };
    }

    private static String nullOf(DataType type)
    {
        return "CAST(NULL AS %s)".formatted(type.sql());
    }

    private String all()
    {
        return SqlLiteral.identifier(prefix + "query");
    }

    private Statement statement(List<Column> selected, String select)
    {
        String with = relations.values().stream()
                .map(relation -> "%s AS (%s)".formatted(relation.name(), empty(relation.columns())))
                .collect(joining(",\n", "WITH ", ",\n"));
        return new Statement(with + all() + " AS (\n" + query.text() + "\n)\n" + select, this, selected);
    }

    private static String empty(Map<String, String> columns)
    {
        if (columns.isEmpty()) {
            return "SELECT false AS hidden WHERE false";
        }
        return columns.entrySet().stream()
                .map(column -> "CAST(NULL AS %s) AS %s".formatted(column.getValue(), SqlLiteral.identifier(column.getKey())))
                .collect(joining(", ", "SELECT ", " WHERE false"));
    }

    /**
     * One statement for an engine.
     */
    public static final class Statement
    {
        private final String sql;
        private final DetachedQuery detached;
        private final List<Column> selected;

        private Statement(String sql, DetachedQuery detached, List<Column> selected)
        {
            this.sql = requireNonNull(sql, "sql is null");
            this.detached = requireNonNull(detached, "detached is null");
            this.selected = ImmutableList.copyOf(requireNonNull(selected, "selected is null"));
        }

        public String sql()
        {
            return sql;
        }

        /**
         * Where it is written what the engine names by a place of the statement.
         */
        public Position at(int line, int column)
        {
            int lineOfQuery = line - detached.relations.size() - 1;
            if (lineOfQuery < 1) {
                return ImmutableList.copyOf(detached.relations.values()).get(Math.min(line, detached.relations.size()) - 1).position();
            }
            return promised(line).map(Column::position).orElseGet(() -> detached.query.at(lineOfQuery, column));
        }

        /**
         * The column whose promise is at a line of the statement.
         */
        public Optional<Column> promised(int line)
        {
            // Behind the lines of the tables, the one that begins the query, the one that ends it, and SELECT
            int index = line - detached.relations.size() - 1 - detached.query.lines() - 3;
            return index < 0 || index >= 2 * selected.size() ? Optional.empty() : Optional.of(selected.get(index % selected.size()));
        }
    }
}
