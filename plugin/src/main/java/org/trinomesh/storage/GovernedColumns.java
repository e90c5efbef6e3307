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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.FieldNames;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which columns the governance of the mesh depends on. The meaning of the name of such a column must not be lost at a
 * restart.
 */
public interface GovernedColumns
{
    GovernedColumns NONE = new GovernedColumns()
    {
        @Override
        public Set<String> governedColumns(MeshTable table)
        {
            return ImmutableSet.of();
        }

        @Override
        public Set<String> filteredColumns(MeshTable table)
        {
            return ImmutableSet.of();
        }

        @Override
        public List<Problem> missedRules(MeshTable table, Map<String, FieldNames> names)
        {
            return ImmutableList.of();
        }
    };

    /**
     * The promised names of columns that some rule masks, hides or filters by, wholly or a field inside, or that are classified.
     */
    Set<String> governedColumns(MeshTable table);

    /**
     * The promised names of columns that row filters of the whole mesh compare.
     */
    Set<String> filteredColumns(MeshTable table);

    /**
     * The problems that take a table out of service because rules miss its columns.
     *
     * @param names by the promised names of columns: those of fields that the table calls, or called, otherwise than the descriptor
     */
    List<Problem> missedRules(MeshTable table, Map<String, FieldNames> names);
}
