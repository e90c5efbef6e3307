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

import com.google.common.collect.ImmutableList;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Finds the type with which a field is served: the type of the table, with the contract's names for the fields inside. As with
 * columns, case does not distinguish names.
 */
final class PromisedTypes
{
    private final TypeManager typeManager;
    private final ReadableTypes readable;

    PromisedTypes(TypeManager typeManager)
    {
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.readable = new ReadableTypes(typeManager);
    }

    /**
     * Empty when the type of the table does not fit the promise.
     */
    Optional<Type> served(Type actual, DataType promised)
    {
        return switch (promised) {
            case DataType.Row(List<DataType.Row.Field> fields) -> actual instanceof StructType struct ? served(struct, fields) : Optional.empty();
            case DataType.Array(DataType element) -> actual instanceof ListType list ? served(list, element) : Optional.empty();
            case DataType.Map(DataType key, DataType value) -> actual instanceof MapType map ? served(map, key, value) : Optional.empty();
            case DataType.Scalar scalar -> Optional.of(actual).filter(type -> readable.toTrino(type).filter(found -> fits(found, scalar)).isPresent());
        };
    }

    private boolean fits(io.trino.spi.type.Type actual, DataType.Scalar promised)
    {
        return actual.equals(typeManager.fromSqlType(promised.sql())) || promised.admits(actual.getDisplayName());
    }

    private Optional<Type> served(StructType struct, List<DataType.Row.Field> promised)
    {
        if (struct.fields().size() != promised.size()) {
            return Optional.empty();
        }
        ImmutableList.Builder<NestedField> fields = ImmutableList.builder();
        for (int index = 0; index < promised.size(); index++) {
            NestedField field = struct.fields().get(index);
            DataType.Row.Field wanted = promised.get(index);
            Optional<Type> type = field.name().equalsIgnoreCase(wanted.name()) ? served(field.type(), wanted.type()) : Optional.empty();
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(NestedField.from(field).withName(wanted.name()).ofType(type.orElseThrow()).build());
        }
        return Optional.of(StructType.of(fields.build()));
    }

    private Optional<Type> served(ListType list, DataType promised)
    {
        return served(list.elementType(), promised).map(element -> list.isElementOptional()
                ? ListType.ofOptional(list.elementId(), element)
                : ListType.ofRequired(list.elementId(), element));
    }

    private Optional<Type> served(MapType map, DataType promisedKey, DataType promisedValue)
    {
        return served(map.keyType(), promisedKey).flatMap(key -> served(map.valueType(), promisedValue).map(value -> map.isValueOptional()
                ? MapType.ofOptional(map.keyId(), map.valueId(), key, value)
                : MapType.ofRequired(map.keyId(), map.valueId(), key, value)));
    }
}
