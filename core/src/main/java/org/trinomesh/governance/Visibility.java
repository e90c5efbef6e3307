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
package org.trinomesh.governance;

import java.util.Arrays;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * The access that a decision gives, as documents and tables write it. Each shows more than the one before.
 */
public enum Visibility
{
    HIDDEN,
    DISCOVERABLE,
    READABLE;

    public static Visibility of(Decision decision)
    {
        return switch (decision) {
            case Decision.Hidden _ -> HIDDEN;
            case Decision.Discoverable _ -> DISCOVERABLE;
            case Decision.Readable _ -> READABLE;
        };
    }

    static Optional<Visibility> of(String word)
    {
        return Arrays.stream(values()).filter(visibility -> visibility.toString().equals(word)).findFirst();
    }

    @Override
    public String toString()
    {
        return name().toLowerCase(ENGLISH);
    }
}
