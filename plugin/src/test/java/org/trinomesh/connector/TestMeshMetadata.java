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

import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.ConnectorMetadata;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A method that the SPI gains must be thought about before it is served.
 */
final class TestMeshMetadata
{
    private static final String NO_HANDLE_OF_OURS = "takes no table of ours, and Iceberg's answer does not depend on one";
    private static final String NOT_IMPLEMENTED = "Iceberg does not implement it, and its default touches no handle";
    private static final String NO_VIEWS = "there are no views and materialized views to ask about";
    private static final String NO_FUNCTIONS = "there are no functions to ask about";
    private static final String NO_ROLES = "there are no roles in the catalog";
    private static final String WRITES_ONLY = "asked during writes only, which are refused when they begin";

    private static final Map<String, String> LEFT_TO_ICEBERG = ImmutableMap.<String, String>builder()
            .put("applyAggregation", NOT_IMPLEMENTED)
            .put("applyJoin", NOT_IMPLEMENTED)
            .put("applySample", NOT_IMPLEMENTED)
            .put("applyTableFunction", NO_FUNCTIONS)
            .put("applyTableScanRedirect", NOT_IMPLEMENTED)
            .put("applyTopN", NOT_IMPLEMENTED)
            .put("beginQuery", NO_HANDLE_OF_OURS)
            .put("branchExists", "asked of names that were resolved before, and for writes")
            .put("delegateMaterializedViewRefreshToConnector", NO_VIEWS)
            .put("getAggregationFunctionMetadata", NO_FUNCTIONS)
            .put("getCommonPartitioningHandle", NO_HANDLE_OF_OURS)
            .put("getInsertWriterScalingOptions", WRITES_ONLY)
            .put("getLanguageFunctions", NO_FUNCTIONS)
            .put("getMaterializedViewFreshness", NO_VIEWS)
            .put("getMaterializedViewProperties", NO_VIEWS)
            .put("getMaxWriterTasks", WRITES_ONLY)
            .put("getMetrics", NO_HANDLE_OF_OURS)
            .put("getNewTableWriterScalingOptions", WRITES_ONLY)
            .put("getViewProperties", NO_VIEWS)
            .put("languageFunctionExists", NO_FUNCTIONS)
            .put("listApplicableRoles", NO_ROLES)
            .put("listBranches", "the access control denies it to everybody")
            .put("listEnabledRoles", NO_ROLES)
            .put("listLanguageFunctions", NO_FUNCTIONS)
            .put("listRoleGrants", NO_ROLES)
            .put("listRoles", NO_ROLES)
            .put("resolveIndex", NOT_IMPLEMENTED)
            .put("roleExists", NO_ROLES)
            .put("supportsMissingColumnsOnInsert", WRITES_ONLY)
            .buildOrThrow();

    @Test
    void testEveryMethodIsAnsweredHereOrLeftForAReason()
    {
        assertThat(Arrays.stream(ConnectorMetadata.class.getMethods())
                .map(Method::getName)
                .distinct()
                .filter(name -> !isAnsweredHere(name)))
                .containsExactlyInAnyOrderElementsOf(LEFT_TO_ICEBERG.keySet());
    }

    @Test
    void testEveryHandleOfATableIsUnwrapped()
            throws NoSuchMethodException
    {
        for (Method method : ConnectorMetadata.class.getMethods()) {
            boolean takesTable = Arrays.stream(method.getParameterTypes()).anyMatch(type -> type.getSimpleName().equals("ConnectorTableHandle"));
            if (takesTable && !LEFT_TO_ICEBERG.containsKey(method.getName())) {
                assertThat(MeshMetadata.class.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass().getPackage())
                        .as(method.toString())
                        .isEqualTo(MeshMetadata.class.getPackage());
            }
        }
    }

    private static boolean isAnsweredHere(String name)
    {
        return Arrays.stream(MeshMetadata.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .anyMatch(method -> method.getDeclaringClass().getPackage().equals(MeshMetadata.class.getPackage()));
    }
}
