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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.airlift.units.DataSize;
import io.trino.plugin.iceberg.IcebergMetadata;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnPosition;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.MetadataProvider;
import io.trino.spi.connector.SaveMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.WriterScalingOptions;
import io.trino.spi.metrics.Metrics;
import io.trino.spi.type.TypeManager;
import org.junit.jupiter.api.Test;
import org.trinomesh.cache.TableCaches;
import org.trinomesh.disclosure.ProductComments;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.slo.KnownStatus;
import org.trinomesh.storage.ColumnBindings;
import org.trinomesh.storage.GovernedColumns;
import org.trinomesh.storage.LoadObserver;
import org.trinomesh.storage.StorageReads;
import org.trinomesh.storage.Storages;
import org.trinomesh.storage.TransactionTables;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.connector.TestMeshMetadata.Treatment.ANSWERED;
import static org.trinomesh.connector.TestMeshMetadata.Treatment.DERIVED;
import static org.trinomesh.connector.TestMeshMetadata.Treatment.FORWARDED;
import static org.trinomesh.connector.TestMeshMetadata.Treatment.NOTHING;
import static org.trinomesh.connector.TestMeshMetadata.Treatment.REFUSED;

/**
 * Every method of the SPI is decided on. One that the SPI gains fails here until somebody says what it means for a mesh; until then it
 * reaches nothing, since Iceberg's metadata is asked for the forwarded ones only.
 */
final class TestMeshMetadata
{
    enum Treatment
    {
        /**
         * Iceberg's answer about a table that was decided on, often narrowed.
         */
        FORWARDED,
        /**
         * The mesh's own answer.
         */
        ANSWERED,
        /**
         * The default of the SPI, which asks other methods of this list.
         */
        DERIVED,
        /**
         * The default of the SPI, which says that there is nothing of the kind.
         */
        NOTHING,
        /**
         * An error, by the default of the SPI where that has one.
         */
        REFUSED,
    }

    private record Decided(Treatment treatment, String reason) {}

    private static final String REGISTRY = "from the registry, filtered for the requester; opens no table";
    private static final String CHANGES_SCHEMAS = "a domain is declared by a file";
    private static final String CHANGES_TABLES = "tables are made and changed by their domain's pipeline";
    private static final String CHANGES_ROWS = "rows are written by their domain's pipeline";
    private static final String CHANGES_VIEWS = "views of the mesh are made of descriptors";
    private static final String CHANGES_ACCESS = "who may do what is decided by descriptors";
    private static final String TABLE_PROCEDURES = "each of them changes a table or tells what is promised to nobody";
    private static final String MATERIALIZED_VIEWS = "a query is stored where its descriptor says; nothing lists it as a materialized view";
    private static final String ROLES = "there are no roles in the catalog";
    private static final String BRANCHES = "branches are unpublished, and those of stewards are read by their name";
    private static final String WRITES = "asked during writes only, which are refused when they begin";
    private static final String LANGUAGE_FUNCTIONS = "a domain publishes no functions";
    private static final String NOT_IMPLEMENTED = "Iceberg does not implement it";
    private static final String PROMISE = "what the product promises, bound to what the table has";
    private static final String READER = "the reader takes it over, as far as that tells nothing of hidden rows and values";

