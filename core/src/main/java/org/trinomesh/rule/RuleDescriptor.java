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
package org.trinomesh.rule;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A rule of a policy as written. What it does is in the one field of mask, filter, permissions, classification and tags that
 * its kind has.
 *
 * @param id unique within its document; empty when its author left it out, which is a problem
 * @param description why it is there, for people
 * @param principals to whom it applies; without any to everybody
 * @param except to whom it does not
 * @param from of a declassification: the columns from which nothing is inherited
 * @param unchanged of a declassification: whether queries may show their values as they are
 * @param replacesEarlier of a classification: whether what products said of the columns before no longer counts
 */
public record RuleDescriptor(
        Kind kind,
        Optional<Located<String>> id,
        Optional<String> description,
        ScopeDescriptor scope,
        List<SubjectDescriptor> principals,
        List<SubjectDescriptor> except,
        Optional<LocalDate> validFrom,
        Optional<LocalDate> validUntil,
        Optional<MaskDescriptor> mask,
        Optional<Located<String>> filter,
        List<Located<String>> permissions,
        Optional<Located<String>> classification,
        List<Located<String>> tags,
        boolean replacesEarlier,
        List<Located<String>> from,
        boolean unchanged,
        Position position)
{
    public enum Kind
    {
        CLASSIFICATION("classifications", "a classification", ScopeDescriptor.SHAPE),
        MASK("masks", "a mask rule", ScopeDescriptor.SHAPE),
        HIDDEN_COLUMN("hiddenColumns", "a rule of hiddenColumns", ScopeDescriptor.SHAPE),
        ROW_FILTER("rowFilters", "a row filter", ScopeDescriptor.PRODUCT_SHAPE),
        DENIAL("denials", "a denial", ScopeDescriptor.PRODUCT_SHAPE),
        GRANT("grants", "a grant of permissions", ScopeDescriptor.PRODUCT_SHAPE),
        DECLASSIFICATION("declassify", "an entry of declassify", ScopeDescriptor.NAMED_COLUMNS_SHAPE);

        private final String key;
        private final String called;
        private final ObjectShape match;

        Kind(String key, String called, ObjectShape match)
        {
            this.key = key;
            this.called = called;
            this.match = match;
        }

        /**
         * The key of the list in documents.
         */
        public String key()
        {
            return key;
        }

        public ObjectShape shape()
        {
            ObjectShape shape = ObjectShape.of(called);
            return switch (this) {
                case CLASSIFICATION -> shape.required("id", "match").optional("classification", "description", "replacesEarlier", "tags");
                case MASK -> shape.required("id", "mask", "match").optional("description", "except", "principals", "validFrom", "validUntil");
                case HIDDEN_COLUMN -> shape.required("id", "match").optional("description", "except", "principals", "validFrom", "validUntil");
                case ROW_FILTER -> shape.required("filter", "id").optional("description", "except", "match", "principals", "validFrom", "validUntil");
                case DENIAL -> shape.required("id").optional("description", "except", "match", "principals", "validFrom", "validUntil");
                case GRANT -> shape.required("id", "permissions", "principals").optional("description", "except", "match", "validFrom", "validUntil");
                case DECLASSIFICATION -> shape.required("from", "id", "match", "reason").optional("unchanged");
            };
        }
    }

    public RuleDescriptor
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(id, "id is null");
        requireNonNull(description, "description is null");
        requireNonNull(scope, "scope is null");
        principals = ImmutableList.copyOf(requireNonNull(principals, "principals is null"));
        except = ImmutableList.copyOf(requireNonNull(except, "except is null"));
        requireNonNull(validFrom, "validFrom is null");
        requireNonNull(validUntil, "validUntil is null");
        requireNonNull(mask, "mask is null");
        requireNonNull(filter, "filter is null");
        permissions = ImmutableList.copyOf(requireNonNull(permissions, "permissions is null"));
        requireNonNull(classification, "classification is null");
        tags = ImmutableList.copyOf(requireNonNull(tags, "tags is null"));
        from = ImmutableList.copyOf(requireNonNull(from, "from is null"));
        requireNonNull(position, "position is null");
    }

    static List<RuleDescriptor> readAll(ObjectReader reader, Kind kind)
    {
        return reader.objects(kind.key(), kind.shape()).stream()
                .map(rule -> read(rule, kind))
                .collect(toImmutableList());
    }

    private static RuleDescriptor read(ObjectReader rule, Kind kind)
    {
        ObjectShape shape = kind.shape();
        boolean forSome = shape.knows("except");
        Optional<Located<LocalDate>> validFrom = forSome ? rule.date("validFrom") : Optional.empty();
        Optional<Located<LocalDate>> validUntil = forSome ? rule.date("validUntil") : Optional.empty();
        if (validFrom.isPresent() && validUntil.isPresent() && validUntil.get().value().isBefore(validFrom.get().value())) {
            rule.problems().error(validUntil.get().position(), "the rule ends before it begins", "write validUntil as the last day on which it holds");
        }
        if (shape.knows("permissions")) {
            rule.emptyList("permissions").ifPresent(position -> rule.problems().error(position, "permissions is empty", "write at least one of discover, read, share, write, admin"));
        }
        if (shape.knows("from")) {
            rule.emptyList("from").ifPresent(position -> rule.problems().error(position, "from is empty", "write the columns that the query reads, as it names them: sales.customer_360.email"));
        }
        return new RuleDescriptor(
                kind,
                rule.text("id"),
                rule.text(shape.knows("reason") ? "reason" : "description").map(Located::value),
                ScopeDescriptor.read(rule, kind.match),
                forSome ? SubjectDescriptor.readAll(rule, "principals") : ImmutableList.of(),
                forSome ? SubjectDescriptor.readAll(rule, "except") : ImmutableList.of(),
                validFrom.map(Located::value),
                validUntil.map(Located::value),
                shape.knows("mask") ? MaskDescriptor.read(rule, "mask") : Optional.empty(),
                shape.knows("filter") ? rule.text("filter") : Optional.empty(),
                shape.knows("permissions") ? rule.texts("permissions") : ImmutableList.of(),
                shape.knows("classification") ? rule.text("classification") : Optional.empty(),
                shape.knows("tags") ? rule.texts("tags") : ImmutableList.of(),
                shape.knows("replacesEarlier") && rule.flag("replacesEarlier").map(Located::value).orElse(false),
                shape.knows("from") ? rule.texts("from") : ImmutableList.of(),
                shape.knows("unchanged") && rule.flag("unchanged").map(Located::value).orElse(false),
                rule.position());
    }
}
