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
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The query of an output port, as written.
 *
 * @param file the name of a file with the query, relative to the file of the document
 * @param materialized where its rows are stored, if they are
 */
public record QueryDescriptor(Optional<LocatedText> sql, Optional<Located<String>> file, Optional<MaterializedDescriptor> materialized, Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a query").optional("sql", "file", "materialized");

    public QueryDescriptor
    {
        requireNonNull(sql, "sql is null");
        requireNonNull(file, "file is null");
        requireNonNull(materialized, "materialized is null");
        requireNonNull(position, "position is null");
    }

    static Optional<QueryDescriptor> read(ObjectReader port)
    {
        return port.object("query", SHAPE).map(reader -> {
            if (reader.has("sql") == reader.has("file")) {
                reader.problems().error(reader.position(), reader.has("sql") ? "the query has both 'sql' and 'file'" : "the query has neither 'sql' nor 'file'", "write 'sql: |' with the query below it, or 'file:' with the name of a file that has it");
            }
            return new QueryDescriptor(reader.lines("sql"), reader.text("file"), MaterializedDescriptor.read(reader), reader.position());
        });
    }
}
