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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.product.Requester;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Which rows one requester sees, when not all of them.
 *
 * @param reasons the rules that filter
 */
public record RowAccess(RowFilter filter, List<Reason> reasons)
{
    public RowAccess
    {
        requireNonNull(filter, "filter is null");
        reasons = ImmutableList.copyOf(requireNonNull(reasons, "reasons is null"));
    }

    RowAccess of(Requester requester)
    {
        return new RowAccess(filter.of(requester), reasons);
    }

    RowAccess and(RowAccess other)
    {
        return new RowAccess(filter.and(other.filter), ImmutableList.<Reason>builder().addAll(reasons).addAll(other.reasons).build());
    }
}
