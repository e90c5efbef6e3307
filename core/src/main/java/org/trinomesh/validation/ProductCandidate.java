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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A data product that is being validated: what is known of it, and the problems that prevent serving it.
 */
public final class ProductCandidate
{
    /**
     * What the product is called, known as soon as its domain and name can be read.
     *
     * @param writtenDomain the domain as written, of which two can have one SQL name
     */
    public record Identity(String writtenDomain, String domain, String writtenName, String sqlName, OptionalInt major, Status status)
    {
        public Identity
        {
            requireNonNull(writtenDomain, "writtenDomain is null");
            requireNonNull(domain, "domain is null");
            requireNonNull(writtenName, "writtenName is null");
            requireNonNull(sqlName, "sqlName is null");
            requireNonNull(major, "major is null");
            requireNonNull(status, "status is null");
        }

        public Optional<ProductId> key()
        {
            return major.isPresent() ? Optional.of(new ProductId(domain, sqlName, major.getAsInt())) : Optional.empty();
        }
    }

    private final Position position;
    private final Optional<Identity> identity;
    private final Optional<String> domain;
    private final Optional<String> owner;
    private final Set<String> tableNames;
    private final Set<String> aliases;
    private final Optional<DataProduct> product;
    private final boolean retained;
    private final List<Problem> problems = new ArrayList<>();
    private boolean refused;

    /**
     * @param domain the domain when it can be read, also when the name cannot
     * @param owner the owner when it can be read, also when the rest cannot
     * @param tableNames names that the product's tables take, without versions
     * @param product empty when too much is missing to make one
     */
    ProductCandidate(Position position, Optional<Identity> identity, Optional<String> domain, Optional<String> owner, Set<String> tableNames, Set<String> aliases, Optional<DataProduct> product, List<Problem> problems)
    {
        this(position, identity, domain, owner, tableNames, aliases, product, false);
        problems.forEach(this::add);
    }

    private ProductCandidate(Position position, Optional<Identity> identity, Optional<String> domain, Optional<String> owner, Set<String> tableNames, Set<String> aliases, Optional<DataProduct> product, boolean retained)
    {
        this.position = requireNonNull(position, "position is null");
        this.identity = requireNonNull(identity, "identity is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.owner = requireNonNull(owner, "owner is null");
        this.tableNames = ImmutableSet.copyOf(requireNonNull(tableNames, "tableNames is null"));
        this.aliases = ImmutableSet.copyOf(requireNonNull(aliases, "aliases is null"));
        this.product = requireNonNull(product, "product is null");
        this.retained = retained;
    }

    /**
     * The same candidate before anything was compared with others.
     *
     * @param problems what was wrong with it by itself
     */
    ProductCandidate anew(List<Problem> problems)
    {
        return new ProductCandidate(position, identity, domain, owner, tableNames, aliases, product, problems);
    }

    /**
     * The last good version of a product, which is served whatever other documents now say.
     */
    public static ProductCandidate retained(DataProduct product)
    {
        return new ProductCandidate(
                product.position(),
                Optional.of(new Identity(product.domain(), product.domain(), product.name(), product.sqlName(), OptionalInt.of(product.version().major()), product.status())),
                Optional.of(product.domain()),
                Optional.of(product.owner()),
                product.tables().stream().map(ProductTable::name).collect(toImmutableSet()),
                product.aliases(),
                Optional.of(product),
                true);
    }

    public Position position()
    {
        return position;
    }

    public Optional<Identity> identity()
    {
        return identity;
    }

    public Optional<ProductId> key()
    {
        return identity.flatMap(Identity::key);
    }

    public Optional<String> owner()
    {
        return owner;
    }

    public Set<String> tableNames()
    {
        return tableNames;
    }

    public Set<String> aliases()
    {
        return aliases;
    }

    /**
     * The product, if it has no errors.
     */
    public Optional<DataProduct> valid()
    {
        return isBroken() ? Optional.empty() : product;
    }

    /**
     * The product as far as it could be made, also when it is broken.
     */
    Optional<DataProduct> product()
    {
        return product;
    }

    boolean isRetained()
    {
        return retained;
    }

    /**
     * Notes that it is right by itself, and breaks what the product promised.
     */
    public void refuse()
    {
        refused = true;
    }

    public boolean isRefused()
    {
        return refused;
    }

    public boolean isBroken()
    {
        return problems.stream().anyMatch(Problem::isError);
    }

    public List<Problem> problems()
    {
        return problems;
    }

    /**
     * Adds a problem of the product in comparison with others, which not everybody may know.
     */
    public void error(String message, String remedy)
    {
        add(Problem.error(position, message, remedy));
    }

    public void add(Problem problem)
    {
        problems.add(owned(problem));
    }

    /**
     * The problem, attributed to this product.
     */
    public Problem owned(Problem problem)
    {
        Problem owned = owner.map(problem::ownedBy).orElse(problem);
        return identity.map(known -> owned.about(known.domain(), known.sqlName()))
                .or(() -> domain.map(owned::about))
                .orElse(owned);
    }
}
