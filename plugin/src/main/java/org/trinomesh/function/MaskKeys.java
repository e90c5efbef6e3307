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
package org.trinomesh.function;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.TrinoException;

import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.lang.Integer.parseInt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_MASK_KEY;

/**
 * The secret keys of the pseudonyms, which never leave this package. Expressions name a key by a reference, with which every
 * node checks whether it has the same key. A node with another key fails instead of returning other pseudonyms.
 */
public final class MaskKeys
{
    private static final Pattern REFERENCE = Pattern.compile("([0-9]{1,9})-([0-9a-f]{8})");
    private static final int FINGERPRINT_BYTES = 4;

    private final int currentVersion;
    private final Map<Integer, SubKey> masters;
    private final Map<Integer, String> references;

    /**
     * @param currentVersion of the key for masks that name no version
     * @param keys by version; none at all when the catalog has no mask key
     */
    public MaskKeys(int currentVersion, Map<Integer, String> keys)
    {
        checkArgument(currentVersion > 0, "currentVersion is not positive");
        this.currentVersion = currentVersion;
        masters = requireNonNull(keys, "keys is null").entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> new SubKey(entry.getValue().getBytes(UTF_8))));
        ImmutableMap.Builder<Integer, String> references = ImmutableMap.builder();
        masters.forEach((version, master) ->
                references.put(version, version + "-" + HexFormat.of().formatHex(master.hmac(label("fingerprint")), 0, FINGERPRINT_BYTES)));
        this.references = references.buildOrThrow();
    }

    /**
     * The versions that masks can name.
     */
    public Set<Integer> versions()
    {
        return ImmutableSet.copyOf(masters.keySet());
    }

    public int currentVersion()
    {
        return currentVersion;
    }

    /**
     * The reference to a key in an expression: its version and a fingerprint.
     *
     * @throws TrinoException MESH_MASK_KEY when this node does not have the key
     */
    public String reference(OptionalInt version)
    {
        int wanted = version.orElse(currentVersion);
        String reference = references.get(wanted);
        if (reference == null) {
            throw missing(wanted);
        }
        return reference;
    }

    /**
     * The key for one scope: the values of an identifier type, or those of a domain.
     *
     * @throws TrinoException MESH_MASK_KEY when this node does not have the key
     */
    SubKey forScope(String reference, String scope)
    {
        return derive(reference, "identifier:" + scope);
    }

    /**
     * The key for one scope within one query.
     *
     * @throws TrinoException MESH_MASK_KEY when this node does not have the key
     */
    SubKey forQuery(String reference, String queryId, String scope)
    {
        return derive(reference, "query:" + queryId + ":" + scope);
    }

    private SubKey derive(String reference, String purpose)
    {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new TrinoException(MESH_MASK_KEY, "A mask names its key in a way this node does not understand: the nodes run different versions of the mesh plugin");
        }
        int version = parseInt(matcher.group(1));
        if (!masters.containsKey(version)) {
            throw missing(version);
        }
        if (!reference.equals(references.get(version))) {
            throw new TrinoException(MESH_MASK_KEY, "This node has another mask key %s than the node that planned the query: make mesh.mask-key and mesh.previous-mask-keys in the catalog file the same on every node".formatted(version));
        }
        return new SubKey(masters.get(version).hmac(label(purpose)));
    }

    private static byte[] label(String purpose)
    {
        return purpose.getBytes(UTF_8);
    }

    private static TrinoException missing(int version)
    {
        return new TrinoException(MESH_MASK_KEY, "This node has no mask key %s: write it as mesh.mask-key or among mesh.previous-mask-keys in the catalog file of every node".formatted(version));
    }

    /**
     * The versions alone.
     */
    @Override
    public String toString()
    {
        return "MaskKeys" + versions();
    }
}
