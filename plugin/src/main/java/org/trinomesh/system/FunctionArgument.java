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

import io.trino.spi.function.table.ArgumentSpecification;
import io.trino.spi.function.table.ScalarArgumentSpecification;
import io.trino.spi.type.Type;

import static java.util.Objects.requireNonNull;

/**
 * An argument of a table function, with what it means: the engine's own specification of an argument has no text.
 *
 * @param specification what the engine is told
 * @param description what it means, for the manual
 */
public record FunctionArgument(ArgumentSpecification specification, String description)
{
    public FunctionArgument
    {
        requireNonNull(specification, "specification is null");
        requireNonNull(description, "description is null");
    }

    static FunctionArgument required(String name, Type type, String description)
    {
        return new FunctionArgument(ScalarArgumentSpecification.builder().name(name).type(type).build(), description);
    }

    /**
     * @param value the default in the engine's own representation; null for NULL
     */
    static FunctionArgument optional(String name, Type type, Object value, String description)
    {
        return new FunctionArgument(ScalarArgumentSpecification.builder().name(name).type(type).defaultValue(value).build(), description);
    }
}
