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
package org.trinomesh.openlineage;

import static java.util.Objects.requireNonNull;

/**
 * A dataset as OpenLineage names it: {@code iceberg://host} or {@code s3://bucket} and a name in it. Names may contain
 * locations, so they are only shown to people who may see where tables are stored.
 */
public record Dataset(String namespace, String name)
{
    public Dataset
    {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
    }
}
