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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.Objects.requireNonNull;

/**
 * An object store: S3Proxy with one bucket in a temporary folder. It checks signatures.
 */
final class S3Server
        implements AutoCloseable
{
    static final String BUCKET = "lake";
    static final String ACCESS_KEY = "lake-pipeline";
    static final String SECRET_KEY = "right-and-secret";
    static final String REGION = "us-east-1";

    private final Path directory;
    private final int port;
    private final ServerProcess process;

    private S3Server(Path directory, int port, ServerProcess process)
    {
        this.directory = requireNonNull(directory, "directory is null");
        this.port = port;
        this.process = requireNonNull(process, "process is null");
    }

    static S3Server start()
            throws IOException, InterruptedException
    {
        int port = ServerProcess.freePort();
        Path directory = Files.createTempDirectory("mesh-s3");
        // A folder of this store is a bucket
        Files.createDirectories(directory.resolve("data").resolve(BUCKET));
        Path configuration = Files.writeString(directory.resolve("s3proxy.conf"),
                """
                s3proxy.endpoint=http://127.0.0.1:%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                # Trino lists with x-amz-optional-object-attributes, which S3Proxy does not know
                s3proxy.ignore-unknown-headers=true
                jclouds.provider=filesystem-nio2
                jclouds.identity=unused
                jclouds.credential=unused
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, SECRET_KEY, directory.resolve("data")));
        ServerProcess process = ServerProcess.start(
                "s3",
                port,
                ImmutableList.of(
                        "-Xmx256m",
                        "-jar",
                        ServerProcess.programs().resolve("s3/s3proxy-jar-with-dependencies.jar").toString(),
                        "--properties",
                        configuration.toString()),
                ImmutableMap.of());
        return new S3Server(directory, port, process);
    }

    String endpoint()
    {
        return "http://127.0.0.1:" + port;
    }

    /**
     * The folder with the objects of the bucket.
     */
    Path objects()
    {
        return directory.resolve("data").resolve(BUCKET);
    }

    /**
     * The store without anybody's key, as catalog properties of the iceberg connector.
     */
    Map<String, String> address()
    {
        return ImmutableMap.of(
                "fs.s3.enabled", "true",
                "s3.endpoint", endpoint(),
                "s3.region", REGION,
                "s3.path-style-access", "true");
    }

    /**
     * The store as somebody with this secret opens it.
     */
    Map<String, String> properties(String secretKey)
    {
        return ImmutableMap.<String, String>builder()
                .putAll(address())
                .put("s3.aws-access-key", ACCESS_KEY)
                .put("s3.aws-secret-key", secretKey)
                .buildOrThrow();
    }

    @Override
    public void close()
            throws IOException, InterruptedException
    {
        process.close();
        deleteRecursively(directory, ALLOW_INSECURE);
    }
}
