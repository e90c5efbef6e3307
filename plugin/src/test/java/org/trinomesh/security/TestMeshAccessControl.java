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
package org.trinomesh.security;

import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.ConnectorAccessControl;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestMeshAccessControl
{
    /**
     * What the SPI leaves open unless it is overridden.
     */
    private static final Set<String> OPEN_BY_DEFAULT = ImmutableSet.of("getRowFilters", "getColumnMasks");
    private static final Set<String> LISTINGS = ImmutableSet.of("filterSchemas", "filterTables", "filterColumns", "filterFunctions");

    @Test
    void testNothingIsOpenByDefault()
            throws NoSuchMethodException
    {
        for (Method method : ConnectorAccessControl.class.getMethods()) {
            if (OPEN_BY_DEFAULT.contains(method.getName()) || LISTINGS.contains(method.getName())) {
                assertThat(MeshAccessControl.class.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass())
                        .as(method.toString())
                        .isEqualTo(MeshAccessControl.class);
            }
        }
    }

    @Test
    void testTheKnownMethodsAreAllThereAre()
    {
        // A new prefix would be a new kind of question, whose default may be "yes"
        assertThat(Arrays.stream(ConnectorAccessControl.class.getMethods())
                .map(Method::getName)
                .filter(name -> !name.startsWith("checkCan") && !OPEN_BY_DEFAULT.contains(name) && !LISTINGS.contains(name))
                .distinct())
                .containsExactlyInAnyOrder("canExecuteFunction", "canCreateViewWithExecuteFunction");
    }
}
