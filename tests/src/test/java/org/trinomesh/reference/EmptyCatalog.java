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
package org.trinomesh.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.Connector;
import io.trino.testing.TestingConnectorContext;
import org.trinomesh.MeshPlugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;

/**
 * A catalog of the mesh without an engine and without data products: what it has in every mesh.
 */
final class EmptyCatalog
{
    private EmptyCatalog() {}

    static void use(Consumer<Connector> user)
    {
        try {
            Path directory = Files.createTempDirectory("mesh-reference");
            try {
                Connector catalog = ImmutableList.copyOf(new MeshPlugin().getConnectorFactories()).getFirst().create(
                        "mesh",
                        ImmutableMap.<String, String>builder()
                                .put("mesh.descriptors", directory.toString())
                                .put("storage.files.iceberg.catalog.type", "location")
                                .put("storage.files.fs.local.enabled", "true")
                                .put("storage.files.local.location", directory.toString())
                                .buildOrThrow(),
                        new TestingConnectorContext());
                try {
                    user.accept(catalog);
                }
                finally {
                    catalog.shutdown();
                }
            }
            finally {
                deleteRecursively(directory, ALLOW_INSECURE);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
