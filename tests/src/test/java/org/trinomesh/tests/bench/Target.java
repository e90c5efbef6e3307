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

/**
 * What a figure should be: between two bounds, both included.
 */
record Target(double least, double most)
{
    static Target atMost(double most)
    {
        return new Target(0, most);
    }

    static Target around(double middle, double tolerance)
    {
        return new Target(middle - tolerance, middle + tolerance);
    }

    boolean isMetBy(double figure)
    {
        return figure >= least && figure <= most;
    }

    String text(String format)
    {
        return least == 0 ? "<= " + format.formatted(most) : format.formatted(least) + " - " + format.formatted(most);
    }
}
