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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static java.lang.ProcessBuilder.Redirect.appendTo;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * A server that nobody here wrote, as a process of its own in the JVM of the test. It writes its log to the build folder.
 */
final class ServerProcess
        implements AutoCloseable
{
    private static final int START_SECONDS = 90;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final Thread stopWithTests;

    private ServerProcess(Process process)
    {
        this.process = requireNonNull(process, "process is null");
        // A build that is interrupted closes nothing
        this.stopWithTests = new Thread(process::destroyForcibly);
    }

    /**
     * The folder that the build copies the servers' programs to.
     */
    static Path programs()
    {
        return ProjectFiles.root().resolve("tests/target/servers");
    }

    static int freePort()
            throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts a JVM and waits until it listens.
     *
     * @param arguments what follows {@code java}
     */
    static ServerProcess start(String name, int port, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException
    {
        Path log = programs().resolve(name + "-" + port + ".log");
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(ImmutableList.<String>builder()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .addAll(arguments)
                .build())
                .redirectErrorStream(true)
                .redirectOutput(appendTo(log.toFile()));
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(builder.start());
        Runtime.getRuntime().addShutdownHook(server.stopWithTests);
        try {
            server.awaitListening(name, port, log);
        }
        catch (Throwable e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void awaitListening(String name, int port, Path log)
            throws InterruptedException
    {
        long deadline = System.nanoTime() + SECONDS.toNanos(START_SECONDS);
        while (!isListening(port)) {
            if (process.waitFor(100, MILLISECONDS)) {
                throw new IllegalStateException("Server " + name + " stopped with exit code " + process.exitValue() + " before it was ready; its log is " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Server " + name + " did not listen on port " + port + " within " + START_SECONDS + " seconds; its log is " + log);
            }
        }
    }

    private static boolean isListening(int port)
    {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        }
        catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close()
            throws InterruptedException
    {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithTests);
        }
        catch (IllegalStateException _) {
            // The JVM is shutting down and runs the hook itself
        }
    }
}
