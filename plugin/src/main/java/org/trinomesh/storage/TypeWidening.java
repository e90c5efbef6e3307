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

import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;
import org.apache.iceberg.types.Types;
import org.trinomesh.type.LosslessTypes;

import java.util.Optional;

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.DoubleType.DOUBLE;

/**
 * Finds the Iceberg type with which a narrower column can be read without loss.
 */
final class TypeWidening
{
    private TypeWidening() {}

    /**
     * The Iceberg type to read a column of type {@code actual} with when {@code promised} was promised; empty when that
     * could lose something.
     */
    static Optional<org.apache.iceberg.types.Type> widen(Type actual, Type promised)
    {
        if (!LosslessTypes.widens(actual.getDisplayName(), promised.getDisplayName())) {
            return Optional.empty();
        }
        if (promised == BIGINT) {
            return Optional.of(Types.LongType.get());
        }
        if (promised == DOUBLE) {
            return Optional.of(Types.DoubleType.get());
        }
        return promised instanceof DecimalType wide ? Optional.of(Types.DecimalType.of(wide.getPrecision(), wide.getScale())) : Optional.empty();
    }
}