    private static final Map<String, Decided> METHODS = new Decisions()
            // Schemas and listings
            .put("schemaExists", ANSWERED, REGISTRY)
            .put("listSchemaNames", ANSWERED, REGISTRY)
            .put("getSchemaProperties", NOTHING, "where a domain keeps its tables is no promise")
            .put("getSchemaOwner", NOTHING, "owners are in the system tables, as people and teams rather than principals")
            .put("listTables", ANSWERED, REGISTRY)
            .put("getRelationTypes", ANSWERED, REGISTRY)
            .put("listTableColumns", ANSWERED, REGISTRY)
            .put("streamTableColumns", DERIVED, "of listTableColumns")
            .put("streamRelationColumns", ANSWERED, REGISTRY)
            .put("streamRelationComments", ANSWERED, REGISTRY)
            .put("createSchema", REFUSED, CHANGES_SCHEMAS)
            .put("dropSchema", REFUSED, CHANGES_SCHEMAS)
            .put("renameSchema", REFUSED, CHANGES_SCHEMAS)
            .put("setSchemaAuthorization", REFUSED, CHANGES_SCHEMAS)
            // Tables
            .put("getTableHandle", FORWARDED, "Iceberg opens it, when more than the promise is needed")
            .put("getTableName", ANSWERED, "the name that the statement used")
            .put("getTableSchema", ANSWERED, PROMISE)
            .put("getTableMetadata", ANSWERED, "what the product promises, without opening the table and without what is physical")
            .put("getColumnHandles", FORWARDED, PROMISE)
            .put("getColumnMetadata", FORWARDED, PROMISE)
            .put("getSystemTable", FORWARDED, "metadata tables, for stewards of the product")
            .put("getTableProperties", FORWARDED, "without the values of partitions where anything is restricted")
            .put("getTableStatistics", FORWARDED, "narrowed to what the reader could count")
            .put("getInfo", FORWARDED, "for stewards of the product: it names physical columns and counts all rows")
            .put("getTableCredentials(ConnectorTableHandle)", FORWARDED, "those of the storage that the table was opened from, or that a refresh writes to")
            .put("getTableCredentials(ConnectorTableFunctionHandle)", NOTHING, "the functions of the mesh read no storage")
            .put("getTableCredentials(ConnectorWritableTableHandle)", NOTHING, WRITES)
            .put("redirectTable", NOTHING, "a redirected table would be governed by the other catalog")
            .put("applyTableScanRedirect", NOTHING, "a redirected scan would be governed by the other catalog")
            // Scans
            .put("applyFilter", FORWARDED, READER)
            .put("applyProjection", FORWARDED, READER)
            .put("applyLimit", FORWARDED, READER)
            .put("applyPartitioning", FORWARDED, READER)
            .put("getCommonPartitioningHandle", DERIVED, "compares two handles of Iceberg's, which does not implement it")
            .put("validateScan", FORWARDED, "in words that name no physical column")
            .put("allowSplittingReadIntoMultipleSubQueries", FORWARDED, "depends on Iceberg's reader alone")
            .put("applyAggregation", NOTHING, NOT_IMPLEMENTED)
            .put("applyJoin", NOTHING, NOT_IMPLEMENTED)
            .put("applySample", NOTHING, NOT_IMPLEMENTED)
            .put("applyTopN", NOTHING, NOT_IMPLEMENTED)
            .put("resolveIndex", NOTHING, NOT_IMPLEMENTED)
            .put("applyTableFunction", NOTHING, "the functions of the mesh have splits of their own")
            .put("getMetrics", NOTHING, "the mesh's own catalog under Iceberg's connector keeps none")
            .put("beginQuery", NOTHING, NOT_IMPLEMENTED)
            .put("cleanupQuery", ANSWERED, "ends the generation that the query was given")
            // Views
            .put("listViews", ANSWERED, REGISTRY)
            .put("getViews", DERIVED, "of listViews and getView")
            .put("getView", FORWARDED, "the mesh's own, and those metadata tables that are views, for stewards of the product")
            .put("isView", DERIVED, "of getView")
            .put("getViewProperties", NOTHING, "views of the mesh have none")
            .put("createView", REFUSED, CHANGES_VIEWS)
            .put("renameView", REFUSED, CHANGES_VIEWS)
            .put("dropView", REFUSED, CHANGES_VIEWS)
            .put("refreshView", REFUSED, CHANGES_VIEWS)
            .put("setViewAuthorization", REFUSED, CHANGES_VIEWS)
            .put("setViewComment", REFUSED, CHANGES_VIEWS)
            .put("setViewColumnComment", REFUSED, CHANGES_VIEWS)
            .put("listMaterializedViews", NOTHING, MATERIALIZED_VIEWS)
            .put("getMaterializedViews", DERIVED, "of listMaterializedViews")
            .put("getMaterializedView", ANSWERED, "for a refresh only: to all other statements it is a table or a view")
            .put("getMaterializedViewProperties", REFUSED, MATERIALIZED_VIEWS)
            .put("getMaterializedViewFreshness(boolean)", ANSWERED, "whether a refresh would store the same rows again")
            .put("getMaterializedViewFreshness(SchemaTableName)", REFUSED, MATERIALIZED_VIEWS)
            .put("createMaterializedView", REFUSED, MATERIALIZED_VIEWS)
            .put("dropMaterializedView", REFUSED, MATERIALIZED_VIEWS)
            .put("renameMaterializedView", REFUSED, MATERIALIZED_VIEWS)
            .put("setMaterializedViewAuthorization", REFUSED, MATERIALIZED_VIEWS)
            .put("setMaterializedViewProperties", REFUSED, MATERIALIZED_VIEWS)
            .put("setMaterializedViewColumnComment", REFUSED, MATERIALIZED_VIEWS)
            .put("delegateMaterializedViewRefreshToConnector", ANSWERED, "the engine runs the query of a refresh")
            .put("refreshMaterializedView", REFUSED, MATERIALIZED_VIEWS)
            .put("beginRefreshMaterializedView", FORWARDED, "stores the rows of a query, for those who may")
            .put("finishRefreshMaterializedView", FORWARDED, "stores the rows of a query, for those who may")
            // Changes of tables
            .put("createTable", REFUSED, CHANGES_TABLES)
            .put("beginCreateTable", REFUSED, CHANGES_TABLES)
            .put("finishCreateTable", REFUSED, CHANGES_TABLES)
            .put("getNewTableLayout", REFUSED, CHANGES_TABLES)
            .put("getSupportedType", NOTHING, "asked before a CREATE TABLE is refused: the access control then says why")
            .put("dropTable", REFUSED, CHANGES_TABLES)
            .put("truncateTable", REFUSED, CHANGES_TABLES)
            .put("renameTable", REFUSED, CHANGES_TABLES)
            .put("setTableProperties", REFUSED, CHANGES_TABLES)
            .put("setTableComment", REFUSED, CHANGES_TABLES)
            .put("setTableAuthorization", REFUSED, CHANGES_TABLES)
            .put("addColumn", REFUSED, CHANGES_TABLES)
            .put("addField", REFUSED, CHANGES_TABLES)
            .put("dropColumn", REFUSED, CHANGES_TABLES)
            .put("dropField", REFUSED, CHANGES_TABLES)
            .put("renameColumn", REFUSED, CHANGES_TABLES)
            .put("renameField", REFUSED, CHANGES_TABLES)
            .put("setColumnComment", REFUSED, CHANGES_TABLES)
            .put("setColumnType", REFUSED, CHANGES_TABLES)
            .put("setFieldType", REFUSED, CHANGES_TABLES)
            .put("setDefaultValue", REFUSED, CHANGES_TABLES)
            .put("dropDefaultValue", REFUSED, CHANGES_TABLES)
            .put("dropNotNullConstraint", REFUSED, CHANGES_TABLES)
            .put("getStatisticsCollectionMetadata", REFUSED, "ANALYZE writes statistics to the table")
            .put("getStatisticsCollectionMetadataForWrite", ANSWERED, "a refresh collects none; for everything else it is refused")
            .put("beginStatisticsCollection", REFUSED, CHANGES_TABLES)
            .put("finishStatisticsCollection", REFUSED, CHANGES_TABLES)
            .put("getTableHandleForExecute", REFUSED, TABLE_PROCEDURES)
            .put("getColumnHandlesForTableExecute", REFUSED, TABLE_PROCEDURES)
            .put("getLayoutForTableExecute", REFUSED, TABLE_PROCEDURES)
            .put("beginTableExecute", REFUSED, TABLE_PROCEDURES)
            .put("executeTableExecute", REFUSED, TABLE_PROCEDURES)
            .put("finishTableExecute", REFUSED, TABLE_PROCEDURES)
            .put("createBranch", REFUSED, CHANGES_TABLES)
            .put("dropBranch", REFUSED, CHANGES_TABLES)
            .put("fastForwardBranch", REFUSED, CHANGES_TABLES)
            .put("listBranches", NOTHING, BRANCHES)
            .put("branchExists", DERIVED, "of listBranches")
            // Changes of rows
            .put("beginInsert", REFUSED, CHANGES_ROWS)
            .put("finishInsert", REFUSED, CHANGES_ROWS)
            .put("getInsertLayout", FORWARDED, "for a refresh only")
            .put("beginMerge", REFUSED, CHANGES_ROWS)
            .put("finishMerge", REFUSED, CHANGES_ROWS)
            .put("getMergeRowIdColumnHandle", REFUSED, CHANGES_ROWS)
            .put("getRowChangeParadigm", REFUSED, CHANGES_ROWS)
            .put("getUpdateLayout", REFUSED, CHANGES_ROWS)
            .put("applyUpdate", REFUSED, CHANGES_ROWS)
            .put("executeUpdate", REFUSED, CHANGES_ROWS)
            .put("applyDelete", REFUSED, CHANGES_ROWS)
            .put("executeDelete", REFUSED, CHANGES_ROWS)
            .put("getMaxWriterTasks", NOTHING, WRITES)
            .put("getNewTableWriterScalingOptions", NOTHING, WRITES)
            .put("getInsertWriterScalingOptions", ANSWERED, "as Iceberg has them")
            .put("supportsMissingColumnsOnInsert", NOTHING, WRITES)
            // Functions
            .put("listFunctions", NOTHING, "the functions are for masks, and nobody else may call them")
            .put("getFunctions", ANSWERED, "the functions of masks")
            .put("getFunctionMetadata", ANSWERED, "the functions of masks")
            .put("getFunctionDependencies", ANSWERED, "the functions of masks")
            .put("getAggregationFunctionMetadata", REFUSED, "no function of masks aggregates")
            .put("listLanguageFunctions", NOTHING, LANGUAGE_FUNCTIONS)
            .put("getLanguageFunctions", NOTHING, LANGUAGE_FUNCTIONS)
            .put("languageFunctionExists", DERIVED, "of getLanguageFunctions")
            .put("createLanguageFunction", REFUSED, LANGUAGE_FUNCTIONS)
            .put("dropLanguageFunction", REFUSED, LANGUAGE_FUNCTIONS)
            // Access
            .put("listTablePrivileges", NOTHING, "mesh.system.my_access has what a requester may do, and why")
            .put("grantSchemaPrivileges", REFUSED, CHANGES_ACCESS)
            .put("denySchemaPrivileges", REFUSED, CHANGES_ACCESS)
            .put("revokeSchemaPrivileges", REFUSED, CHANGES_ACCESS)
            .put("grantTablePrivileges", REFUSED, CHANGES_ACCESS)
            .put("denyTablePrivileges", REFUSED, CHANGES_ACCESS)
            .put("revokeTablePrivileges", REFUSED, CHANGES_ACCESS)
            .put("grantTableBranchPrivileges", REFUSED, CHANGES_ACCESS)
            .put("denyTableBranchPrivileges", REFUSED, CHANGES_ACCESS)
            .put("revokeTableBranchPrivileges", REFUSED, CHANGES_ACCESS)
            .put("roleExists", REFUSED, ROLES)
            .put("createRole", REFUSED, ROLES)
            .put("dropRole", REFUSED, ROLES)
            .put("listRoles", REFUSED, ROLES)
            .put("listRoleGrants", REFUSED, ROLES)
            .put("grantRoles", REFUSED, ROLES)
            .put("revokeRoles", REFUSED, ROLES)
            .put("listApplicableRoles", REFUSED, ROLES)
            .put("listEnabledRoles", REFUSED, ROLES)
            .build();

