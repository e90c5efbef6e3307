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
package org.trinomesh.cli;

import org.trinomesh.product.Column;
import org.trinomesh.type.DataTypeParser;
import org.trinomesh.type.InvalidDataTypeException;

import java.util.Optional;

/**
 * What to write where the type of a column of a query does not fit the promised one.
 */
final class TypeAdvice
{
    private TypeAdvice() {}

    /**
     * @param type of the query's column, as Trino calls it
     */
    static String of(Column promised, String type)
    {
        String cast = "CAST the column to %s in the query".formatted(promised.type());
        return promisable(type).map(exact -> "write type: \"%s\" in the promise, or %s".formatted(exact.replace("\"", "\\\""), cast))
                .orElse(cast);
    }

    /**
     * The type that a product can promise for values of another one. Products have fewer types than Trino.
     */
    private static Optional<String> promisable(String type)
    {
        String wider = type
                .replaceAll("\\b(?:var)?char\\([0-9]+\\)", "varchar")
                .replaceAll("\\b(?:tinyint|smallint)\\b", "integer")
                .replaceAll("\\btime\\([0-6]\\)", "time(6)")
                .replaceAll("\\btimestamp\\([0-6]\\)", "timestamp(6)")
                .replaceAll("\\btimestamp\\([7-9]\\)", "timestamp(9)");
        try {
            return Optional.of(DataTypeParser.parse(wider).sql());
        }
        catch (InvalidDataTypeException _) {
            return Optional.empty();
        }
    }
}
