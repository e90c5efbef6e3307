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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * The properties of a mesh catalog file, split by their receivers: ours ({@code mesh.*}), each storage's ({@code
 * storage.<name>.*}, without the prefix), and the reader's (all others, Iceberg's own names).
 */
record CatalogProperties(Map<String, String> mesh, Map<String, Map<String, String>> storages, Map<String, String> reader, List<String> errors)
{
    private static final String STORAGE_PREFIX = "storage.";
    private static final Pattern STORAGE = Pattern.compile("storage\\.([a-z][a-z0-9_]*)\\.(.+)");

    CatalogProperties
    {
        mesh = ImmutableMap.copyOf(requireNonNull(mesh, "mesh is null"));
        storages = requireNonNull(storages, "storages is null").entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> ImmutableMap.copyOf(entry.getValue())));
        reader = ImmutableMap.copyOf(requireNonNull(reader, "reader is null"));
        errors = ImmutableList.copyOf(requireNonNull(errors, "errors is null"));
    }

    static CatalogProperties split(Map<String, String> properties)
    {
        Map<String, String> mesh = new LinkedHashMap<>();
        Map<String, Map<String, String>> storages = new TreeMap<>();
        Map<String, String> reader = new LinkedHashMap<>();
        ImmutableList.Builder<String> errors = ImmutableList.builder();
        properties.forEach((name, value) -> {
            Matcher storage = STORAGE.matcher(name);
            if (storage.matches()) {
                storages.computeIfAbsent(storage.group(1), _ -> new LinkedHashMap<>()).put(storage.group(2), value);
            }
            else if (name.startsWith(STORAGE_PREFIX)) {
                errors.add("Configuration property '" + name + "' is not of the form storage.<name>.<property>, with a name of lower case letters, digits and _");
            }
            else if (name.startsWith("mesh.")) {
                mesh.put(name, value);
            }
            else if (name.equals("iceberg.catalog.type") || name.startsWith("fs.")) {
                errors.add("Configuration property '" + name + "' belongs to a storage; write storage.<name>." + name);
            }
            else {
                reader.put(name, value);
            }
        });
        if (storages.isEmpty()) {
            errors.add("No storage is configured; write storage.<name>.iceberg.catalog.type and what it needs");
        }
        return new CatalogProperties(mesh, storages, reader, errors.build());
    }

    /**
     * The problems of directories that the coordinator needs besides the mesh directory. The state directory is created if it does not
     * exist, because only the coordinator writes it. Other tools write the results directory, so that a missing one is a mistake in its
     * path.
     */
    List<String> directoryErrors()
    {
        ImmutableList.Builder<String> errors = ImmutableList.builder();
        directory("mesh.descriptors")
                .filter(directory -> !Files.isDirectory(directory) || !Files.isReadable(directory))
                .ifPresent(directory -> errors.add("The mesh directory '%s' cannot be read; create it, or correct its path and its permissions".formatted(directory)));
        directory("mesh.results")
                .filter(directory -> !Files.isDirectory(directory) || !Files.isReadable(directory))
                .ifPresent(directory -> errors.add("mesh.results: the directory '%s' cannot be read; create it, or correct its path and its permissions".formatted(directory)));
        directory("mesh.state-directory")
                .filter(directory -> !isWritable(directory))
                .ifPresent(directory -> errors.add("mesh.state-directory: the directory '%s' cannot be created or written; correct its path and its permissions".formatted(directory)));
        return errors.build();
    }

    private Optional<Path> directory(String property)
    {
        return Optional.ofNullable(mesh.get(property)).map(String::strip).filter(path -> !path.isEmpty()).map(Path::of);
    }

    private static boolean isWritable(Path directory)
    {
        try {
            return Files.isWritable(Files.createDirectories(directory));
        }
        catch (IOException _) {
            return false;
        }
    }
}
