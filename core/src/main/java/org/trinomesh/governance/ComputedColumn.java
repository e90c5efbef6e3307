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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.Classifications;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.product.Column;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A column that a query computes, with what it inherits from the columns that it comes from.
 */
final class ComputedColumn
{
    private ComputedColumn() {}

    /**
     * The stricter classification, all tags, and the identifier type if the column declares none and inherits one.
     *
     * @param inherited the words of the columns that it comes from
     */
    static Column of(Column column, ColumnWords inherited)
    {
        return new Column(
                column.name(),
                column.type(),
                column.nullable(),
                column.description(),
                Stream.concat(column.classification().stream(), inherited.classifications().stream()).max(Classifications.WEAKEST_FIRST),
                ImmutableSet.<String>builder().addAll(column.tags()).addAll(inherited.tags()).build(),
                column.identifier().or(() -> Optional.of(inherited.identifiers()).filter(identifiers -> identifiers.size() == 1).map(identifiers -> identifiers.iterator().next())),
                column.fieldId(),
                column.mask(),
                column.hidden(),
                column.fields(),
                column.details(),
                column.position());
    }
}
