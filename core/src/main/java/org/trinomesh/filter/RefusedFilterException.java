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
package org.trinomesh.filter;

import static java.util.Objects.requireNonNull;

/**
 * A row filter that is not allowed, with what to write instead.
 */
public final class RefusedFilterException
        extends Exception
{
    private final String remedy;

    RefusedFilterException(String message, String remedy)
    {
        super(message);
        this.remedy = requireNonNull(remedy, "remedy is null");
    }

    public String remedy()
    {
        return remedy;
    }
}
