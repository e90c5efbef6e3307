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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.QueryDescriptor;
import org.trinomesh.descriptor.QueryFileDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Finds the files with the queries of products. A product may name those in the folder of its own domain.
 */
public final class QueryFiles
{
    private final Map<String, QueryFileDescriptor> files;

    public QueryFiles(List<QueryFileDescriptor> files)
    {
        this.files = ImmutableMap.copyOf(Maps.uniqueIndex(requireNonNull(files, "files is null"), file -> file.position().file()));
    }

    /**
     * The files that a product names.
     *
     * @return by the name that the product writes; without those that are not there
     */
    public Map<String, QueryFileDescriptor> of(ProductDescriptor product)
    {
        Map<String, QueryFileDescriptor> found = new HashMap<>();
        product.outputPorts().stream()
                .flatMap(port -> port.query().flatMap(QueryDescriptor::file).stream())
                .map(Located::value)
                .forEach(name -> find(product.position(), name).ifPresent(file -> found.put(name, file)));
        return ImmutableMap.copyOf(found);
    }

    private Optional<QueryFileDescriptor> find(Position product, String name)
    {
        try {
            // Beside the document, whatever the separator of the system is
            String path = Path.of("/" + product.file()).resolveSibling(name).normalize().toString().substring(1).replace('\\', '/');
            return Optional.ofNullable(files.get(path)).filter(file -> DomainFolder.of(file.position()).equals(DomainFolder.of(product)));
        }
        catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
