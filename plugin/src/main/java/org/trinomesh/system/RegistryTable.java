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
package org.trinomesh.system;

import org.trinomesh.disclosure.ProblemCollector;
import org.trinomesh.disclosure.VisibleRegistry;

import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.MESH_STEWARD;

/**
 * The table {@code registry}: the generation of the mesh that answers the query.
 */
final class RegistryTable
        implements SystemRows<VisibleRegistry>
{
    private static final SystemTableSchema<VisibleRegistry> SCHEMA = SystemTableSchema.<VisibleRegistry>table("registry", "The generation of the mesh that answers this query")
            .number("generation", MESH_STEWARD, "Counts the loads since the server started; for stewards of the mesh", VisibleRegistry::generation)
            .time("loaded_at", MESH_STEWARD, "When it was loaded; for stewards of the mesh", VisibleRegistry::loadedAt)
            .number("load_millis", MESH_STEWARD, "How long the load took, in milliseconds; for stewards of the mesh", row -> row.loadTime().toMillis())
            .number("files", MESH_STEWARD, "How many files were read; for stewards of the mesh", VisibleRegistry::files)
            .number("domains", DISCOVERER, "How many domains you may know of", VisibleRegistry::domains)
            .number("data_products", DISCOVERER, "How many data products you may discover", VisibleRegistry::products)
            .number("problems", DISCOVERER, "How many problems you may see", row -> row.problems().get())
            .build();

    private final ProblemCollector problems;

    RegistryTable(ProblemCollector problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    @Override
    public SystemTableSchema<VisibleRegistry> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleRegistry> rows(SystemRequest request)
    {
        return VisibleRegistry.of(request.mesh(), problems).stream();
    }
}
