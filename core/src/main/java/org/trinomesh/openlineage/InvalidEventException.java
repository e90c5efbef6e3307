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

/**
 * A line that is not a valid OpenLineage event. The message is for the people who operate the tool that wrote it.
 */
final class InvalidEventException
        extends Exception
{
    private final boolean cut;

    InvalidEventException(String message)
    {
        this(message, false);
    }

    /**
     * @param cut whether it may be the beginning of an event
     */
    InvalidEventException(String message, boolean cut)
    {
        super(message);
        this.cut = cut;
    }

    boolean isCut()
    {
        return cut;
    }
}