    @Test
    void testEveryMethodIsDecidedOn()
    {
        assertThat(methods().map(TestMeshMetadata::key)).containsExactlyInAnyOrderElementsOf(METHODS.keySet());
    }

    @Test
    void testWhatIsDecidedIsWhatIsThere()
    {
        methods().forEach(method -> {
            Decided decided = METHODS.get(key(method));
            switch (decided.treatment()) {
                case FORWARDED, ANSWERED -> assertThat(isOverridden(method)).as(method.toString()).isTrue();
                case DERIVED, NOTHING -> assertThat(isOverridden(method)).as(method.toString()).isFalse();
                case REFUSED -> {}
            }
            if (decided.reason().equals(NOT_IMPLEMENTED)) {
                assertThat(IcebergMetadata.class.getMethods()).as(method.toString()).filteredOn(implemented -> isSame(implemented, method)).noneMatch(implemented -> implemented.getDeclaringClass() == IcebergMetadata.class);
            }
        });
    }

    @Test
    void testIcebergIsAskedForWhatIsForwardedOnly()
            throws Exception
    {
        Path compiled = Path.of(MeshMetadata.class.getResource("MeshMetadata.class").toURI()).getParent();
        ImmutableSet.Builder<String> called = ImmutableSet.builder();
        try (DirectoryStream<Path> room = Files.newDirectoryStream(compiled, "*.class")) {
            for (Path file : room) {
                called.addAll(callsOfMetadata(file));
            }
        }
        assertThat(called.build()).containsExactlyInAnyOrderElementsOf(METHODS.entrySet().stream()
                .filter(method -> method.getValue().treatment() == FORWARDED)
                .map(method -> method.getKey().replaceAll("[(].*", ""))
                .collect(toImmutableSet()));
    }

