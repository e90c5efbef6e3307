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

import java.util.Arrays;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * What happens to a data product that violates a check, from the mildest to the hardest.
 */
public enum Enforcement
{
    /**
     * The check is not evaluated.
     */
    OFF,
    /**
     * The violation is listed.
     */
    AUDIT,
    /**
     * The violation is a warning for the product's team.
     */
    WARN,
    /**
     * The product is not served.
     */
    STRICT;

    /**
     * As descriptors write it: {@code strict}.
     */
    public static Optional<Enforcement> parse(String text)
    {
        return Arrays.stream(values())
                .filter(enforcement -> enforcement.toString().equals(text))
                .findFirst();
    }

    public boolean isMilderThan(Enforcement other)
    {
        return compareTo(other) < 0;
    }

    @Override
    public String toString()
    {
        return name().toLowerCase(ENGLISH);
    }
}
