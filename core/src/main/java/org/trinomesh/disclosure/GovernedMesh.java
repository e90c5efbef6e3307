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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.ProductReference;
import org.trinomesh.governance.QueryRights;
import org.trinomesh.governance.RequesterAccess;
import org.trinomesh.governance.SourceRows;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.Domain;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.registry.ColumnReference;
import org.trinomesh.registry.Mesh;
import org.trinomesh.search.Found;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.search.SearchAudience;
import org.trinomesh.search.SearchRequest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.time.ZoneOffset.UTC;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * One generation of the mesh as one requester may see it. Every answer that leaves the catalog goes through here.
 */
public final class GovernedMesh
{
    private static final Decision NOT_SERVED = new Decision.Hidden(Reason.of("it is not served"));

    private final Governance governance;
    private final Requester requester;
    private final Instant now;
    private final RequesterAccess access;

    /**
     * @param now the moment for which is decided: the start of a query
     */
    public GovernedMesh(Governance governance, Requester requester, Instant now)
    {
        this.governance = requireNonNull(governance, "governance is null");
        this.requester = requireNonNull(requester, "requester is null");
        this.now = requireNonNull(now, "now is null");
        this.access = governance.access(requester, now);
    }

    /**
     * The whole mesh, only for the classes of this package, which decide what may be told of it.
     */
    Mesh mesh()
    {
        return governance.mesh();
    }

    Governance governance()
    {
        return governance;
    }

    Instant now()
    {
        return now;
    }

    public Requester requester()
    {
        return requester;
    }

    public Decision decide(DataProduct product)
    {
        return access.decide(product);
    }

    /**
     * What the requester sees of a table that it may read.
     */
    public Optional<TableAccess> access(MeshTable table)
    {
        return decide(table.product()).isReadable() ? Optional.of(columns(table)) : Optional.empty();
    }

    /**
     * What the requester sees, or would see if it might read the table.
     */
    public TableAccess columns(MeshTable table)
    {
        return columns(table.product(), table.table());
    }

    /**
     * What the requester sees, or would see if it might read the table, which need not have a name in SQL.
     */
    public TableAccess columns(DataProduct product, ProductTable table)
    {
        return access.table(product, table);
    }

    /**
     * Whether the requester, which is the domain that publishes a query, may publish what the query reads.
     */
    public boolean mayPublish(SqlQuery query)
    {
        return QueryRights.missing(governance.mesh(), access, query).isEmpty();
    }

    /**
     * The columns by which the query of a table joins its sources, and of which the requester does not see the values.
     */
    public ConcealedColumns concealed(MeshTable table)
    {
        return ConcealedColumns.of(this, table);
    }

    /**
     * The rows of the source of which the requester may see what the query of a table makes of them; empty for all.
     */
    public Optional<SourceRows> sourceRows(MeshTable table)
    {
        return access(table).flatMap(TableAccess::rows).map(rows -> SourceRows.of(mesh(), table, rows));
    }

    /**
     * Why the requester may not store rows of the product; empty when it may.
     */
    public Optional<String> writeRefusal(DataProduct product)
    {
        return access.writeRefusal(product);
    }

    /**
     * The attributes of each column of a table: what the column declares, what it inherits if its domain may know of that, and
     * what classification rules add.
     */
    public List<ColumnAttributes> attributes(MeshTable table)
    {
        return governance.attributes(table, now);
    }

    /**
     * By column of a query, the rule that keeps it from inheriting what its sources say. For those who answer for the product.
     */
    Map<String, Rule> declassified(MeshTable table)
    {
        return closeness(table.product()).contains(Closeness.RESPONSIBLE) ? governance.declassified(table.product(), table.table(), now) : ImmutableMap.of();
    }

    /**
     * Whether policies of the mesh have taken the product out of service, so that nobody reads it.
     */
    public boolean isOutOfService(DataProduct product)
    {
        return access.isOutOfService(product);
    }

    /**
     * How close the requester stands to a product.
     */
    public Set<Closeness> closeness(DataProduct product)
    {
        return closeness(Optional.of(product), product.owner());
    }

