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
package org.trinomesh.registry;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A promise about the data as it is written: {@code freshness}, target {@code 4h}, measured by {@code last_updated_timestamp}.
 */
public record ServiceLevelObjective(String name, String target, Optional<String> measurement, Optional<String> description)
{
    public ServiceLevelObjective
    {
        requireNonNull(name, "name is null");
        requireNonNull(target, "target is null");
        requireNonNull(measurement, "measurement is null");
        requireNonNull(description, "description is null");
    }
}
