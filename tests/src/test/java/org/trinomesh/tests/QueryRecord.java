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
package org.trinomesh.tests;

import io.trino.Session;
import io.trino.execution.QueryStats;
import io.trino.spi.QueryId;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.QueryFailedException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine tells somebody about a query of theirs.
 *
 * @param json as its web interface has it, with the plan and all statistics
 * @param counters how many rows were read
 */
record QueryRecord(String json, String counters)
{
    QueryRecord
    {
        requireNonNull(json, "json is null");
        requireNonNull(counters, "counters is null");
    }

    static QueryRecord of(GovernedWorld world, Session session, String sql)
    {
        DistributedQueryRunner runner = world.runner();
        QueryId query = run(runner, session, world.resolve(sql));
        return new QueryRecord(json(runner, session, query), counters(runner, query));
    }

    static String counters(DistributedQueryRunner runner, Session session, String sql)
    {
        return counters(runner, run(runner, session, sql));
    }

    private static String counters(DistributedQueryRunner runner, QueryId query)
    {
        QueryStats stats = runner.getCoordinator().getQueryManager().getFullQueryInfo(query).getQueryStats();
        return "read %s, processed %s, answered %s, splits %s".formatted(
                stats.getPhysicalInputPositions(), stats.getProcessedInputPositions(), stats.getOutputPositions(), stats.getTotalDrivers());
    }

    private static QueryId run(DistributedQueryRunner runner, Session session, String sql)
    {
        try {
            return runner.executeWithPlan(session, sql).queryId();
        }
        catch (QueryFailedException e) {
            return e.getQueryId();
        }
    }

    /**
     * The catalogs of the tests are made while the server runs, which puts their properties, the mask key with them, into every
     * record. Those in the files of a server are not.
     */
    static String withoutCatalogs(String json)
    {
        // Plans of events are JSON inside of JSON
        return json.replaceAll("(\\\\?\"activeCatalogs\\\\?\":)\\[[^]]*]", "$1[]");
    }

    private static String json(DistributedQueryRunner runner, Session session, QueryId query)
    {
        HttpRequest request = HttpRequest.newBuilder(URI.create(runner.getCoordinator().getBaseUrl() + "/v1/query/" + query))
                .header("X-Trino-User", session.getUser())
                .build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return withoutCatalogs(response.body());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
