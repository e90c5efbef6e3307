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
package org.trinomesh.query.generated;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A product that a generated query computes, or a stored one with masked columns.
 *
 * @param level how many queries compute it; 0 for a stored product
 */
public record GeneratedProduct(String domain, String name, String sql, List<GeneratedColumn> columns, int level)
{
    public GeneratedProduct
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(name, "name is null");
        requireNonNull(sql, "sql is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
    }

    public String file()
    {
        return "domains/%s/%s.yaml".formatted(domain, name);
    }

    /**
     * Its document. Everybody reads it, and every domain may publish it.
     */
    public String document()
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: %s, owner: financial-reporting, version: 1.0.0}
               spec:
                 description: Generated
                 outputPorts:
                   - name: sql
                     type: sql
                     query:
                       sql: |
                         %s
                 columns:
               %s
                 accessControl:
                   - {group: sales-analysts, permissions: [read]}
                   - {group: financial-reporting, permissions: [read]}
                   - {domain: finance, permissions: [read, share]}
                   - {domain: marketing, permissions: [read, share]}
               """.formatted(
                name,
                domain,
                sql,
                columns.stream().map(column -> "    - {name: %s, type: \"%s\"}".formatted(column.name(), column.type().sql())).collect(joining("\n")));
    }
}
