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
package org.trinomesh.function;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slice;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.function.BoundSignature;
import io.trino.spi.function.FunctionDependencies;
import io.trino.spi.function.FunctionId;
import io.trino.spi.function.FunctionMetadata;
import io.trino.spi.function.FunctionProvider;
import io.trino.spi.function.InvocationConvention;
import io.trino.spi.function.ScalarFunctionAdapter;
import io.trino.spi.function.ScalarFunctionImplementation;
import io.trino.spi.function.Signature;
import io.trino.spi.type.Type;

import java.lang.invoke.MethodHandle;
import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.function.InvocationConvention.InvocationArgumentConvention.NEVER_NULL;
import static io.trino.spi.function.InvocationConvention.InvocationReturnConvention.FAIL_ON_NULL;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodHandles.lookup;
import static java.lang.invoke.MethodType.methodType;
import static java.util.Collections.nCopies;
import static java.util.Objects.requireNonNull;

/**
 * The functions that implement keyed masks. Only masks may call them: a person who could call them with chosen values could
 * find out what a pseudonym stands for.
 */
public final class MaskFunctions
        implements FunctionProvider
{
    public static final String SCHEMA = "system";
    /**
     * {@code tokenize(value, scope, key reference)}: the pseudonym is the same in every query, for one scope
     */
    public static final String TOKENIZE = "tokenize";
    /**
     * {@code query_local_hash(value, scope, key reference)}: the pseudonym is the same within one query, for one scope
     */
    public static final String QUERY_LOCAL_HASH = "query_local_hash";

    private static final List<Function> FUNCTIONS = ImmutableList.of(
            new Function(TOKENIZE, VARCHAR, "tokenizeText"),
            new Function(TOKENIZE, BIGINT, "tokenizeNumber"),
            new Function(TOKENIZE, VARBINARY, "tokenizeBytes"),
            new Function(QUERY_LOCAL_HASH, VARCHAR, "hashText"),
            new Function(QUERY_LOCAL_HASH, BIGINT, "hashNumber"),
            new Function(QUERY_LOCAL_HASH, VARBINARY, "hashBytes"));
    private static final List<FunctionMetadata> METADATA = FUNCTIONS.stream()
            .map(Function::metadata)
            .collect(toImmutableList());
    private static final MethodHandle NEW_KEYED_MASK;

    static {
        try {
            NEW_KEYED_MASK = lookup().findConstructor(KeyedMask.class, methodType(void.class, MaskKeys.class));
        }
        catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MaskKeys keys;

    public MaskFunctions(MaskKeys keys)
    {
        this.keys = requireNonNull(keys, "keys is null");
    }

    /**
     * The functions of the schema {@link #SCHEMA}.
     */
    public static List<FunctionMetadata> metadata()
    {
        return METADATA;
    }

    @Override
    public ScalarFunctionImplementation getScalarFunctionImplementation(
            FunctionId functionId,
            BoundSignature boundSignature,
            FunctionDependencies functionDependencies,
            InvocationConvention invocationConvention)
    {
        Function function = FUNCTIONS.stream()
                .filter(candidate -> candidate.id().equals(functionId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not a function of the mesh: " + functionId));
        // The engine keeps implementations for an hour. Which key is used is decided per call, by the instance it makes
        return ScalarFunctionImplementation.builder()
                .methodHandle(ScalarFunctionAdapter.adapt(
                        function.method(),
                        boundSignature.getReturnType(),
                        boundSignature.getArgumentTypes(),
                        new InvocationConvention(nCopies(boundSignature.getArity(), NEVER_NULL), FAIL_ON_NULL, function.takesSession(), true),
                        invocationConvention))
                .instanceFactory(insertArguments(NEW_KEYED_MASK, 0, keys))
                .build();
    }

    private record Function(String name, Type type, String methodName)
    {
        FunctionId id()
        {
            return new FunctionId(name + "_" + type.getBaseName());
        }

        boolean takesSession()
        {
            return name.equals(QUERY_LOCAL_HASH);
        }

        FunctionMetadata metadata()
        {
            Signature.Builder signature = Signature.builder()
                    .returnType(type)
                    .argumentType(type);
            // May fail, on a node without the key
            return FunctionMetadata.scalarBuilder(name)
                    .functionId(id())
                    .signature(signature.argumentType(VARCHAR).argumentType(VARCHAR).build())
                    .description(takesSession() ? "Pseudonym of a value that is the same within one query" : "Pseudonym of a value of an identifier type")
                    .build();
        }

        MethodHandle method()
        {
            Class<?> javaType = type.getJavaType();
            checkArgument(javaType == long.class || javaType == Slice.class, "Unexpected type: %s", type);
            try {
                return takesSession()
                        ? lookup().findVirtual(KeyedMask.class, methodName, methodType(javaType, ConnectorSession.class, javaType, Slice.class, Slice.class))
                        : lookup().findVirtual(KeyedMask.class, methodName, methodType(javaType, javaType, Slice.class, Slice.class));
            }
            catch (ReflectiveOperationException e) {
                throw new LinkageError("No method for function " + name, e);
            }
        }
    }
}
