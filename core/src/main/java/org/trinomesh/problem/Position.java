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

import org.trinomesh.text.PrintableText;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A place in a file that people wrote. The file is relative to the mesh directory, line and column count from one.
 */
public record Position(String file, int line, int column)
        implements Comparable<Position>
{
    public Position
    {
        file = PrintableText.fileName(requireNonNull(file, "file is null"));
        checkArgument(line >= 1, "line is not positive: %s", line);
        checkArgument(column >= 1, "column is not positive: %s", column);
    }

    public static Position startOf(String file)
    {
        return new Position(file, 1, 1);
    }

    @Override
    public int compareTo(Position other)
    {
        int files = file.compareTo(other.file);
        if (files != 0) {
            return files;
        }
        int lines = Integer.compare(line, other.line);
        return lines != 0 ? lines : Integer.compare(column, other.column);
    }

    @Override
    public String toString()
    {
        return file + ":" + line + ":" + column;
    }
}
