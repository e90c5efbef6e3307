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
package org.trinomesh.slo;

import java.util.Collection;

import static java.util.Locale.ENGLISH;

/**
 * Whether an objective is kept.
 */
public enum SloStatus
{
    MET,
    BREACHED,
    /**
     * Nothing says whether it is.
     */
    UNKNOWN;

    /**
     * The status of several objectives: met when all objectives with a known status are met.
     */
    static SloStatus of(Collection<SloStatus> statuses)
    {
        if (statuses.contains(BREACHED)) {
            return BREACHED;
        }
        return statuses.contains(MET) ? MET : UNKNOWN;
    }

    @Override
    public String toString()
    {
        return name().toLowerCase(ENGLISH);
    }
}
