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
import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Located;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A mask as written: its name alone, or the name with what it needs to know.
 *
 * @param keys {@code clear} when the keys of a map may be seen
 * @param values what becomes what, of {@code generalise}
 * @param ranges lower bounds, of {@code generalise}
 * @param fields masks by field, of {@code row-fields}
 */
public record MaskDescriptor(
        Located<String> action,
        Optional<Located<String>> identifier,
        Optional<Located<Integer>> keyVersion,
        Optional<Located<String>> keys,
        Optional<Located<String>> width,
        Map<String, Located<String>> values,
        Optional<Located<String>> otherwise,
        Optional<Located<Integer>> prefix,
        List<Located<String>> ranges,
        Map<String, MaskDescriptor> fields)
{
    public static final ObjectShape SHAPE = ObjectShape.of("a mask")
            .required("action")
            .optional("fields", "identifier", "keys", "keyVersion", "otherwise", "prefix", "ranges", "values", "width");

    public MaskDescriptor
    {
        requireNonNull(action, "action is null");
        requireNonNull(identifier, "identifier is null");
        requireNonNull(keyVersion, "keyVersion is null");
        requireNonNull(keys, "keys is null");
        requireNonNull(width, "width is null");
        values = ImmutableMap.copyOf(requireNonNull(values, "values is null"));
        requireNonNull(otherwise, "otherwise is null");
        requireNonNull(prefix, "prefix is null");
        ranges = ImmutableList.copyOf(requireNonNull(ranges, "ranges is null"));
        fields = ImmutableMap.copyOf(requireNonNull(fields, "fields is null"));
    }

    public static Optional<MaskDescriptor> read(ObjectReader reader, String key)
    {
        return reader.node(key).flatMap(node -> read(reader, key, node));
    }

    private static Optional<MaskDescriptor> read(ObjectReader parent, String key, DescriptorNode node)
    {
        if (node instanceof DescriptorNode.Text) {
            return parent.text(key, node).map(MaskDescriptor::named);
        }
        return ObjectReader.of(node, SHAPE, parent.problems()).flatMap(MaskDescriptor::read);
    }

    private static MaskDescriptor named(Located<String> action)
    {
        return new MaskDescriptor(action, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), ImmutableMap.of(), Optional.empty(), Optional.empty(), ImmutableList.of(), ImmutableMap.of());
    }

    private static Optional<MaskDescriptor> read(ObjectReader reader)
    {
        ImmutableMap.Builder<String, MaskDescriptor> fields = ImmutableMap.builder();
        reader.nodes("fields").forEach((name, node) -> read(reader, name, node).ifPresent(mask -> fields.put(name, mask)));
        Optional<Located<String>> identifier = reader.text("identifier");
        Optional<Located<Integer>> keyVersion = reader.number("keyVersion");
        Optional<Located<String>> keys = reader.text("keys");
        Optional<Located<String>> width = reader.text("width");
        ImmutableMap.Builder<String, Located<String>> values = ImmutableMap.builder();
        reader.nodes("values").forEach((name, node) -> reader.text(name, node).ifPresent(value -> values.put(name, value)));
        Optional<Located<String>> otherwise = reader.text("otherwise");
        Optional<Located<Integer>> prefix = reader.number("prefix");
        List<Located<String>> ranges = reader.texts("ranges");
        return reader.text("action").map(action -> new MaskDescriptor(
                action,
                identifier,
                keyVersion,
                keys,
                width,
                values.buildOrThrow(),
                otherwise,
                prefix,
                ranges,
                fields.buildOrThrow()));
    }
}
