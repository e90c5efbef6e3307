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
package org.trinomesh.quality;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A table whose rules are checked together.
 *
 * @param schema the domain
 * @param name as the table is addressed in SQL
 */
public record CheckedTable(String schema, String name, List<CheckedRule> rules)
{
    public CheckedTable
    {
        requireNonNull(schema, "schema is null");
        requireNonNull(name, "name is null");
        rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
    }
}
