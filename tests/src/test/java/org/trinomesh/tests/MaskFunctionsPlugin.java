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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.Plugin;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.BoundSignature;
import io.trino.spi.function.FunctionDependencyDeclaration;
import io.trino.spi.function.FunctionId;
import io.trino.spi.function.FunctionMetadata;
import io.trino.spi.function.FunctionProvider;
import io.trino.spi.function.SchemaFunctionName;
import io.trino.spi.transaction.IsolationLevel;
import org.trinomesh.function.MaskFunctions;
import org.trinomesh.function.MaskKeys;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Makes catalogs that have the functions of masks and nothing else. Without an access control everybody may call them.
 */
final class MaskFunctionsPlugin
        implements Plugin
{
    private enum Transaction
            implements ConnectorTransactionHandle
    {
        INSTANCE
    }

    @Override
    public Iterable<ConnectorFactory> getConnectorFactories()
    {
        return ImmutableList.of(new ConnectorFactory()
        {
            @Override
            public String getName()
            {
                return "mask_functions";
            }

            @Override
            public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
            {
                return new FunctionsConnector(new MaskKeys(1, ImmutableMap.of(1, config.get("key"))));
            }
        });
    }

    private record FunctionsConnector(MaskKeys keys)
            implements Connector
    {
        private FunctionsConnector
        {
            requireNonNull(keys, "keys is null");
        }

        @Override
        public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
        {
            return Transaction.INSTANCE;
        }

        @Override
        public ConnectorMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transactionHandle)
        {
            return new FunctionsMetadata();
        }

        @Override
        public Optional<FunctionProvider> getFunctionProvider()
        {
            return Optional.of(new MaskFunctions(keys));
        }

        @Override
        public void shutdown() {}
    }

    private static final class FunctionsMetadata
            implements ConnectorMetadata
    {
        @Override
        public Collection<FunctionMetadata> getFunctions(ConnectorSession session, SchemaFunctionName name)
        {
            return MaskFunctions.metadata().stream()
                    .filter(function -> new SchemaFunctionName(MaskFunctions.SCHEMA, function.getCanonicalName()).equals(name))
                    .toList();
        }

        @Override
        public FunctionMetadata getFunctionMetadata(ConnectorSession session, FunctionId functionId)
        {
            return MaskFunctions.metadata().stream()
                    .filter(function -> function.getFunctionId().equals(functionId))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public FunctionDependencyDeclaration getFunctionDependencies(ConnectorSession session, FunctionId functionId, BoundSignature boundSignature)
        {
            return FunctionDependencyDeclaration.NO_DEPENDENCIES;
        }
    }
}
