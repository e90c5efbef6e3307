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

import com.google.common.collect.ImmutableMap;
import org.sqlite.JDBC;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/**
 * The SQLite driver under the prefix {@code jdbc:counting:}, which remembers every statement: what a catalog was asked,
 * seen from outside of the connector.
 */
public final class CountingDriver
        implements Driver
{
    private static final String PREFIX = "jdbc:counting:";
    private static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

    static {
        try {
            DriverManager.registerDriver(new CountingDriver());
        }
        catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final JDBC delegate = new JDBC();

    /**
     * A catalog with a JDBC database, whose statements are remembered.
     */
    static Map<String, String> counting(Map<String, String> catalog)
    {
        return ImmutableMap.<String, String>builder()
                .putAll(catalog)
                .put("iceberg.jdbc-catalog.driver-class", CountingDriver.class.getName())
                .put("iceberg.jdbc-catalog.connection-url", PREFIX + catalog.get("iceberg.jdbc-catalog.connection-url").substring("jdbc:".length()))
                .buildKeepingLast();
    }

    static void reset()
    {
        STATEMENTS.clear();
    }

    static List<String> statements()
    {
        return List.copyOf(STATEMENTS);
    }

    @Override
    public Connection connect(String url, Properties properties)
            throws SQLException
    {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection connection = delegate.connect("jdbc:" + url.substring(PREFIX.length()), properties);
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                STATEMENTS.add((String) arguments[0]);
            }
            if (method.getName().equals("createStatement")) {
                STATEMENTS.add("a statement that was not prepared");
            }
            try {
                return method.invoke(connection, arguments);
            }
            catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @Override
    public boolean acceptsURL(String url)
    {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
    {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion()
    {
        return delegate.getMajorVersion();
    }

    @Override
    public int getMinorVersion()
    {
        return delegate.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant()
    {
        return delegate.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger()
            throws SQLFeatureNotSupportedException
    {
        return delegate.getParentLogger();
    }
}
