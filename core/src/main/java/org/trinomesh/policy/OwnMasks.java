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
package org.trinomesh.policy;

import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The mask that a product itself gives to a column, by {@code mask:} at the column or at fields inside it.
 */
public final class OwnMasks
{
    private OwnMasks() {}

    /**
     * @param problems what cannot be understood, or does not fit the column
     */
    public static Optional<Mask> of(Column column, ColumnAttributes attributes, IdentifierTypes identifiers, Problems problems)
    {
        return written(column, problems).map(mask -> new MaskFitter(
                identifiers,
                UnaryOperator.identity(),
                misfit -> problems.error(column.mask().map(written -> written.action().position()).orElse(column.position()), "column " + misfit, "choose a mask that fits the type"))
                .fit(mask, attributes, column.fields()));
    }

    /**
     * As it is written, whether it fits the column or not.
     */
    public static Optional<Mask> written(Column column, Problems problems)
    {
        if (column.mask().isEmpty() && column.fields().isEmpty()) {
            return Optional.empty();
        }
        MaskReader reader = new MaskReader(problems);
        Optional<Mask> own = column.mask().flatMap(mask -> reader.read(mask, column.identifier()));
        Optional<Mask> ofFields = MaskFitter.ofFields(column.type(), column.fields(), field -> field.mask().flatMap(mask -> reader.read(mask, field.identifier())));
        return own.isPresent() && ofFields.isPresent() ? Optional.of(Masks.combine(own.get(), ofFields.get())) : own.or(() -> ofFields);
    }
}
