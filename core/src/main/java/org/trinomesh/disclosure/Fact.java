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
package org.trinomesh.disclosure;

import java.util.Set;

/**
 * Something that one requester may be told, such as a row of a system table. Parts of it may be for fewer people: before a part is
 * shown, its audience is compared with the requester's closeness.
 */
public interface Fact
{
    /**
     * How close the requester stands to what the fact is about.
     */
    Set<Closeness> closeness();
}
