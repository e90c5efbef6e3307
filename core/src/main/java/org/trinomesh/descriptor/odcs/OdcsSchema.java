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
package org.trinomesh.descriptor.odcs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ColumnDescriptor;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.FieldDescriptor;
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.descriptor.RelationshipDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.problem.Located;
import org.trinomesh.product.ColumnDetails;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the tables of a contract with their columns, and the quality rules that are written beside them.
 */
final class OdcsSchema
{
    static final ObjectShape OBJECT = ObjectShape.of("a schema object")
            .required("name")
            .optional(
                    "id",
                    "physicalName",
                    "physicalType",
                    "logicalType",
                    "businessName",
                    "description",
                    "tags",
                    "dataGranularityDescription",
                    "properties",
                    "quality",
                    "relationships",
                    "authoritativeDefinitions",
                    "customProperties",
                    "deprecated",
                    "synonyms",
                    "context");
    static final ObjectShape PROPERTY = property("a property", "id").required("name");
    /**
     * The elements of an array or a map have no name.
     */
    static final ObjectShape ITEM = property("an element", "id", "name");
    static final ObjectShape MAP = ObjectShape.of("map").required("key", "value");
    static final ObjectShape ENUM = ObjectShape.of("an allowed value").required("value").optional("label", "id", "description", "customProperties", "authoritativeDefinitions", "tags");

    private final StandardBlocks blocks;
    private final OdcsTypes types;
    private final OdcsQuality qualityReader;
    private final ImmutableList.Builder<QualityDescriptor> quality = ImmutableList.builder();

    OdcsSchema(StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
        this.types = new OdcsTypes(blocks);
        this.qualityReader = new OdcsQuality(blocks);
    }

    private static ObjectShape property(String name, String... own)
    {
        return ObjectShape.of(name).optional(Stream.concat(Stream.of(own), Stream.of(
                "physicalName",
                "physicalType",
                "logicalType",
                "logicalTypeOptions",
                "businessName",
                "description",
                "tags",
                "required",
                "unique",
                "primaryKey",
                "primaryKeyPosition",
                "partitioned",
                "partitionKeyPosition",
                "classification",
                "encryptedName",
                "criticalDataElement",
                "examples",
                "transformSourceObjects",
                "transformLogic",
                "transformDescription",
                "items",
                "properties",
                "map",
                "enum",
                "semanticType",
                "synonyms",
                "context",
                "deprecated",
                "quality",
                "relationships",
                "authoritativeDefinitions",
                "customProperties")).toArray(String[]::new));
    }

    /**
     * The rules of all tables and columns, after the tables were read.
     */
    List<QualityDescriptor> quality()
    {
        return quality.build();
    }

    List<ContractTableDescriptor> read(ObjectReader root)
    {
        List<ObjectReader> objects = blocks.objects(root, "schema", OBJECT);
        OdcsReferences references = new OdcsReferences(objects, blocks);
        return objects.stream().map(object -> table(object, references)).collect(toImmutableList());
    }

    private ContractTableDescriptor table(ObjectReader object, OdcsReferences references)
    {
        Optional<Located<String>> name = object.text("name");
        List<String> tags = blocks.tags(object);
        blocks.checkCustom(object);
        object.text("logicalType").filter(type -> !type.value().equals("object"))
                .ifPresent(type -> blocks.refuse(type.position(), "the logicalType of a schema object is '%s'".formatted(type), "write 'object' or remove it"));
        List<RelationshipDescriptor> relationships = new ArrayList<>(references.ofObject(object));
        ImmutableList.Builder<ColumnDescriptor> columns = ImmutableList.builder();
        for (ObjectReader property : blocks.objects(object, "properties", PROPERTY)) {
            boolean measure = property.text("semanticType").filter(type -> type.value().equals("measure")).isPresent();
            if (measure) {
                // A formula over the table, not a column of it
                blocks.ignore("schema[].properties[] with semanticType measure");
                continue;
            }
            columns.add(column(property, tags));
            relationships.addAll(references.ofProperty(name, property));
            property.text("name").ifPresent(column -> {
                quality.addAll(qualityReader.read(property, name, Optional.of(column)));
                constraints(property, name, column);
            });
        }
        quality.addAll(qualityReader.read(object, name, Optional.empty()));
        blocks.ignore(object, "schema[].", "physicalType", "businessName", "dataGranularityDescription", "authoritativeDefinitions", "deprecated", "synonyms", "context");
        return new ContractTableDescriptor(
                name,
                object.text("physicalName"),
                object.text("description").map(Located::value),
                columns.build(),
                relationships,
                object.position());
    }

