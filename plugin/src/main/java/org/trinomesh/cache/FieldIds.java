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
package org.trinomesh.cache;

import org.apache.iceberg.DataFile;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The field ids that files have statistics of. Most files of a manifest have those of the file before, and share them.
 */
final class FieldIds
{
    private Set<Integer> last = Set.of();
    private int[] ids = {};

    /**
     * In ascending order; shared, so not to be changed.
     */
    int[] of(DataFile file)
    {
        Set<Integer> found = new TreeSet<>();
        Stream.of(file.valueCounts(), file.nullValueCounts(), file.nanValueCounts(), file.lowerBounds(), file.upperBounds())
                .forEach(statistics -> add(found, statistics));
        if (!found.equals(last)) {
            last = found;
            ids = found.stream().mapToInt(Integer::intValue).toArray();
        }
        return ids;
    }

    private static void add(Set<Integer> found, Map<Integer, ?> statistics)
    {
        // Iceberg gives null where the manifest has none
        if (statistics != null) {
            found.addAll(statistics.keySet());
        }
    }
}
