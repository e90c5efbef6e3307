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
package org.trinomesh.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/// Runs a file of SQL statements through JDBC: the tables of the JDBC catalog must exist before Trino uses it.
public final class RunScript
{
    private static final Pattern COMMENT = Pattern.compile("--.*");

    private RunScript() {}

    public static void main(String[] arguments)
            throws IOException, SQLException
    {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Expected a JDBC URL and a file of SQL statements");
        }
        String script = COMMENT.matcher(Files.readString(Path.of(arguments[1]))).replaceAll("");
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement()) {
            for (String sql : script.split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }
}
