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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A place where the data of a contract lies, as written.
 *
 * @param settings what is said of it, by key: {@code catalog}, {@code namespace}, {@code location}, ...
 * @param customProperties what an organisation adds, as far as it is a single value
 */
public record ServerDescriptor(
        Optional<Located<String>> name,
        Optional<Located<String>> type,
        Optional<Located<String>> environment,
        Map<String, Located<String>> settings,
        Map<String, String> customProperties,
        Position position)
{
    public ServerDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(environment, "environment is null");
        settings = ImmutableMap.copyOf(requireNonNull(settings, "settings is null"));
        customProperties = ImmutableMap.copyOf(requireNonNull(customProperties, "customProperties is null"));
        requireNonNull(position, "position is null");
    }

    public Optional<Located<String>> setting(String key)
    {
        return Optional.ofNullable(settings.get(key));
    }
}
