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
package org.trinomesh;

import com.google.common.collect.ImmutableMap;
import com.google.inject.ConfigurationException;
import com.google.inject.spi.Message;
import io.airlift.configuration.ConfigurationFactory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.groupingBy;

/**
 * Finds all mistakes in the properties of the mesh. The bootstrap stops at the first kind of mistake: it checks limits only when every
 * value can be read.
 */
final class MeshConfigErrors
{
    private static final String DESCRIPTORS = "mesh.descriptors";

    private MeshConfigErrors() {}

    /**
     * @param properties those that begin with {@code mesh.}
     * @return the messages of the bootstrap
     */
    static List<String> of(Map<String, String> properties)
    {
        return properties.keySet().stream()
                // These properties have to be consistent
                .collect(groupingBy(name -> name.contains("mask-key") ? "mask-key" : name))
                .values().stream()
                .flatMap(names -> errors(properties, names))
                .distinct()
                .collect(toImmutableList());
    }

    private static Stream<String> errors(Map<String, String> properties, Collection<String> names)
    {
        ImmutableMap.Builder<String, String> some = ImmutableMap.builder();
        // Nothing else has to be there
        if (properties.containsKey(DESCRIPTORS) && !names.contains(DESCRIPTORS)) {
            some.put(DESCRIPTORS, properties.get(DESCRIPTORS));
        }
        names.forEach(name -> some.put(name, properties.get(name)));
        try {
            new ConfigurationFactory(some.buildOrThrow()).build(MeshConfig.class);
            return Stream.empty();
        }
        catch (ConfigurationException e) {
            return e.getErrorMessages().stream().map(Message::getMessage);
        }
    }
}