    /**
     * How close the requester stands to a product that may not be served, or not with the document that names this owner.
     */
    Set<Closeness> closeness(Optional<DataProduct> served, String owner)
    {
        return Closeness.of(
                served.map(this::decide).orElse(NOT_SERVED),
                served.filter(access::isSteward).isPresent(),
                access.isOwner(owner),
                isMeshSteward());
    }

    /**
     * Whether the requester may see which files the rows of a table are in: stewards of the product, and readers who see all
     * of the table.
     */
    public boolean seesFiles(MeshTable table)
    {
        return isUnrestrictedSteward(table.product()) || access(table).filter(access -> !access.isRestricted()).isPresent();
    }

    private boolean isUnrestrictedSteward(DataProduct product)
    {
        return decide(product).isUnrestrictedSteward();
    }

    boolean isOwner(String owner)
    {
        return access.isOwner(owner);
    }

    /**
     * A steward of the whole mesh: sees every product and problem. This role alone lets it read no product.
     */
    public boolean isMeshSteward()
    {
        return access.isMeshSteward();
    }

    /**
     * The table that a name means, if the requester may discover its product. A hidden table is treated like one that does
     * not exist.
     */
    public Optional<MeshTable> table(String schema, String table)
    {
        return mesh().table(schema, table).filter(found -> decide(found.product()).isDiscoverable());
    }

    /**
     * The names of a schema that the requester can select from, for callers that check many names.
     */
    public Set<String> readableNames(String schema)
    {
        return access.readableNames(schema);
    }

    /**
     * The tables that listings of a schema show, in order of name.
     */
    public List<MeshTable> listed(String schema)
    {
        return ListedTables.of(this, schema);
    }

    /**
     * Whether the requester may know of something in a schema. Listings contain the schema only with {@link #hasSchema}, but no
     * statement denies the existence of what another statement shows.
     */
    public boolean mayKnowOf(String schema)
    {
        return discoverable(schema).isPresent();
    }

    /**
     * The first product of a schema that the requester may discover and that has a table.
     */
    public Optional<DataProduct> discoverable(String schema)
    {
        return mesh().tables(schema).stream()
                .map(MeshTable::product)
                .filter(product -> decide(product).isDiscoverable())
                .findFirst();
    }

    /**
     * A schema is listed for those who read something in it.
     */
    public boolean hasSchema(String schema)
    {
        return !readableNames(schema).isEmpty();
    }

    public List<String> schemas()
    {
        return mesh().domains().stream()
                .map(Domain::name)
                .filter(this::hasSchema)
                .collect(toImmutableList());
    }

    /**
     * The domains of which the requester may know anything.
     */
    public List<VisibleDomain> domains()
    {
        return mesh().domains().stream()
                .map(this::visible)
                .filter(domain -> isMeshSteward() || domain.products() > 0)
                .collect(toImmutableList());
    }

    private VisibleDomain visible(Domain domain)
    {
        return new VisibleDomain(
                domain.name(),
                domain.displayName(),
                domain.owner(),
                domain.description(),
                domain.products().stream().filter(product -> decide(product).isDiscoverable()).count(),
                domain.contacts());
    }

    public List<DataProduct> discoverable()
    {
        return mesh().domains().stream()
                .flatMap(domain -> domain.products().stream())
                .filter(product -> decide(product).isDiscoverable())
                .collect(toImmutableList());
    }

    /**
     * The products that the requester may discover.
     */
    public Stream<VisibleProduct> products()
    {
        return discoverable().stream().map(this::visible);
    }

    /**
     * @param product one that the requester may discover
     */
    public VisibleProduct visible(DataProduct product)
    {
        return new VisibleProduct(this, product);
    }

    /**
     * The product that somebody names, if the requester may discover it.
     *
     * @param name as in SQL or as in descriptors, with a major version or without: {@code sales.customer-360}
     */
    public Optional<DataProduct> find(String name)
    {
        return ProductReference.find(mesh(), name)
                .map(ProductReference::product)
                .filter(product -> decide(product).isDiscoverable());
    }

    /**
     * Every table of what the requester may discover, once, by the shortest name that selects this very version.
     */
    public Stream<MeshTable> tables()
    {
        return mesh().domains().stream()
                .flatMap(domain -> mesh().eachTable(domain.name()))
                .filter(table -> decide(table.product()).isDiscoverable());
    }

