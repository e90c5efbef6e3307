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

import java.time.LocalDate;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The end of a data product as announced: since when, until when, and what to use instead.
 *
 * @param replacedBy the successor as {@code domain.product} in SQL names
 */
public record Deprecation(Optional<LocalDate> deprecatedOn, Optional<LocalDate> endOfLife, Optional<String> replacedBy)
{
    public Deprecation
    {
        requireNonNull(deprecatedOn, "deprecatedOn is null");
        requireNonNull(endOfLife, "endOfLife is null");
        requireNonNull(replacedBy, "replacedBy is null");
    }
}
