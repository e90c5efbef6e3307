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
package org.trinomesh.connector;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.function.Function.identity;

/**
 * The kinds of schemas in the catalog. Those that belong to no domain have a reserved name. Decisions about a schema are switch
 * expressions over the kinds without a default, so that a new kind does not compile until each of them is made.
 */
public enum MeshSchema
{
    /**
     * A domain's schema, or a name that does not exist.
     */
    DOMAIN,
    /**
     * The quality views of products, for their stewards.
     */
    QUALITY("quality"),
    /**
     * The system tables and functions of the mesh. Each answers every requester from what it may know.
     */
    SYSTEM("system"),
    /**
     * The engine's own. It asks the access control for what it lists.
     */
    INFORMATION_SCHEMA("information_schema");

    private static final Map<String, MeshSchema> RESERVED = Arrays.stream(values())
            .filter(schema -> schema.reservedName.isPresent())
            .collect(toImmutableMap(MeshSchema::schemaName, identity()));

    private final Optional<String> reservedName;

    MeshSchema()
    {
        this.reservedName = Optional.empty();
    }

    MeshSchema(String reservedName)
    {
        this.reservedName = Optional.of(reservedName);
    }

    public static MeshSchema of(String schema)
    {
        return RESERVED.getOrDefault(schema, DOMAIN);
    }

    /**
     * The reserved name. Schemas of domains have none: each has the name of its domain.
     */
    public String schemaName()
    {
        return reservedName.orElseThrow(() -> new IllegalStateException("A schema of a domain has no reserved name"));
    }
}
