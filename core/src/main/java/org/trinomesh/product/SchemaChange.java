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
package org.trinomesh.product;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Position;
import org.trinomesh.text.PrintableText;

import java.util.Optional;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * One difference between two promises of a data product, as its consumers see it. Effects of policies, such as masking or
 * hiding a column, are not changes in this sense: they take effect at once, whatever the version.
 *
 * @param table the table it is about, without a version; empty for what is about the whole product
 * @param columns the columns it is about: whoever does not see all of them does not see the change
 * @param path what changed: {@code orders.address.zip}, {@code slos.freshness}
 * @param position where the new promise says so; empty when it no longer says anything
 */
public record SchemaChange(Kind kind, Optional<String> table, Set<String> columns, String path, Optional<String> before, Optional<String> after, Optional<Position> position)
{
    public enum Kind
    {
        TABLE_REMOVED(VersionBump.MAJOR, "table %s is no longer served"),
        TABLE_ADDED(VersionBump.MINOR, "table %s is new"),
        ALIAS_REMOVED(VersionBump.MAJOR, "the alias %s is gone"),
        COLUMN_REMOVED(VersionBump.MAJOR, "column %s is no longer promised"),
        COLUMN_RENAMED(VersionBump.MAJOR, "column %1$s is now called '%3$s'"),
        COLUMN_ADDED(VersionBump.MINOR, "column %s is new"),
        COLUMNS_REORDERED(VersionBump.MINOR, "the columns of %s come in another order"),
        FIELD_REMOVED(VersionBump.MAJOR, "field %s is no longer promised"),
        FIELD_ADDED(VersionBump.MINOR, "field %s is new"),
        TYPE_WIDENED(VersionBump.MINOR, "%s was %s and is now the wider %s"),
        /**
         * Of a table against its contract only: the reader sees the promised type.
         */
        TYPE_NARROWED(VersionBump.NONE, "%s was %s and is now the narrower %s"),
        TYPE_CHANGED(VersionBump.MAJOR, "%s was %s and is now %s"),
        DIMENSIONS_CHANGED(VersionBump.MAJOR, "the vectors of column %s had %s dimensions and now have %s"),
        MADE_NULLABLE(VersionBump.MAJOR, "column %s was never NULL and may now be NULL"),
        MADE_REQUIRED(VersionBump.MINOR, "column %s is never NULL now"),
        UNIQUE_DROPPED(VersionBump.MAJOR, "column %s was unique and no longer is"),
        UNIQUE_ADDED(VersionBump.MINOR, "column %s is unique now"),
        PRIMARY_KEY_CHANGED(VersionBump.MAJOR, "the primary key of %s was (%s) and is now (%s)"),
        PRIMARY_KEY_ADDED(VersionBump.MINOR, "table %s has a primary key now"),
        IDENTIFIER_CHANGED(VersionBump.MINOR, "the identifier type of column %s was %s and is now %s"),
        CLASSIFICATION_CHANGED(VersionBump.MINOR, "the classification of %s was %s and is now %s"),
        DESCRIPTION_CHANGED(VersionBump.PATCH, "the description of column %s changed"),
        SLO_ADDED(VersionBump.MINOR, "the objective %s is new"),
        SLO_REMOVED(VersionBump.MINOR, "the objective %s is no longer promised"),
        SLO_CHANGED(VersionBump.MINOR, "the objective %s was %s and is now %s"),
        QUALITY_RULE_ADDED(VersionBump.MINOR, "the quality rule %s is new"),
        QUALITY_RULE_REMOVED(VersionBump.MINOR, "the quality rule %s is no longer promised"),
        QUALITY_RULE_CHANGED(VersionBump.MINOR, "the quality rule %s changed");

        private final VersionBump bump;
        private final String message;

        Kind(VersionBump bump, String message)
        {
            this.bump = bump;
            this.message = message;
        }

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public enum Severity
    {
        /**
         * Every query that consumers wrote goes on and means the same.
         */
        COMPATIBLE,
        /**
         * A query that consumers wrote may fail, or mean something else.
         */
        BREAKING;

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public SchemaChange
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(table, "table is null");
        columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
        // Other engines may give columns any name
        path = PrintableText.line(requireNonNull(path, "path is null"));
        before = requireNonNull(before, "before is null").map(PrintableText::line);
        after = requireNonNull(after, "after is null").map(PrintableText::line);
        requireNonNull(position, "position is null");
    }

    public Severity severity()
    {
        return isBreaking() ? Severity.BREAKING : Severity.COMPATIBLE;
    }

    public boolean isBreaking()
    {
        return requiredBump() == VersionBump.MAJOR;
    }

    public VersionBump requiredBump()
    {
        return kind.bump;
    }

    public String message()
    {
        return kind.message.formatted("'" + path + "'", before.orElse("nothing"), after.orElse("nothing"));
    }
}
