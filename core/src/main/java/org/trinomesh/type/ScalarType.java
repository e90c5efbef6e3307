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
package org.trinomesh.type;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A scalar type taken apart.
 *
 * @param precision digits of a decimal, digits of the fraction of a second, or characters of a varchar or char
 * @param scale digits of a decimal after the point
 */
public record ScalarType(Base base, int precision, int scale)
{
    /**
     * The precision of a varchar that has no length.
     */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final Pattern SYNTAX = Pattern.compile("([a-z]+)(?:\\(([0-9]{1,9})(?:, ?([0-9]{1,9}))?\\))?( with time zone)?");

    public enum Base
    {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        REAL,
        DOUBLE,
        DECIMAL,
        VARCHAR,
        CHAR,
        VARBINARY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_WITH_TIME_ZONE,
        UUID,
        OTHER;

        public boolean isText()
        {
            return this == VARCHAR || this == CHAR;
        }

        public boolean isInteger()
        {
            return this == TINYINT || this == SMALLINT || this == INTEGER || this == BIGINT;
        }

        public boolean isFloating()
        {
            return this == REAL || this == DOUBLE;
        }

        public boolean isNumber()
        {
            return isInteger() || isFloating() || this == DECIMAL;
        }
    }

    public ScalarType
    {
        requireNonNull(base, "base is null");
    }

    /**
     * Empty for types with parts.
     */
    public static Optional<ScalarType> of(DataType type)
    {
        return type instanceof DataType.Scalar scalar ? Optional.of(parse(scalar.sql())) : Optional.empty();
    }

    private static ScalarType parse(String sql)
    {
        Matcher matcher = SYNTAX.matcher(sql);
        if (!matcher.matches()) {
            return new ScalarType(Base.OTHER, 0, 0);
        }
        Base base = base(matcher.group(1), matcher.group(4) != null);
        int precision = matcher.group(2) == null ? defaultPrecision(base) : Integer.parseInt(matcher.group(2));
        int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return new ScalarType(base, precision, scale);
    }

    private static Base base(String name, boolean withTimeZone)
    {
        if (withTimeZone) {
            return name.equals("timestamp") ? Base.TIMESTAMP_WITH_TIME_ZONE : Base.OTHER;
        }
        for (Base base : Base.values()) {
            if (base != Base.OTHER && base.name().toLowerCase(Locale.ENGLISH).equals(name)) {
                return base;
            }
        }
        return Base.OTHER;
    }

    private static int defaultPrecision(Base base)
    {
        return switch (base) {
            case VARCHAR -> UNBOUNDED;
            case CHAR -> 1;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> 3;
            case DECIMAL -> 38;
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, VARBINARY, DATE, UUID, OTHER -> 0;
        };
    }
}
