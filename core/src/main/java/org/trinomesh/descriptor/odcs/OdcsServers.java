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
package org.trinomesh.descriptor.odcs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.descriptor.ServerDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.problem.Located;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the servers of a contract. Each kind of server has its own keys, and new kinds come with every version of the standard.
 */
final class OdcsServers
{
    private static final List<String> SETTINGS = ImmutableList.of(
            "account",
            "catalog",
            "catalogUrl",
            "database",
            "dataset",
            "delimiter",
            "encoding",
            "endpointUrl",
            "format",
            "host",
            "location",
            "namespace",
            "path",
            "port",
            "project",
            "region",
            "regionName",
            "schema",
            "serviceName",
            "stagingDir",
            "stream",
            "tenant",
            "warehouse",
            "workgroup");

    static final ObjectShape SHAPE = ObjectShape.of("a server")
            .required("server", "type")
            .optional(ImmutableList.<String>builder().add("id", "description", "environment", "roles", "customProperties").addAll(SETTINGS).build().toArray(new String[0]))
            .opened();

    /**
     * What a server of a kind must say, as far as the kind can hold tables that are served.
     */
    private static final Map<String, List<String>> NEEDED = ImmutableMap.of(
            "iceberg", ImmutableList.of("catalog", "namespace"),
            "trino", ImmutableList.of("catalog", "schema"),
            "glue", ImmutableList.of("database"),
            "hive", ImmutableList.of("database"),
            "s3", ImmutableList.of("location"),
            "azure", ImmutableList.of("location"),
            "local", ImmutableList.of("path"));

    private final StandardBlocks blocks;

    OdcsServers(StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
    }

    List<ServerDescriptor> read(ObjectReader root)
    {
        return blocks.objects(root, "servers", SHAPE).stream()
                .map(this::server)
                .collect(toImmutableList());
    }

    private ServerDescriptor server(ObjectReader reader)
    {
        Optional<Located<String>> type = reader.text("type");
        ImmutableMap.Builder<String, Located<String>> settings = ImmutableMap.builder();
        SETTINGS.forEach(key -> reader.text(key).ifPresent(value -> settings.put(key, value)));
        type.map(kind -> NEEDED.getOrDefault(kind.value(), ImmutableList.of())).orElse(ImmutableList.of()).stream()
                .filter(key -> !reader.has(key))
                .forEach(key -> blocks.problems().warning(reader.position(), "the %s server has no '%s'".formatted(type.orElseThrow(), key), "add it: without it no table is found there"));
        blocks.ignore(reader, "servers[].", "roles");
        return new ServerDescriptor(
                reader.text("server"),
                type,
                reader.text("environment"),
                settings.buildOrThrow(),
                blocks.custom(reader),
                reader.position());
    }
}