    @Test
    void testWhatIsRefusedFails()
    {
        ConnectorMetadata metadata = metadata();
        methods().filter(method -> METHODS.get(key(method)).treatment() == REFUSED).forEach(method -> assertThatThrownBy(() -> call(metadata, method))
                .as(method.toString())
                .isInstanceOfAny(TrinoException.class, IllegalArgumentException.class));
    }

    @Test
    void testThereIsNothingOfTheRest()
    {
        Set<Object> nothing = ImmutableSet.of(Optional.empty(), OptionalInt.empty(), List.of(), Map.of(), false, Metrics.EMPTY, WriterScalingOptions.DISABLED, "void");
        ConnectorMetadata metadata = metadata();
        methods().filter(method -> METHODS.get(key(method)).treatment() == NOTHING).forEach(method -> {
            try {
                assertThat(Optional.ofNullable(call(metadata, method)).orElse("void")).as(method.toString()).isIn(nothing);
            }
            catch (Throwable e) {
                throw new AssertionError(method.toString(), e);
            }
        });
    }

    /**
     * The methods of a connector's metadata that a compiled class calls.
     */
    private static Set<String> callsOfMetadata(Path compiled)
            throws IOException
    {
        String metadata = ConnectorMetadata.class.getName().replace('.', '/');
        return ClassFile.of().parse(compiled).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .filter(call -> call.owner().asInternalName().equals(metadata))
                .map(call -> call.name().stringValue())
                .collect(toImmutableSet());
    }

