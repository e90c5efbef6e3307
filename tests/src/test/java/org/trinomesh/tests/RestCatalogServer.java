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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.Objects.requireNonNull;

/**
 * Iceberg's own REST catalog, with its tables in an object store. It binds to every address of the machine, which it has
 * no setting for.
 */
final class RestCatalogServer
        implements AutoCloseable
{
    private final Path directory;
    private final int port;
    private final ServerProcess process;

    private RestCatalogServer(Path directory, int port, ServerProcess process)
    {
        this.directory = requireNonNull(directory, "directory is null");
        this.port = port;
        this.process = requireNonNull(process, "process is null");
    }

    static RestCatalogServer start(S3Server store)
            throws IOException, InterruptedException
    {
        int port = ServerProcess.freePort();
        Path directory = Files.createTempDirectory("mesh-rest");
        // CATALOG_A_B__C is the catalog property a.b-c
        Map<String, String> environment = ImmutableMap.<String, String>builder()
                .put("AWS_REGION", S3Server.REGION)
                .put("CATALOG_REST_PORT", Integer.toString(port))
                .put("CATALOG_URI", "jdbc:sqlite:file:" + directory.resolve("catalog.db") + "?busy_timeout=30000")
                .put("CATALOG_JDBC_SCHEMA__VERSION", "V1")
                .put("CATALOG_WAREHOUSE", "s3://" + S3Server.BUCKET + "/warehouse")
                .put("CATALOG_IO__IMPL", "org.apache.iceberg.aws.s3.S3FileIO")
                .put("CATALOG_S3_ENDPOINT", store.endpoint())
                .put("CATALOG_S3_PATH__STYLE__ACCESS", "true")
                .put("CATALOG_S3_ACCESS__KEY__ID", S3Server.ACCESS_KEY)
                .put("CATALOG_S3_SECRET__ACCESS__KEY", S3Server.SECRET_KEY)
                // Vended to whoever asks, with the keys; the store takes any token
                .put("CATALOG_S3_SESSION__TOKEN", "any-token")
                .put("CATALOG_INCLUDE__CREDENTIALS", "true")
                .buildOrThrow();
        // Iceberg, Jetty and the AWS SDK are Trino's; the folder has what Trino lacks
        String classPath = ServerProcess.programs().resolve("rest") + "/*" + File.pathSeparator + System.getProperty("java.class.path");
        ServerProcess process = ServerProcess.start(
                "rest",
                port,
                ImmutableList.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath, "org.apache.iceberg.rest.RESTCatalogServer"),
                environment);
        return new RestCatalogServer(directory, port, process);
    }

    /**
     * The catalog as properties of the iceberg connector, without file systems.
     */
    Map<String, String> properties()
    {
        return ImmutableMap.of(
                "iceberg.catalog.type", "rest",
                "iceberg.rest-catalog.uri", "http://127.0.0.1:" + port);
    }

    @Override
    public void close()
            throws IOException, InterruptedException
    {
        process.close();
        deleteRecursively(directory, ALLOW_INSECURE);
    }
}
