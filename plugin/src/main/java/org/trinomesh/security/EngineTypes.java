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

import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import org.trinomesh.type.DataType;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * The types of columns as the engine has them, where the contract leaves open what the table has.
 */
final class EngineTypes
{
    private EngineTypes() {}

    static DataType of(Type type)
    {
        return switch (type) {
            case ArrayType array -> new DataType.Array(of(array.getElementType()));
            case MapType map -> new DataType.Map(of(map.getKeyType()), of(map.getValueType()));
            case RowType row -> new DataType.Row(row.getFields().stream()
                    .map(field -> new DataType.Row.Field(field.getName().orElseThrow(), of(field.getType())))
                    .collect(toImmutableList()));
            default -> new DataType.Scalar(type.getDisplayName());
        };
    }
}
