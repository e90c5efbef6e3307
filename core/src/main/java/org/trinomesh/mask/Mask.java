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
package org.trinomesh.mask;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.policy.IdentifierTypes;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What a reader sees instead of a value. A mask never shows more than the value, never fails, keeps NULL as NULL, and gives
 * equal values for equal values. Nine of the names are those of the {@code read-restrictions} of Iceberg's REST catalog.
 */
public sealed interface Mask
        permits Mask.Clear,
                Mask.Fixed,
                Mask.GlobalHash,
                Mask.MapValues,
                Mask.Null,
                Mask.QueryLocalHash,
                Mask.RowFields,
                Mask.Tokenize,
                ScalarMask
{
    /**
     * The name by which policies call it.
     */
    String action();

    /**
     * Where the mask stands between showing everything (0) and nothing. Among several that match a column the highest is
     * applied.
     */
    int strictness();

    /**
     * The value itself. Policies cannot ask for it, except for fields beside masked ones.
     */
    record Clear()
            implements Mask
    {
        @Override
        public String action()
        {
            return "clear";
        }

        @Override
        public int strictness()
        {
            return 0;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record Null()
            implements Mask
    {
        @Override
        public String action()
        {
            return "replace-with-null";
        }

        @Override
        public int strictness()
        {
            return 100;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record Fixed()
            implements Mask
    {
        @Override
        public String action()
        {
            return "mask-to-fixed-value";
        }

        @Override
        public int strictness()
        {
            return 90;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * A keyed hash that is the same within one query only: joinable there, unlinkable over time.
     *
     * @param scope for which values it is the same, {@link IdentifierTypes#hashScope}; empty until the column is known
     */
    record QueryLocalHash(Optional<String> scope)
            implements Mask
    {
        public QueryLocalHash
        {
            requireNonNull(scope, "scope is null");
        }

        @Override
        public String action()
        {
            return "sha-256-query-local";
        }

        @Override
        public int strictness()
        {
            return 80;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * A keyed pseudonym, the same for one identifier type in every product.
     *
     * @param keyVersion the version of the mask key; without one the current version
     */
    record Tokenize(String identifier, OptionalInt keyVersion)
            implements Mask
    {
        public Tokenize
        {
            requireNonNull(identifier, "identifier is null");
            requireNonNull(keyVersion, "keyVersion is null");
            checkArgument(!identifier.isBlank(), "identifier is blank");
        }

        @Override
        public String action()
        {
            return "tokenize";
        }

        @Override
        public int strictness()
        {
            return 70;
        }

        @Override
        public String toString()
        {
            return "tokenize(%s%s)".formatted(identifier, keyVersion.isPresent() ? ", key " + keyVersion.getAsInt() : "");
        }
    }

    /**
     * A keyed hash that is the same in every query.
     *
     * @param scope for which values it is the same, {@link IdentifierTypes#hashScope}; empty until the column is known
     */
    record GlobalHash(Optional<String> scope)
            implements Mask
    {
        public GlobalHash
        {
            requireNonNull(scope, "scope is null");
        }

        @Override
        public String action()
        {
            return "sha-256-global";
        }

        @Override
        public int strictness()
        {
            return 65;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * Masks inside a ROW, an array of ROWs, or a map whose values are ROWs.
     *
     * @param fields field name to mask; a field that is not listed becomes NULL
     */
    record RowFields(Map<String, Mask> fields)
            implements Mask
    {
        public RowFields
        {
            fields = ImmutableMap.copyOf(requireNonNull(fields, "fields is null"));
        }

        @Override
        public String action()
        {
            return "row-fields";
        }

        @Override
        public int strictness()
        {
            return 10;
        }

        @Override
        public String toString()
        {
            return "row-fields" + fields;
        }
    }

    /**
     * A mask of the values of a map of which the keys stay clear, because somebody said that the keys may be seen.
     */
    record MapValues(Mask mask)
            implements Mask
    {
        public MapValues
        {
            requireNonNull(mask, "mask is null");
            checkArgument(!(mask instanceof MapValues), "mask is of map values already");
        }

        @Override
        public String action()
        {
            return mask.action();
        }

        @Override
        public int strictness()
        {
            return 5;
        }

        @Override
        public String toString()
        {
            return mask + " with clear keys";
        }
    }
}
