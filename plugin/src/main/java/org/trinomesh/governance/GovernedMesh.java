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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Deprecation;
import org.trinomesh.registry.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshTable;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * One generation of the mesh as one requester may see it. Every answer that leaves the catalog goes through here.
 */
public record GovernedMesh(Mesh mesh, Requester requester)
{
    public GovernedMesh
    {
        requireNonNull(mesh, "mesh is null");
        requireNonNull(requester, "requester is null");
    }

    public Decision decide(DataProduct product)
    {
        return AccessDecider.decide(mesh, requester, product);
    }

    /**
     * A steward of the whole mesh: sees every product and problem, reads none by that.
     */
    public boolean isMeshSteward()
    {
        return requester.isAny(mesh.stewards());
    }

    public Optional<MeshTable> readable(String schema, String table)
    {
        return mesh.table(schema, table).filter(found -> decide(found.product()).isReadable());
    }

    public boolean isStewardOf(String schema, String table)
    {
        return mesh.table(schema, table).filter(found -> decide(found.product()).isSteward()).isPresent();
    }

    /**
     * The tables that listings of a schema show, in order of name.
     */
    public List<MeshTable> listed(String schema)
    {
        return mesh.tables(schema).stream()
                .filter(MeshTable::listed)
                .filter(table -> decide(table.product()).isReadable())
                .collect(toImmutableList());
    }

    /**
     * A schema exists for those who read something in it.
     */
    public boolean hasSchema(String schema)
    {
        return mesh.tables(schema).stream().anyMatch(table -> decide(table.product()).isReadable());
    }

    public List<String> schemas()
    {
        return mesh.domains().stream()
                .map(Domain::name)
                .filter(this::hasSchema)
                .collect(toImmutableList());
    }

    /**
     * The domains of which the requester may know anything.
     */
    public List<Domain> domains()
    {
        return mesh.domains().stream()
                .filter(domain -> isMeshSteward() || domain.products().stream().anyMatch(product -> decide(product).isDiscoverable()))
                .collect(toImmutableList());
    }

    public List<DataProduct> discoverable()
    {
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .filter(product -> decide(product).isDiscoverable())
                .collect(toImmutableList());
    }

    /**
     * What the requester may know of the given problems: all of them as a steward of the mesh, otherwise those of what it
     * owns, and those of products it may discover, as far as they are not for the product's stewards. A problem that belongs
     * to nobody and to no product is the stewards' alone.
     */
    public List<Problem> visible(List<Problem> problems)
    {
        if (isMeshSteward()) {
            return ImmutableList.copyOf(problems);
        }
        return problems.stream()
                .filter(this::isVisible)
                .collect(toImmutableList());
    }

    /**
     * The successor of a product, as far as the requester may know of that one.
     */
    public Optional<String> successor(DataProduct product)
    {
        return product.deprecation()
                .flatMap(Deprecation::replacedBy)
                .filter(successor -> discoverable().stream().anyMatch(other -> other.qualifiedName().equals(successor)));
    }

    private boolean isVisible(Problem problem)
    {
        // A product that was broken from the start is in no domain, and its owner is the one to repair it
        if (problem.owner().filter(owner -> AccessDecider.isOwner(requester, owner)).isPresent()) {
            return true;
        }
        if (problem.domain().isEmpty() || problem.product().isEmpty()) {
            return false;
        }
        List<DataProduct> products = mesh.domain(problem.domain().orElseThrow())
                .map(Domain::products)
                .orElse(ImmutableList.of())
                .stream()
                .filter(product -> product.sqlName().equals(problem.product().orElseThrow()))
                .collect(toImmutableList());
        // Versions of a product may be governed differently, and the problem may be of any of them
        return !products.isEmpty() && products.stream().allMatch(product -> switch (problem.audience()) {
            case DISCOVERERS -> decide(product).isDiscoverable();
            case STEWARDS -> AccessDecider.isSteward(requester, product) || AccessDecider.isOwner(requester, product.owner());
        });
    }
}
