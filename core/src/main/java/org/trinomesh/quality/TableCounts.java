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

import com.google.common.collect.ImmutableMap;

import java.time.Instant;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What is known of the rows of a table without reading them.
 *
 * @param nulls rows without a value, of each promised column of which that is known
 */
public record TableCounts(long rows, Map<String, Long> nulls, Instant at)
{
    public TableCounts
    {
        nulls = ImmutableMap.copyOf(requireNonNull(nulls, "nulls is null"));
        requireNonNull(at, "at is null");
    }
}