    private static ConnectorMetadata metadata()
    {
        TypeManager types = (TypeManager) Proxy.newProxyInstance(TestMeshMetadata.class.getClassLoader(), new Class<?>[] {TypeManager.class}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.toString());
        });
        ColumnBindings bindings = new ColumnBindings(types, GovernedColumns.NONE);
        QueryMeshes meshes = new QueryMeshes(
                () -> {
                    throw new UnsupportedOperationException("Nobody asks for the mesh");
                },
                Clock.systemUTC(),
                _ -> "");
        ProductColumns columns = new ProductColumns(types, new ProductComments(new VisibleStatus(KnownStatus.NONE)), bindings);
        return new MeshMetadata(
                new ConnectorMetadata() {},
                new TransactionTables(new Storages(ImmutableList.of()), TableCaches.NONE, StorageReads.UNLIMITED, bindings, LoadObserver.NONE),
                new StatisticsCache(DataSize.ofBytes(0)),
                meshes,
                columns,
                RestrictedPushdown.SAFE,
                new SqlViews("mesh", columns, MetadataProvider.NOOP_METADATA_PROVIDER),
                new QualityViews("mesh", false),
                ImmutableList.of());
    }

    private static Object call(ConnectorMetadata metadata, Method method)
            throws Throwable
    {
        try {
            return method.invoke(metadata, Arrays.stream(method.getParameterTypes()).map(TestMeshMetadata::anything).toArray());
        }
        catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object anything(Class<?> type)
    {
        return ImmutableMap.<Class<?>, Object>builder()
                .put(boolean.class, false)
                .put(long.class, 1L)
                .put(double.class, 1.0)
                .put(String.class, "sales")
                .put(SchemaTableName.class, new SchemaTableName("sales", "orders"))
                .put(SaveMode.class, SaveMode.FAIL)
                .put(ColumnPosition.class, new ColumnPosition.Last())
                .put(Optional.class, Optional.empty())
                .put(Map.class, Map.of())
                .put(Set.class, Set.of())
                .put(List.class, List.of(List.of()))
                .buildOrThrow()
                .get(type);
    }

    private static Stream<Method> methods()
    {
        return Arrays.stream(ConnectorMetadata.class.getMethods());
    }

    private static boolean isOverridden(Method method)
    {
        return Arrays.stream(MeshMetadata.class.getDeclaredMethods()).anyMatch(declared -> !declared.isBridge() && isSame(declared, method));
    }

    private static boolean isSame(Method one, Method other)
    {
        return one.getName().equals(other.getName()) && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }

    /**
     * The name of a method; of several with one name also the type of the last parameter.
     */
    private static String key(Method method)
    {
        boolean overloaded = methods().filter(other -> other.getName().equals(method.getName())).count() > 1;
        return overloaded ? "%s(%s)".formatted(method.getName(), method.getParameterTypes()[method.getParameterCount() - 1].getSimpleName()) : method.getName();
    }

    private static final class Decisions
    {
        private final ImmutableMap.Builder<String, Decided> decisions = ImmutableMap.builder();

        private Decisions put(String method, Treatment treatment, String reason)
        {
            decisions.put(method, new Decided(treatment, reason));
            return this;
        }

        private Map<String, Decided> build()
        {
            return decisions.buildOrThrow();
        }
    }
}
