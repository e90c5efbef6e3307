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
package org.trinomesh.conformance;

/**
 * The deadline until which checks may run. An author can write a slow expression, and others must not wait for it.
 *
 * @param deadline as {@link System#nanoTime} tells it
 * @param last whether a check that has no time left counts as violated; otherwise it is evaluated again later
 */
public record CheckTime(long deadline, boolean last)
{
    /**
     * For callers that wait for all checks, such as the command line. Each expression has a limit of its own.
     */
    public static CheckTime unlimited()
    {
        return new CheckTime(System.nanoTime() + Long.MAX_VALUE / 2, true);
    }

    boolean isOver()
    {
        return System.nanoTime() - deadline >= 0;
    }
}
