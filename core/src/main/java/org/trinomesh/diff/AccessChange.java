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
package org.trinomesh.diff;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;

import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * One difference in what somebody sees.
 *
 * @param table the table of the product, for what is about one
 * @param column the column, for what is about one
 * @param before for people; {@code absent} for what was not there
 * @param after for people; {@code absent} for what is no longer there
 * @param note what a reader of the change would otherwise miss
 * @param reason why it is now as it is, when a rule says so
 * @param tables what is read now, or is no longer read, when the product as a whole became readable or ceased to be
 */
public record AccessChange(
        Subject subject,
        Optional<String> table,
        Optional<String> column,
        String before,
        String after,
        Effect effect,
        Optional<String> note,
        Optional<Reason> reason,
        Map<String, TableAccess> tables)
{
    static final String ABSENT = "absent";

    public enum Subject
    {
        /**
         * Whether the product is hidden, discoverable or readable.
         */
        ACCESS,
        /**
         * Whether the requester is a steward: of the product, or of the mesh.
         */
        STEWARD,
        /**
         * Whether the requester may pass on what it reads.
         */
        SHARE,
        COLUMN,
        ROWS,
        /**
         * Which data is behind a name.
         */
        SOURCE;

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public enum Effect
    {
        /**
         * More of the existing data is seen.
         */
        GAIN,
        LOSS,
        /**
         * Something is seen that did not exist before: a new product or a new column.
         */
        ADDITION,
        /**
         * Different data is seen, and it is not known whether it is more or less: counts as a gain and as a loss.
         */
        BOTH;

        public boolean isGain()
        {
            return this == GAIN || this == BOTH;
        }

        public boolean isLoss()
        {
            return this == LOSS || this == BOTH;
        }

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public AccessChange
    {
        requireNonNull(subject, "subject is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(note, "note is null");
        requireNonNull(reason, "reason is null");
        tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
    }

    static AccessChange ofAccess(String before, String after, Effect effect, Optional<Reason> reason, Map<String, TableAccess> tables)
    {
        return new AccessChange(Subject.ACCESS, Optional.empty(), Optional.empty(), before, after, effect, Optional.empty(), reason, tables);
    }

    static AccessChange ofRight(Subject subject, boolean after)
    {
        return new AccessChange(subject, Optional.empty(), Optional.empty(), after ? "no" : "yes", after ? "yes" : "no", after ? Effect.GAIN : Effect.LOSS, Optional.empty(), Optional.empty(), ImmutableMap.of());
    }

    static AccessChange ofSource(String table, Optional<String> column, String before, String after)
    {
        return new AccessChange(Subject.SOURCE, Optional.of(table), column, before, after, Effect.GAIN, Optional.of("other data under the same name"), Optional.empty(), ImmutableMap.of());
    }
}
