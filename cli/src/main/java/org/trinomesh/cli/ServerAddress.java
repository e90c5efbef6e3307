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
package org.trinomesh.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import static java.util.Objects.requireNonNull;

/**
 * Where a running Trino is.
 *
 * @param written {@code http://host:port}, or a URL of Trino's JDBC driver
 */
record ServerAddress(String written)
{
    private static final int CONNECT_MILLIS = 5_000;

    ServerAddress
    {
        requireNonNull(written, "written is null");
    }

    /**
     * @param source by which the server knows the program that asks
     */
    Connection connect(String user, String source)
            throws SQLException
    {
        Properties properties = new Properties();
        properties.setProperty("source", source);
        return connect(user, properties);
    }

    /**
     * @param properties of the JDBC driver
     */
    Connection connect(String user, Properties properties)
            throws SQLException
    {
        String url = written.startsWith("jdbc:") ? written : "jdbc:trino://" + written.replaceFirst("^https?://", "");
        properties.setProperty("user", user);
        if (written.startsWith("https://")) {
            properties.setProperty("SSL", "true");
        }
        expectServer(url);
        return DriverManager.getConnection(url, properties);
    }

    /**
     * Without the properties of the driver, which may have a password.
     */
    @Override
    public String toString()
    {
        return written.replaceFirst("\\?.*", "");
    }

    /**
     * The driver tries for two minutes to reach a server.
     */
    private static void expectServer(String url)
            throws SQLException
    {
        URI uri;
        try {
            uri = URI.create(url.substring("jdbc:".length()));
        }
        catch (IllegalArgumentException _) {
            // The driver says what is wrong with it
            return;
        }
        if (uri.getHost() == null || uri.getPort() < 0) {
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        }
        catch (IOException e) {
            throw new SQLException("nothing answers at %s:%s (%s)".formatted(uri.getHost(), uri.getPort(), e.getMessage()), e);
        }
    }
}
