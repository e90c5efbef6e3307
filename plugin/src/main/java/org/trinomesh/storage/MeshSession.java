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
package org.trinomesh.storage;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.type.TimeZoneKey;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static java.util.Objects.requireNonNull;

/**
 * The session with which the mesh itself asks catalogs, outside of any query. What it learns is kept for all requesters, so
 * it must not depend on one of them. A catalog that passes the user on (REST with user sessions, a metastore with
 * impersonation) has to know the user {@code mesh}.
 *
 * @param defaults the session properties of a session that sets none
 */
record MeshSession(Instant getStart, Map<String, Object> defaults)
        implements ConnectorSession
{
    static final ConnectorIdentity IDENTITY = ConnectorIdentity.ofUser("mesh");

    MeshSession
    {
        requireNonNull(getStart, "getStart is null");
        defaults = ImmutableMap.copyOf(requireNonNull(defaults, "defaults is null"));
    }

    @Override
    public String getQueryId()
    {
        return "mesh";
    }

    @Override
    public Optional<String> getSource()
    {
        return Optional.of("mesh");
    }

    @Override
    public ConnectorIdentity getIdentity()
    {
        return IDENTITY;
    }

    @Override
    public TimeZoneKey getTimeZoneKey()
    {
        return UTC_KEY;
    }

    @Override
    public Locale getLocale()
    {
        return Locale.ENGLISH;
    }

    @Override
    public Optional<String> getTraceToken()
    {
        return Optional.empty();
    }

    @Override
    public <T> T getProperty(String name, Class<T> type)
    {
        return type.cast(defaults.get(name));
    }
}
