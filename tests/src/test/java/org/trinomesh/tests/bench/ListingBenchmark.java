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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableList;
import org.intellij.lang.annotations.Language;

import java.util.List;
import java.util.function.UnaryOperator;

import static com.google.common.base.Preconditions.checkState;

/**
 * What clients ask of a catalog of ten thousand tables before they select anything, and the planning of a select.
 */
final class ListingBenchmark
{
    private static final String CATALOG = "large";

    private final LargeEngine engine;
    private final int products;
    private final boolean quick;

    private ListingBenchmark(LargeEngine engine, int products, boolean quick)
    {
        this.engine = engine;
        this.products = products;
        this.quick = quick;
    }

    static List<Measurement> run(boolean quick)
            throws Exception
    {
        int domains = quick ? 10 : 100;
        try (LargeEngine engine = LargeEngine.start(domains)) {
            engine.addMesh(CATALOG, domains);
            return new ListingBenchmark(engine, domains * GeneratedMesh.PRODUCTS_PER_DOMAIN, quick).run();
        }
    }

    private List<Measurement> run()
    {
        String schema = GeneratedMesh.domain(5);
        String table = GeneratedMesh.product(7);
        UnaryOperator<String> columns = catalog -> "SELECT table_schema, table_name, column_name, data_type FROM %s.information_schema.columns".formatted(catalog);
        return ImmutableList.of(
                measure("SHOW TABLES of 100", GeneratedMesh.READER, catalog -> "SHOW TABLES FROM %s.%s".formatted(catalog, schema), 100, 200, 1.0),
                measure("information_schema.tables", GeneratedMesh.READER, catalog -> "SELECT * FROM %s.information_schema.tables".formatted(catalog), products, 9, 0.3),
                measure("information_schema.columns", GeneratedMesh.READER, columns, products, 5, 0.05),
                measure("the same, 1 % visible", LargeEngine.READER_OF_ONE_DOMAIN, columns, 100, 5, 0.005),
                measure("table_comments", GeneratedMesh.READER, catalog -> "SELECT * FROM system.metadata.table_comments WHERE catalog_name = '%s'".formatted(catalog), products, 2, 0.01),
                measure(
                        "JDBC getColumns, exact names",
                        GeneratedMesh.READER,
                        // As the JDBC driver writes it, with each underscore escaped
                        catalog -> "SELECT * FROM system.jdbc.columns WHERE table_cat = '%s' AND table_schem LIKE '%s' ESCAPE '\\' AND table_name LIKE '%s' ESCAPE '\\'"
                                .formatted(catalog, schema.replace("_", "\\_"), table.replace("_", "\\_")),
                        1,
                        200,
                        0.8),
                measure("EXPLAIN of a small select", GeneratedMesh.READER, catalog -> "EXPLAIN SELECT column_00 FROM %s.%s.%s WHERE column_00 = 7".formatted(catalog, schema, table), 1, 300, 1.0));
    }

    /**
     * @param sql the statement for a catalog
     * @param rows at least so many rows the mesh answers
     */
    private Measurement measure(String name, String reader, UnaryOperator<String> sql, int rows, int rounds, double most)
    {
        String whole = "listing: %s, %,d products".formatted(name, products);
        Progress.say("%s", whole);
        @Language("SQL") String plain = sql.apply("wide");
        @Language("SQL") String mesh = sql.apply(CATALOG);
        int found = engine.mesh(reader, mesh);
        checkState(found >= rows, "The mesh answers %s rows to %s", found, mesh);
        PairedRuns warm = new PairedRuns();
        PairedRuns runs = new PairedRuns();
        int measured = quick ? Math.min(rounds, 5) : rounds;
        for (int round = 0; round < measured + measured / 2; round++) {
            (round < measured / 2 ? warm : runs).run(() -> engine.plain(plain), () -> engine.mesh(reader, mesh));
        }
        Progress.say("%s: %.4f, %s", whole, runs.ratio(), runs.spread());
        return Measurement.compared(whole, runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(most));
    }
}
