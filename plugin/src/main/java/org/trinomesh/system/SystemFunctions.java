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
package org.trinomesh.system;

import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import org.trinomesh.connector.FunctionSplits;

import java.util.Collection;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Every table function of {@code mesh.system}.
 */
public final class SystemFunctions
        implements FunctionSplits
{
    private final Set<RowsFunction<?>> functions;

    public SystemFunctions(Collection<RowsFunction<?>> functions)
    {
        this.functions = ImmutableSet.copyOf(functions);
    }

    public Set<ConnectorTableFunction> functions()
    {
        return functions.stream().collect(toImmutableSet());
    }

    @Override
    public ConnectorSplitSource splits(ConnectorSession session, ConnectorTableFunctionHandle handle)
    {
        return functions.stream()
                .filter(function -> function.owns(handle))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No function has a handle of " + handle.getClass()))
                .splits(session, handle);
    }
}
