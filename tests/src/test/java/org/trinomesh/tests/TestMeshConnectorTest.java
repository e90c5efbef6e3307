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
package org.trinomesh.tests;

import com.google.common.collect.Sets;
import io.trino.Session;
import io.trino.testing.BaseConnectorTest;
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import io.trino.testing.TestingConnectorBehavior;
import io.trino.testing.sql.TestTable;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static io.trino.testing.MaterializedResult.resultBuilder;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_ARRAY;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_CREATE_TABLE;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_CREATE_TABLE_WITH_DATA;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_DEREFERENCE_PUSHDOWN;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_INSERT;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_MAP_TYPE;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_PREDICATE_PUSHDOWN;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_PREDICATE_PUSHDOWN_WITH_VARCHAR_EQUALITY;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_PREDICATE_PUSHDOWN_WITH_VARCHAR_INEQUALITY;
import static io.trino.testing.TestingConnectorBehavior.SUPPORTS_ROW_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Trino's own suite for connectors, over a domain that publishes the tables of TPC-H. A test of reading that needs a table
 * of its own gets one as a reader would: the pipeline writes it to the lake, and the domain publishes it.
 */
final class TestMeshConnectorTest
        extends BaseConnectorTest
{
    private static final Set<TestingConnectorBehavior> READING = Sets.immutableEnumSet(
            SUPPORTS_ARRAY,
            SUPPORTS_DEREFERENCE_PUSHDOWN,
            SUPPORTS_MAP_TYPE,
            SUPPORTS_PREDICATE_PUSHDOWN,
            SUPPORTS_PREDICATE_PUSHDOWN_WITH_VARCHAR_EQUALITY,
            SUPPORTS_PREDICATE_PUSHDOWN_WITH_VARCHAR_INEQUALITY,
            SUPPORTS_ROW_TYPE);

    private static final Set<TestingConnectorBehavior> WRITING_BY_PIPELINE = Sets.immutableEnumSet(
            SUPPORTS_CREATE_TABLE,
            SUPPORTS_CREATE_TABLE_WITH_DATA,
            SUPPORTS_INSERT);

    private static final Session PIPELINE = Session.builder(pipeline()).setCatalog("lake").setSchema("tpch").build();
    private static final String REFUSAL = ".*(data products are read only in this catalog|a domain is declared by a file|a domain publishes data products, not functions).*";

    private final PublishedTables tables = new PublishedTables("lake", "tpch", "ana");
    private final ThreadLocal<Boolean> pipelineWrites = ThreadLocal.withInitial(() -> false);
    private MeshDirectory mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedLake lake = closeAfterClass(EmbeddedLake.create());
        mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", PublishedTables.mesh(tables));
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("lake", lake.properties())
                .setSession(Session.builder(as("ana")).setSchema("tpch").build())
                .setWorkers(2)
                .build();
        runner.execute(PIPELINE, "CREATE SCHEMA lake.tpch");
        for (Object table : runner.execute(PIPELINE, "SHOW TABLES FROM tpch.tiny").getOnlyColumnAsSet()) {
            runner.execute(PIPELINE, "CREATE TABLE %1$s AS SELECT * FROM tpch.tiny.%1$s".formatted(table));
        }
        tables.publishAll(runner, mesh);
        return runner;
    }

    @Override
    protected boolean hasBehavior(TestingConnectorBehavior behavior)
    {
        // Everything else changes something, and data products are read only
        return READING.contains(behavior) || pipelineWrites.get() && WRITING_BY_PIPELINE.contains(behavior);
    }

    // Where the suite expects its own words for what a connector cannot do, the mesh says why and what to do instead

    @Override
    protected void assertQueryFails(@Language("SQL") String sql, @Language("RegExp") String expectedMessageRegExp)
    {
        super.assertQueryFails(sql, expectedMessageRegExp.startsWith("This connector does not support") ? "(?i)" + REFUSAL : expectedMessageRegExp);
    }

    @Override
    protected void verifyVersionedQueryFailurePermissible(Exception e)
    {
        assertThat(e).hasMessageMatching(
                "Cannot find snapshot with reference name: .*|Unsupported type for .* version: .*|" +
                        "No version history table tpch.nation at or before .*|Version .* is not in the history of tpch.nation; only stewards of the product may read branches and versions that were rolled back");
    }

    // A domain's schema is a file, so that there is no statement that would create it
    @Test
    @Override
    public void testShowCreateSchema()
    {
        super.assertQueryFails("SHOW CREATE SCHEMA tpch", "(?i).*Cannot show create schema for tpch: " + REFUSAL);
    }

    // The promise as a statement: nothing physical, and Iceberg's strings have no length
    @Test
    @Override
    public void testShowCreateTable()
    {
        assertThat((String) computeScalar("SHOW CREATE TABLE orders")).matches(
                """
                CREATE TABLE mesh\\.tpch\\.orders \\(
                   orderkey bigint,
                   custkey bigint,
                   orderstatus varchar,
                   totalprice double,
                   orderdate date,
                   orderpriority varchar,
                   clerk varchar,
                   shippriority integer,
                   comment varchar
                \\)
                COMMENT '.*'""");
    }

    // Every name with a $ belongs to the product's stewards, whether Iceberg has such a metadata table or not
    @Test
    @Override
    public void testNoDataSystemTable()
    {
        assertQuerySucceeds("TABLE nation");
        super.assertQueryFails("TABLE \"nation$data\"", "The metadata tables of data product tpch.nation are only for its stewards, because .*");
    }

    // Iceberg's strings have no length
    @Override
    protected MaterializedResult getDescribeOrdersResult()
    {
        return resultBuilder(getSession(), VARCHAR, VARCHAR, VARCHAR, VARCHAR)
                .row("orderkey", "bigint", "", "")
                .row("custkey", "bigint", "", "")
                .row("orderstatus", "varchar", "", "")
                .row("totalprice", "double", "", "")
                .row("orderdate", "date", "", "")
                .row("orderpriority", "varchar", "", "")
                .row("clerk", "varchar", "", "")
                .row("shippriority", "integer", "", "")
                .row("comment", "varchar", "", "")
                .build();
    }

    // Reading, over tables that the pipeline writes and the domain publishes

    @Test
    @Override
    public void testVarcharCharComparison()
    {
        whilePipelineWrites(super::testVarcharCharComparison);
    }

    @Test
    @Override
    public void testVarcharCastToDateInPredicate()
    {
        whilePipelineWrites(super::testVarcharCastToDateInPredicate);
    }

    @Test
    @Override
    public void testVarcharEqualityPushdownIgnoresTrailingSpaces()
    {
        whilePipelineWrites(super::testVarcharEqualityPushdownIgnoresTrailingSpaces);
    }

    @Test
    @Override
    public void testPredicateOnRowTypeField()
    {
        whilePipelineWrites(super::testPredicateOnRowTypeField);
    }

    @Test
    @Override
    public void testDataMappingSmokeTest()
    {
        whilePipelineWrites(super::testDataMappingSmokeTest);
    }

    @Test
    @Override
    public void testCaseSensitiveDataMapping()
    {
        whilePipelineWrites(super::testCaseSensitiveDataMapping);
    }

    @Test
    @Override
    public void testTimestampWithTimeZoneCastToDatePredicate()
    {
        whilePipelineWrites(super::testTimestampWithTimeZoneCastToDatePredicate);
    }

    @Test
    @Override
    public void testTimestampWithTimeZoneCastToTimestampPredicate()
    {
        whilePipelineWrites(super::testTimestampWithTimeZoneCastToTimestampPredicate);
    }

    @Test
    @Override
    public void testPotentialDuplicateDereferencePushdown()
    {
        whilePipelineWrites(super::testPotentialDuplicateDereferencePushdown);
    }

    @Test
    @Override
    public void testProjectionPushdown()
    {
        whilePipelineWrites(super::testProjectionPushdown);
    }

    @Test
    @Override
    public void testProjectionWithCaseSensitiveField()
    {
        whilePipelineWrites(super::testProjectionWithCaseSensitiveField);
    }

    @Test
    @Override
    public void testProjectionPushdownMultipleRows()
    {
        whilePipelineWrites(super::testProjectionPushdownMultipleRows);
    }

    @Test
    @Override
    public void testProjectionPushdownWithHighlyNestedData()
    {
        whilePipelineWrites(super::testProjectionPushdownWithHighlyNestedData);
    }

    @Test
    @Override
    public void testProjectionPushdownReadsLessData()
    {
        whilePipelineWrites(super::testProjectionPushdownReadsLessData);
    }

    @Test
    @Override
    public void testProjectionPushdownPhysicalInputSize()
    {
        whilePipelineWrites(super::testProjectionPushdownPhysicalInputSize);
    }

    @Test
    @Override
    public void testInsertArray()
    {
        whilePipelineWrites(super::testInsertArray);
    }

    @Test
    @Override
    public void testInsertMap()
    {
        whilePipelineWrites(super::testInsertMap);
    }

    @Test
    @Override
    public void testInsertUnicode()
    {
        whilePipelineWrites(super::testInsertUnicode);
    }

    @Test
    @Override
    public void testInsertHighestUnicodeCharacter()
    {
        whilePipelineWrites(super::testInsertHighestUnicodeCharacter);
    }

    @Override
    protected Session withoutSmallFileThreshold(Session session)
    {
        return Session.builder(session)
                .setCatalogSessionProperty("mesh", "parquet_small_file_threshold", "0B")
                .build();
    }

    @Override
    protected TestTable newTrinoTable(String namePrefix, @Language("SQL") String tableDefinition, List<String> rowsToInsert)
    {
        return pipelineWrites.get() ? new TestTable(this::write, namePrefix, tableDefinition, rowsToInsert) : super.newTrinoTable(namePrefix, tableDefinition, rowsToInsert);
    }

    @Override
    protected void assertUpdate(@Language("SQL") String sql)
    {
        if (pipelineWrites.get()) {
            write(sql);
            return;
        }
        super.assertUpdate(sql);
    }

    @Override
    protected void assertUpdate(@Language("SQL") String sql, long count)
    {
        if (pipelineWrites.get()) {
            assertThat(write(sql).getUpdateCount()).as(sql).hasValue(count);
            return;
        }
        super.assertUpdate(sql, count);
    }

    private void whilePipelineWrites(Runnable test)
    {
        pipelineWrites.set(true);
        try {
            test.run();
        }
        finally {
            pipelineWrites.remove();
        }
    }

    private MaterializedResult write(@Language("SQL") String sql)
    {
        try {
            Optional<String> dropped = tableAfter("DROP TABLE ", sql);
            if (dropped.isPresent()) {
                tables.withdraw(mesh, dropped.orElseThrow());
            }
            MaterializedResult result = getQueryRunner().execute(PIPELINE, sql);
            Optional<String> created = tableAfter("CREATE TABLE ", sql);
            if (created.isPresent()) {
                tables.publish(getQueryRunner(), mesh, created.orElseThrow());
            }
            return result;
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> tableAfter(String statement, String sql)
    {
        return sql.startsWith(statement) ? Optional.of(sql.substring(statement.length()).split("[ (]", 2)[0]) : Optional.empty();
    }
}
