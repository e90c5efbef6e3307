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
package org.trinomesh.tests.bench;

import java.io.PrintStream;

/**
 * Tells on the error output what is being done, so that the table on the standard output stays alone.
 */
final class Progress
{
    /**
     * As it was at the start: an engine redirects the output of its process to its log.
     */
    private static final PrintStream ERROR_OUTPUT = System.err;

    private Progress() {}

    static void say(String format, Object... arguments)
    {
        ERROR_OUTPUT.println("bench: " + format.formatted(arguments));
    }
}
