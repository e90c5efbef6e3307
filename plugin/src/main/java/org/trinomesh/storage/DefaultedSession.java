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

import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.type.TimeZoneKey;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The session of a query over a system table, whose catalog knows none of the properties that a reader of Iceberg asks for.
 */
final class DefaultedSession
        implements ConnectorSession
{
    private final ConnectorSession session;
    private final Map<String, Object> defaults;

    /**
     * @param defaults by name; may hold NULL
     */
    DefaultedSession(ConnectorSession session, Map<String, Object> defaults)
    {
        this.session = requireNonNull(session, "session is null");
        this.defaults = requireNonNull(defaults, "defaults is null");
    }

    @Override
    public String getQueryId()
    {
        return session.getQueryId();
    }

    @Override
    public Optional<String> getSource()
    {
        return session.getSource();
    }

    @Override
    public ConnectorIdentity getIdentity()
    {
        return session.getIdentity();
    }

    @Override
    public TimeZoneKey getTimeZoneKey()
    {
        return session.getTimeZoneKey();
    }

    @Override
    public Locale getLocale()
    {
        return session.getLocale();
    }

    @Override
    public Optional<String> getTraceToken()
    {
        return session.getTraceToken();
    }

    @Override
    public Instant getStart()
    {
        return session.getStart();
    }

    @Override
    public <T> T getProperty(String name, Class<T> type)
    {
        checkArgument(defaults.containsKey(name), "Session property '%s' does not exist", name);
        return type.cast(defaults.get(name));
    }
}
