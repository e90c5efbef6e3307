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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * The platform's document of a mesh. Unless it says otherwise, products need not conform to anything, nobody oversees the
 * mesh, and nobody may know of what they may not read.
 *
 * @param grants which domain may publish what, as YAML
 * @param spec what else the document says, as YAML by key
 */
record MeshDocument(List<String> grants, Map<String, String> spec)
{
    MeshDocument
    {
        grants = ImmutableList.copyOf(grants);
        spec = ImmutableMap.copyOf(spec);
    }

    static MeshDocument of(String... grants)
    {
        return new MeshDocument(ImmutableList.copyOf(grants), ImmutableMap.of("conformance", "{interoperability: off, pii-handling: off}"));
    }

    /**
     * Every domain may publish what is in its namespace of the storage {@code lake}.
     */
    static MeshDocument granting(String... domains)
    {
        return of(Stream.of(domains)
                .map("{domain: %1$s, storage: lake, namespaces: [%1$s]}"::formatted)
                .toArray(String[]::new));
    }

    MeshDocument with(String key, String yaml)
    {
        return new MeshDocument(grants, ImmutableMap.<String, String>builder()
                .putAll(spec)
                .put(key, yaml)
                .buildKeepingLast());
    }

    String yaml()
    {
        return """
               apiVersion: datamesh/v1
               kind: Mesh
               metadata: {name: test, owner: platform}
               spec:
               %s
                 grants:
               %s
               """.formatted(
                spec.entrySet().stream()
                        .map(entry -> "  %s: %s".formatted(entry.getKey(), entry.getValue()))
                        .collect(joining("\n")),
                grants.stream()
                        .map("    - %s"::formatted)
                        .collect(joining("\n")));
    }
}
