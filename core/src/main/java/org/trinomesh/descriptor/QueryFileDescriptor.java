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

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A file with the query of a product, which the product's descriptor names.
 */
public record QueryFileDescriptor(Position position, String fingerprint, String sql)
        implements Descriptor
{
    public QueryFileDescriptor
    {
        requireNonNull(position, "position is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(sql, "sql is null");
    }

    public LocatedText text()
    {
        return new LocatedText(sql, position, true);
    }

    /**
     * What is wrong with it is a problem of the product that names it.
     */
    @Override
    public List<Problem> problems()
    {
        return ImmutableList.of();
    }
}
