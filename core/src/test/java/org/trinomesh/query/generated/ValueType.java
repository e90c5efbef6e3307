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
package org.trinomesh.query.generated;

/**
 * The types of the columns of generated queries.
 */
public enum ValueType
{
    TEXT("varchar", 1),
    NUMBER("bigint", 1),
    TEXTS("array(varchar)", 1),
    PAIR("row(a varchar, b bigint)", 2),
    PAIRS("array(row(a varchar, b bigint))", 2),
    MAP("map(varchar, varchar)", 2);

    private final String sql;
    private final int parts;

    ValueType(String sql, int parts)
    {
        this.sql = sql;
        this.parts = parts;
    }

    public String sql()
    {
        return sql;
    }

    /**
     * How many kinds of scalar values are inside: the fields of a row, the keys and the values of a map.
     */
    int parts()
    {
        return parts;
    }

    boolean isScalar()
    {
        return this == TEXT || this == NUMBER;
    }
}
