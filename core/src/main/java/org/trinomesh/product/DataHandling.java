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

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a product declares about how its data is handled. Checks can use it; nothing here is enforced by itself.
 *
 * @param retention how long the data is kept, as written
 * @param encryption how the data is encrypted, as written
 */
public record DataHandling(Optional<String> retention, boolean gdprCompliant, Optional<String> encryption)
{
    public static final DataHandling UNDECLARED = new DataHandling(Optional.empty(), false, Optional.empty());

    public DataHandling
    {
        requireNonNull(retention, "retention is null");
        requireNonNull(encryption, "encryption is null");
    }
}
