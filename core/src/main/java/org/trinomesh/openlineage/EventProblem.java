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
package org.trinomesh.openlineage;

import org.trinomesh.text.PrintableText;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A line of an event file that could not be used, with the reason.
 *
 * @param file below the results directory
 * @param line from 1
 */
public record EventProblem(String file, long line, String message)
{
    public EventProblem
    {
        requireNonNull(file, "file is null");
        checkArgument(line >= 1, "line is not positive: %s", line);
        message = PrintableText.line(requireNonNull(message, "message is null"));
    }
}
