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
package org.trinomesh.cache;

import io.airlift.units.DataSize;

import static java.util.Objects.requireNonNull;

/**
 * What is kept between queries of the versions of tables.
 */
public record TableCaches(MetadataCache metadata, ManifestCache manifests)
{
    /**
     * Keeps nothing.
     */
    public static final TableCaches NONE = new TableCaches(new MetadataCache(DataSize.ofBytes(0)), new ManifestCache(DataSize.ofBytes(0)));

    public TableCaches
    {
        requireNonNull(metadata, "metadata is null");
        requireNonNull(manifests, "manifests is null");
    }
}
