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

import com.google.common.cache.Cache;
import io.trino.cache.EvictableCacheBuilder;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.time.Clock;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

import static io.trino.cache.CacheUtils.uncheckedCacheGet;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.HOURS;

/**
 * Gives every query one generation of the mesh and one moment, so that its tables and its permissions always belong together.
 * They are pinned by query, not by transaction, so that a revocation takes effect with the next statement of an open
 * transaction.
 */
public final class QueryMeshes
{
    private final Supplier<Governance> current;
    private final Clock clock;
    private final Function<OptionalInt, String> keys;
    private final ProductReaders readers = new ProductReaders();
    private final Cache<String, QueryMesh> pinned = EvictableCacheBuilder.newBuilder()
            // Removed when the query ends; the limits are for queries whose end is never reported
            .maximumSize(10_000)
            .expireAfterWrite(24, HOURS)
            .build();

    /**
     * @param keys what identifies the mask key of a version, or the current one
     */
    public QueryMeshes(Supplier<Governance> current, Clock clock, Function<OptionalInt, String> keys)
    {
        this.current = requireNonNull(current, "current is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    /**
     * The state of the query as a whole, whichever identity a part of it runs as.
     */
    QueryMesh query(ConnectorSession session)
    {
        return query(session.getQueryId());
    }

    public GovernedMesh of(ConnectorSession session)
    {
        return of(session.getQueryId(), session.getIdentity());
    }

    /**
     * The mesh as the queries of a domain see it in this query.
     */
    GovernedMesh ofDomain(ConnectorSession session, String domain)
    {
        QueryMesh query = query(session);
        return new GovernedMesh(query.governance(), Requester.ofDomain(domain), query.start());
    }

    /**
     * What a name means, independent of the requester. The code that switches over the kinds decides what a requester may
     * know of it.
     */
    public MeshRelation relation(ConnectorSession session, SchemaTableName name)
    {
        return MeshRelation.of(query(session.getQueryId()).governance().mesh(), name);
    }

    public MeshRelation relation(ConnectorSecurityContext context, SchemaTableName name)
    {
        return MeshRelation.of(query(context.getQueryId().getId()).governance().mesh(), name);
    }

    /**
     * The same for many names: the mesh of the query is looked up once.
     */
    public Function<SchemaTableName, MeshRelation> relations(ConnectorSecurityContext context)
    {
        Mesh mesh = query(context.getQueryId().getId()).governance().mesh();
        return name -> MeshRelation.of(mesh, name);
    }

    public GovernedMesh of(ConnectorSecurityContext context)
    {
        return of(context.getQueryId().getId(), context.getIdentity());
    }

    /**
     * The state of the query as a whole, whichever identity a part of it runs as.
     */
    public QueryMesh query(ConnectorSecurityContext context)
    {
        return query(context.getQueryId().getId());
    }

    /**
     * Records that the query reads a product, once for each query.
     */
    public void reads(ConnectorSecurityContext context, DataProduct product)
    {
        QueryMesh query = query(context);
        if (query.reads(product)) {
            readers.add(product, query.requester(context.getIdentity()), query.start());
        }
    }

    /**
     * Who was seen reading data products.
     */
    public ProductReaders readers()
    {
        return readers;
    }

    /**
     * The mesh of now, for what is found out beside a query.
     */
    QueryMesh now()
    {
        return new QueryMesh(current.get(), clock.instant(), keys);
    }

    public void finished(ConnectorSession session)
    {
        pinned.invalidate(session.getQueryId());
    }

    private QueryMesh query(String queryId)
    {
        return uncheckedCacheGet(pinned, queryId, this::now);
    }

    private GovernedMesh of(String queryId, ConnectorIdentity identity)
    {
        QueryMesh query = query(queryId);
        return new GovernedMesh(query.governance(), query.requester(identity), query.start());
    }
}
