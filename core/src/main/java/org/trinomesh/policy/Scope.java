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
package org.trinomesh.policy;

import com.google.common.base.Splitter;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.product.DataProduct;
import org.trinomesh.rule.ScopeDescriptor;
import org.trinomesh.text.Words;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.function.Predicate;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Which products and which columns a rule speaks of.
 */
public record Scope(ScopeDescriptor descriptor)
{
    public static final Scope EVERYTHING = new Scope(ScopeDescriptor.everything(Position.startOf("mesh.yaml")));

    public Scope
    {
        requireNonNull(descriptor, "descriptor is null");
    }

    public boolean matches(DataProduct product)
    {
        return matches(ProductWords.of(product));
    }

    public boolean matches(ProductWords product)
    {
        return any("domains", domain -> Words.nameKey(domain).equals(product.domain())) &&
                any("products", name -> isProduct(name, product)) &&
                any("tiers", tier -> product.tier().filter(Words.key(tier)::equals).isPresent()) &&
                any("archetypes", archetype -> product.archetype().filter(Words.key(archetype)::equals).isPresent()) &&
                any("productTags", tag -> product.tags().contains(Words.key(tag)));
    }

    /**
     * Whether a column of a product that matches is meant.
     *
     * @param level of the rule: those of the whole mesh match what is known of a column, too
     */
    public boolean matches(ColumnAttributes column, Level level)
    {
        return matches(column.words(level), column.type());
    }

    public boolean matches(ColumnWords column, DataType type)
    {
        return any("columns", pattern -> column.names().stream().anyMatch(name -> isName(Words.key(pattern), name))) &&
                any("tags", tag -> column.tags().contains(Words.key(tag))) &&
                any("classifications", classification -> column.classifications().stream().anyMatch(own -> Classifications.includes(classification, own))) &&
                any("identifiers", identifier -> column.identifiers().contains(Words.key(identifier))) &&
                any("types", written -> isType(written, type));
    }

    boolean isAboutAllColumns()
    {
        return descriptor.values("columns").stream().anyMatch(pattern -> pattern.value().equals("*"));
    }

    /**
     * A scope without a key about columns matches no column, so that no column is matched by mistake.
     */
    boolean namesColumns()
    {
        return ScopeDescriptor.COLUMN_KEYS.stream().anyMatch(key -> descriptor.criteria().containsKey(key));
    }

    private boolean any(String key, Predicate<String> test)
    {
        List<Located<String>> values = descriptor.values(key);
        return !descriptor.criteria().containsKey(key) || values.stream().map(Located::value).anyMatch(test);
    }

    /**
     * {@code sales.customer_360} and {@code sales.customer-360} are every major of it, {@code sales.customer_360_v2} is one.
     */
    public static boolean isProduct(String written, DataProduct product)
    {
        return isProduct(written, ProductWords.of(product));
    }

    private static boolean isProduct(String written, ProductWords product)
    {
        String name = Words.nameKey(written);
        return name.equals(product.name()) || name.equals(product.versionedName());
    }

    /**
     * Stars stand for any characters.
     */
    public static boolean isName(String pattern, String name)
    {
        List<String> parts = Splitter.on('*').splitToList(pattern);
        if (parts.size() == 1) {
            return pattern.equals(name);
        }
        if (!name.startsWith(parts.getFirst())) {
            return false;
        }
        // The first place where a part fits leaves the most room for the parts after it
        int position = parts.getFirst().length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = name.indexOf(part, position);
            if (found < 0) {
                return false;
            }
            position = found + part.length();
        }
        return name.length() - parts.getLast().length() >= position && name.endsWith(parts.getLast());
    }

    public static boolean isType(String written, DataType type)
    {
        String wanted = written.toLowerCase(ENGLISH).replace(" ", "");
        String sql = type.sql().replace(" ", "");
        // With and without its parameters: decimal, decimal(10,2), timestamp with time zone
        return wanted.equals(sql) || wanted.equals(sql.replaceFirst("\\(.*\\)", ""));
    }

    /**
     * For people, as it is written.
     */
    @Override
    public String toString()
    {
        if (descriptor.criteria().isEmpty()) {
            return "everything";
        }
        return descriptor.criteria().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().stream().map(Located::value).collect(joining(", ", "[", "]")))
                .collect(joining("; "));
    }
}
