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
package org.trinomesh.descriptor;

import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the rows of a query are stored, as written.
 */
public record MaterializedDescriptor(
        Optional<Located<String>> storage,
        Optional<Located<String>> schema,
        Optional<Located<String>> table,
        Optional<Located<String>> gracePeriod,
        Optional<Located<String>> whenStale,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("the storage of a query")
            .required("storage", "schema", "table")
            .optional("gracePeriod", "whenStale");

    public MaterializedDescriptor
    {
        requireNonNull(storage, "storage is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
        requireNonNull(gracePeriod, "gracePeriod is null");
        requireNonNull(whenStale, "whenStale is null");
        requireNonNull(position, "position is null");
    }

    static Optional<MaterializedDescriptor> read(ObjectReader query)
    {
        return query.object("materialized", SHAPE).map(reader -> new MaterializedDescriptor(
                reader.text("storage"),
                reader.text("schema"),
                reader.text("table"),
                reader.text("gracePeriod"),
                reader.text("whenStale"),
                reader.position()));
    }
}
