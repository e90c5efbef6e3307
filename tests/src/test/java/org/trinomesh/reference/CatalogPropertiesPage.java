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
package org.trinomesh.reference;

import com.google.common.collect.ImmutableList;
import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.ConfigSecuritySensitive;
import io.airlift.units.Duration;
import org.trinomesh.MeshConfig;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * The properties of a catalog file that are the mesh's own.
 */
final class CatalogPropertiesPage
        implements ReferencePage
{
    @Override
    public String file()
    {
        return "catalog-properties.md";
    }

    /**
     * The setters, by the name of their property.
     */
    static List<Method> properties()
    {
        return Stream.of(MeshConfig.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Config.class))
                .sorted(comparing(CatalogPropertiesPage::name))
                .collect(toImmutableList());
    }

    static String name(Method setter)
    {
        return setter.getAnnotation(Config.class).value();
    }

    static Optional<String> description(Method setter)
    {
        return Optional.ofNullable(setter.getAnnotation(ConfigDescription.class)).map(ConfigDescription::value);
    }

    @Override
    public String text()
    {
        return Markdown.page("Catalog properties")
                .paragraph("The properties of `etc/catalog/mesh.properties` that begin with `mesh.`. The file also has `connector.name=mesh`, the storages as `storage.<name>.*`, and reading properties of Trino's Iceberg connector; "
                        + "[Operate](../operate.md#the-catalog-file) explains them.")
                .table(ImmutableList.of("Property", "Default", "Meaning"), properties().stream()
                        .map(setter -> ImmutableList.of(
                                Markdown.code(name(setter)),
                                Markdown.code(defaultValue(setter)),
                                description(setter).orElse("") + (setter.isAnnotationPresent(ConfigSecuritySensitive.class) ? ". Write it as `${ENV:NAME}`, since it is a secret" : ""))))
                .toString();
    }

    private static String defaultValue(Method setter)
    {
        try {
            String property = setter.getName().substring("set".length());
            Method getter = Stream.of(MeshConfig.class.getMethods())
                    .filter(method -> method.getName().equals("get" + property) || method.getName().equals("is" + property))
                    .findFirst()
                    .orElseThrow();
            return switch (getter.invoke(new MeshConfig())) {
                case null -> "";
                case Optional<?> optional -> optional.map(Object::toString).orElse("");
                case Collection<?> values when values.isEmpty() -> "";
                case Duration duration -> duration.toString().replace(".00", "");
                case Object value -> value.toString();
            };
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The default of " + name(setter) + " cannot be read", e);
        }
    }
}
