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

import org.trinomesh.product.SchemaChange;
import org.trinomesh.text.PrintableText;

import static java.util.Objects.requireNonNull;

/**
 * Where a table differs from what its contract promises.
 *
 * @param change what the contract would have to change to follow the table
 */
public record TableDifference(SchemaChange change, String message)
{
    public TableDifference
    {
        requireNonNull(change, "change is null");
        message = PrintableText.line(requireNonNull(message, "message is null"));
    }
}