    /**
     * The tables of which the requester may know where they differ from their contracts. Physical columns are for the stewards of the
     * product.
     */
    public Stream<MeshTable> comparedTables()
    {
        // The table of a query is what the refresh made of it
        return tables().filter(table -> table.table().query().isEmpty() && access.isSteward(table.product()));
    }

    /**
     * The tables of which the requester may know how they are stored, because it answers for their products.
     */
    public Stream<MeshTable> maintainedTables()
    {
        return tables().filter(table -> table.table().physical().isPresent() && closeness(table.product()).contains(Closeness.RESPONSIBLE));
    }

    /**
     * What the requester may know of the given problems: all of them as a steward of the mesh, otherwise those of what it
     * owns, and those of products it may discover, as far as they are not for the product's stewards. A problem that belongs
     * to nobody and to no product is the stewards' alone. A requester who may not see a product or column gets the same message as
     * for one that does not exist.
     */
    public List<Problem> visible(List<Problem> problems)
    {
        return VisibleProblems.of(this, governance, problems);
    }

    /**
     * The products that match a search, the best first.
     */
    public List<Found> search(MeshSearch search, SearchRequest request)
    {
        return search.search(governance.mesh(), new Findable(), request);
    }

    private final class Findable
            implements SearchAudience
    {
        @Override
        public Object key()
        {
            return access.audience();
        }

        @Override
        public boolean isDiscoverable(DataProduct product)
        {
            return decide(product).isDiscoverable();
        }

        @Override
        public Predicate<String> hiddenColumns(MeshTable table)
        {
            return columns(table)::isHidden;
        }
    }

    /**
     * The rules and conformance checks that the requester may know, in order of the place where they are written.
     */
    public List<VisibleRule> visibleRules()
    {
        return VisibleRules.of(this, governance, access);
    }

    /**
     * The violations of conformance checks that the requester may know.
     */
    public List<VisibleViolation> visibleViolations()
    {
        return VisibleViolations.of(this, governance, LocalDate.ofInstant(now, UTC));
    }

    /**
     * The mesh as another user may see it; empty unless the requester is a steward of the mesh.
     */
    public Optional<GovernedMesh> as(Requester other)
    {
        return isMeshSteward() ? Optional.of(new GovernedMesh(governance, other, now)) : Optional.empty();
    }

    /**
     * The successor of a product, as far as the requester may know of that one.
     */
    public Optional<String> successor(DataProduct product)
    {
        return product.deprecation()
                .flatMap(Deprecation::replacedBy)
                .filter(this::isDiscoverable);
    }

    /**
     * What an input port of a product reads, as far as the requester may know of it. One that does not exist cannot be told from
     * one that is hidden; stewards know what their own product says.
     */
    public Optional<String> source(DataProduct product, InputPort port)
    {
        return port.source().filter(source -> !port.isDataProduct() || access.isSteward(product) || isDiscoverableAs(source, product.domain()));
    }

    private boolean isDiscoverableAs(String written, String domain)
    {
        String name = written.strip().toLowerCase(ENGLISH);
        return find(name.contains(".") ? name : domain + "." + name).isPresent();
    }

    private boolean isDiscoverable(String qualifiedName)
    {
        // A listing asks this for every deprecated product, so this must not search all products each time
        return mesh().domain(qualifiedName.substring(0, Math.max(0, qualifiedName.indexOf('.')))).stream()
                .flatMap(domain -> domain.products().stream())
                .anyMatch(product -> product.qualifiedName().equals(qualifiedName) && decide(product).isDiscoverable());
    }

    /**
     * Whether the requester may know of a product, or of a table by its name.
     */
    boolean isDiscoverable(String domain, String name)
    {
        return table(domain, name).isPresent() || isDiscoverable(domain + "." + name);
    }

    /**
     * Whether the requester may know of a column of a product.
     */
    boolean sees(ColumnReference reference)
    {
        DataProduct product = reference.product();
        return decide(product).isDiscoverable() && !columns(product, reference.table()).isHidden(reference.column().name());
    }
}
