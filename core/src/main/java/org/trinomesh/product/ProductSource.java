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
package org.trinomesh.product;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Position;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Where a data product is written down.
 *
 * @param files every file it was built from, so that a change can be traced to it
 * @param fingerprint identifies the content of the files
 */
public record ProductSource(
        Position position,
        Set<String> files,
        String fingerprint)
{
    public ProductSource
    {
        requireNonNull(position, "position is null");
        files = ImmutableSet.copyOf(requireNonNull(files, "files is null"));
        requireNonNull(fingerprint, "fingerprint is null");
    }
}
