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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.product.MeshTable;
import org.trinomesh.quality.TableCounts;

import java.util.Collection;
import java.util.Map;

/**
 * Exact counts from the manifests of tables, without a scan.
 */
public interface ManifestCounts
{
    /**
     * No counts: everything has to be read from the rows.
     */
    ManifestCounts UNKNOWN = _ -> ImmutableMap.of();

    /**
     * The tables whose manifests tell, by the very tables that were given. Those are not among them that have delete files or cannot be read now.
     */
    Map<MeshTable, TableCounts> counts(Collection<MeshTable> tables);
}
