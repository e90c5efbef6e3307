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

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Says that Trino refused a statement, in its own words. A server that does not answer refuses nothing.
 */
final class EngineRefusedException
        extends Exception
{
    // Of StandardErrorCode of Trino's SPI
    static final int PERMISSION_DENIED = 4;
    static final int FUNCTION_NOT_FOUND = 6;
    static final int CATALOG_NOT_FOUND = 44;
    static final int SCHEMA_NOT_FOUND = 45;
    static final int TABLE_NOT_FOUND = 46;
    static final int COLUMN_NOT_FOUND = 47;
    static final int TYPE_MISMATCH = 58;
    static final int AMBIGUOUS_NAME = 62;
    private static final int FIRST_BEYOND_USER_ERRORS = 0x0001_0000;

    private static final Pattern MESSAGE = Pattern.compile("Query failed \\(#[^)]*\\): (?:line ([0-9]{1,9}):([0-9]{1,9}): )?(.*)", Pattern.DOTALL);

    private final int code;
    private final Optional<Place> place;

    /**
     * A place in the statement, from 1.
     */
    record Place(int line, int column) {}

    private EngineRefusedException(String message, int code, Optional<Place> place, SQLException cause)
    {
        super(message, cause);
        this.code = code;
        this.place = requireNonNull(place, "place is null");
    }

    /**
     * Empty when the driver, and not Trino, says that something failed.
     */
    static Optional<EngineRefusedException> of(SQLException e)
    {
        Matcher matcher = MESSAGE.matcher(String.valueOf(e.getMessage()));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Place> place = Optional.ofNullable(matcher.group(1)).map(line -> new Place(Integer.parseInt(line), Integer.parseInt(matcher.group(2))));
        return Optional.of(new EngineRefusedException(matcher.group(3), e.getErrorCode(), place, e));
    }

    int code()
    {
        return code;
    }

    /**
     * Whether the statement is to blame, and not the server or what it reads.
     */
    boolean isOfStatement()
    {
        return code < FIRST_BEYOND_USER_ERRORS;
    }

    Optional<Place> place()
    {
        return place;
    }
}
