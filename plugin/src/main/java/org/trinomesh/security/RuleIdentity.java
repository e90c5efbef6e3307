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
package org.trinomesh.security;

import com.google.common.hash.Hashing;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.security.ConnectorIdentity;

import java.security.MessageDigest;
import java.security.SecureRandom;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The identity with which the engine evaluates masks and row filters: it may call the functions of masks, which readers may not,
 * and read the columns that the rules of this one query read. Its name can be made by this process only and for one query only, so
 * that nobody can log in by it, own a view by it, or use one seen in a plan.
 */
final class RuleIdentity
{
    private static final String PREFIX = "mesh-policy-";

    private final byte[] secret = new byte[32];

    RuleIdentity()
    {
        new SecureRandom().nextBytes(secret);
    }

    String name(ConnectorSecurityContext context)
    {
        return PREFIX + Hashing.hmacSha256(secret).hashString(context.getQueryId().getId(), UTF_8);
    }

    /**
     * Whether a check is about an expression of a rule of the very query. The engine makes such an identity by its name alone: one with
     * a principal, a role or credentials came from a client.
     */
    boolean is(ConnectorSecurityContext context)
    {
        ConnectorIdentity identity = context.getIdentity();
        return identity.getUser().startsWith(PREFIX) &&
                identity.getPrincipal().isEmpty() &&
                identity.getEnabledSystemRoles().isEmpty() &&
                identity.getConnectorRole().isEmpty() &&
                identity.getExtraCredentials().isEmpty() &&
                MessageDigest.isEqual(identity.getUser().getBytes(UTF_8), name(context).getBytes(UTF_8));
    }
}
