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

import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.Type;
import org.trinomesh.disclosure.Closeness;
import org.trinomesh.disclosure.Fact;

import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * A column of a system table, with its type, its audience, its comment and the function that computes its values.
 *
 * @param audience how close a requester has to be to the subject of a row to see the value; everybody else sees NULL. Every row is about
 *         something that the requester may discover. Where the value itself depends on what the requester sees, such as the name of a
 *         column that may be hidden, the comment says so
 * @param value the value as the engine wants it, or null for NULL
 */
public record SystemColumn<R extends Fact>(String name, Type type, Closeness audience, String comment, Function<R, Object> value)
{
    public SystemColumn
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(audience, "audience is null");
        requireNonNull(comment, "comment is null");
        requireNonNull(value, "value is null");
    }

    ColumnMetadata metadata()
    {
        return ColumnMetadata.builder().setName(name).setType(type).setComment(Optional.of(comment)).build();
    }

    /**
     * The value for the requester that the row was made for.
     */
    Object of(R row)
    {
        return row.closeness().contains(audience) ? value.apply(row) : null;
    }
}