    /**
     * The values that a column may have are a promise about its quality too.
     */
    private void constraints(ObjectReader property, Optional<Located<String>> table, Located<String> column)
    {
        List<Located<String>> values = blocks.objects(property, "enum", ENUM).stream()
                .flatMap(entry -> entry.given("value").stream())
                .filter(DescriptorNode.Text.class::isInstance)
                .map(DescriptorNode.Text.class::cast)
                .filter(text -> !text.absent())
                .map(text -> new Located<>(text.value(), text.position()))
                .collect(toImmutableList());
        if (!values.isEmpty()) {
            quality.add(valid(column.value() + "-values", Optional.empty(), values, table, column));
        }
        property.object("logicalTypeOptions", blocks.shape(OdcsTypes.OPTIONS))
                .flatMap(options -> options.text("pattern"))
                .ifPresent(pattern -> quality.add(valid(column.value() + "-pattern", Optional.of(pattern), ImmutableList.of(), table, column)));
    }

    private static QualityDescriptor valid(String name, Optional<Located<String>> pattern, List<Located<String>> values, Optional<Located<String>> table, Located<String> column)
    {
        return new QualityDescriptor(
                Optional.of(new Located<>(name, column.position())),
                Optional.empty(),
                table,
                Optional.of(column),
                Optional.of(new Located<>("invalidValues", column.position())),
                pattern,
                values,
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("conformity"),
                Optional.empty(),
                Optional.empty(),
                column.position());
    }

    /**
     * @param inherited the tags of the table
     */
    private ColumnDescriptor column(ObjectReader property, List<String> inherited)
    {
        Optional<Located<String>> written = property.text("name");
        Optional<Located<String>> physical = property.text("physicalName");
        blocks.ignore(property, "schema[].properties[].", "partitioned", "partitionKeyPosition", "context");
        return new ColumnDescriptor(
                written.map(name -> columnName(name, physical)),
                types.read(property),
                Optional.of(!property.flag("required").map(Located::value).orElse(false)),
                property.text("description").map(Located::value),
                property.text("classification").map(Located::value),
                ImmutableSet.<String>builder().addAll(inherited).addAll(blocks.tags(property)).build().asList(),
                Optional.ofNullable(blocks.custom(property).get("identifier")),
                Optional.empty(),
                Optional.empty(),
                false,
                fields(property),
                new ColumnDetails(
                        property.text("businessName").map(Located::value),
                        blocks.synonyms(property),
                        examples(property),
                        property.given("transformSourceObjects").isEmpty() ? ImmutableList.of() : property.texts("transformSourceObjects"),
                        transformation(property),
                        property.flag("unique").map(Located::value).orElse(false),
                        primaryKeyPosition(property),
                        property.flag("criticalDataElement").map(Located::value).orElse(false),
                        physical.map(Located::value),
                        property.text("encryptedName").map(Located::value),
                        property.flag("deprecated").map(Located::value).orElse(false),
                        blocks.definitions(property),
                        OdcsTypes.dimensions(property)),
                property.position());
    }

    /**
     * The name, unless only the physical one can be a column in SQL.
     */
    private static Located<String> columnName(Located<String> name, Optional<Located<String>> physical)
    {
        return isColumnName(name.value()) ? name : physical.filter(other -> isColumnName(other.value())).orElse(name);
    }

    private static boolean isColumnName(String name)
    {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    private static List<String> examples(ObjectReader property)
    {
        return property.given("examples").isEmpty() ? ImmutableList.of() : property.items("examples").stream()
                                                                           .filter(DescriptorNode.Text.class::isInstance)
                                                                           .map(DescriptorNode.Text.class::cast)
                                                                           .filter(text -> !text.absent())
                                                                           .map(DescriptorNode.Text::value)
                                                                           .collect(toImmutableList());
    }

    private static Optional<String> transformation(ObjectReader property)
    {
        Optional<String> description = property.text("transformDescription").map(Located::value);
        Optional<String> logic = property.text("transformLogic").map(Located::value);
        return description.isPresent() && logic.isPresent() ? Optional.of(description.get() + ": " + logic.get()) : description.or(() -> logic);
    }

    /**
     * -1 is the standard's word for no place.
     */
    private static Optional<Integer> primaryKeyPosition(ObjectReader property)
    {
        boolean key = property.flag("primaryKey").map(Located::value).orElse(false);
        boolean none = property.text("primaryKeyPosition").filter(position -> position.value().equals("-1")).isPresent();
        Optional<Integer> position = none ? Optional.empty() : property.number("primaryKeyPosition").map(Located::value);
        return key ? position.or(() -> Optional.of(1)) : Optional.empty();
    }

    private List<FieldDescriptor> fields(ObjectReader property)
    {
        List<ObjectReader> inside = blocks.objects(property, "properties", PROPERTY);
        if (!inside.isEmpty()) {
            return inside.stream().map(this::field).collect(toImmutableList());
        }
        return property.object("items", blocks.shape(ITEM))
                .or(() -> property.object("map", blocks.shape(MAP)).flatMap(map -> map.object("value", blocks.shape(ITEM))))
                .map(this::fields)
                .orElse(ImmutableList.of());
    }

    private FieldDescriptor field(ObjectReader property)
    {
        return new FieldDescriptor(
                property.text("name"),
                property.text("classification").map(Located::value),
                blocks.tags(property),
                Optional.ofNullable(blocks.custom(property).get("identifier")),
                Optional.empty(),
                Optional.empty(),
                fields(property),
                property.position());
    }
}
