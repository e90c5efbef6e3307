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
package org.trinomesh.problem;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A text of one or more lines, such as a query, and where it is written.
 *
 * @param start where its first character is
 * @param exact whether the file has the lines as they are here, so that every place in the text is known. Otherwise, as for a text
 *         in quotes, only its start is.
 */
public record LocatedText(String text, Position start, boolean exact)
{
    public LocatedText
    {
        requireNonNull(text, "text is null");
        requireNonNull(start, "start is null");
    }

    /**
     * Where a place of the text is in its file.
     *
     * @param line of the text, from 1
     * @param column in characters, from 1
     */
    public Position at(int line, int column)
    {
        checkArgument(line >= 1 && column >= 1, "not a place in a text: %s:%s", line, column);
        return exact ? new Position(start.file(), start.line() + line - 1, start.column() + column - 1) : start;
    }
}
