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
package org.trinomesh.slo;

import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What a measured value reveals about the data, so that it can be hidden from those who may not know that.
 */
public sealed interface Disclosure
{
    /**
     * The times of commits, and whether the table could be opened: nothing about its content.
     */
    record Times()
            implements Disclosure {}

    /**
     * How many rows there are.
     */
    record Rows()
            implements Disclosure {}

    /**
     * A value of columns, or how many values they have, over all rows.
     */
    record Values(Set<TableColumn> columns)
            implements Disclosure
    {
        public Values
        {
            columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
        }
    }

    /**
     * What several measurements of one kind reveal together, of which only one is shown.
     */
    static Disclosure ofAll(List<Disclosure> disclosures)
    {
        Set<TableColumn> columns = disclosures.stream()
                .filter(Values.class::isInstance)
                .flatMap(disclosure -> ((Values) disclosure).columns().stream())
                .collect(toImmutableSet());
        if (!columns.isEmpty()) {
            return new Values(columns);
        }
        return disclosures.stream().filter(disclosure -> !(disclosure instanceof Times)).findFirst().orElseGet(Times::new);
    }

    /**
     * How many rows passed checks, of whichever columns.
     */
    record Checks()
            implements Disclosure {}

    /**
     * @param table the SQL name of the product's table without a version
     */
    record TableColumn(String table, String column)
    {
        public TableColumn
        {
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }
    }
}
