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

import static java.util.Objects.requireNonNull;

/**
 * A text that is not a valid check: what is wrong, at which column of the text, and what to write instead.
 */
public final class InvalidCheckException
        extends RuntimeException
{
    private final String remedy;

    InvalidCheckException(String message, String remedy)
    {
        super(requireNonNull(message, "message is null"));
        this.remedy = requireNonNull(remedy, "remedy is null");
    }

    public String remedy()
    {
        return remedy;
    }
}
