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
package org.trinomesh.storage;

import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type.NestedType;
import org.apache.iceberg.types.Types.NestedField;

import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.plugin.iceberg.TypeConverter.toTrinoType;
import static java.util.Objects.requireNonNull;

/**
 * Decides which Iceberg types this engine can read. Tables may have other types, also in columns that are not promised.
 */
final class ReadableTypes
{
    private final TypeManager typeManager;

    ReadableTypes(TypeManager typeManager)
    {
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
    }

    /**
     * Empty for a type that the engine does not have, or not without a plugin.
     */
    Optional<Type> toTrino(org.apache.iceberg.types.Type type)
    {
        try {
            return Optional.of(toTrinoType(type, typeManager));
        }
        catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The name of the type in SQL, if there is one.
     */
    String name(org.apache.iceberg.types.Type type)
    {
        return toTrino(type).map(Type::getDisplayName).orElseGet(type::toString);
    }

    /**
     * The top-level columns, of today's schema or one before, that cannot be read.
     */
    Set<Integer> unreadable(TableMetadata metadata)
    {
        Schema today = metadata.schema();
        return metadata.schemas().stream()
                .flatMap(schema -> schema.columns().stream())
                .filter(field -> !isReadable(Optional.ofNullable(today.findField(field.fieldId())).map(NestedField::type).orElse(field.type())))
                .map(NestedField::fieldId)
                .collect(toImmutableSet());
    }

    private boolean isReadable(org.apache.iceberg.types.Type type)
    {
        return switch (type.typeId()) {
            case LIST, MAP, STRUCT -> ((NestedType) type).fields().stream().allMatch(field -> isReadable(field.type()));
            case UNKNOWN, GEOMETRY, GEOGRAPHY -> toTrino(type).isPresent();
            default -> true;
        };
    }
}
