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
package org.trinomesh;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TestCatalogProperties
{
    @Test
    void testEveryPropertyGoesToWhomItIsFor()
    {
        CatalogProperties properties = CatalogProperties.split(ImmutableMap.of(
                "mesh.descriptors", "etc/mesh",
                "storage.lake.iceberg.catalog.type", "rest",
                "storage.lake.fs.s3.enabled", "true",
                "storage.files.iceberg.catalog.type", "location",
                "parquet.max-read-block-size", "16MB"));
        assertThat(properties.errors()).isEmpty();
        assertThat(properties.mesh()).containsOnlyKeys("mesh.descriptors");
        assertThat(properties.storages()).containsOnlyKeys("files", "lake");
        assertThat(properties.storages().get("lake")).isEqualTo(ImmutableMap.of("iceberg.catalog.type", "rest", "fs.s3.enabled", "true"));
        assertThat(properties.reader()).containsOnlyKeys("parquet.max-read-block-size");
    }

    @Test
    void testEveryMistakeIsNamed()
    {
        assertThat(CatalogProperties.split(ImmutableMap.of(
                "storage.Lake.iceberg.catalog.type", "rest",
                "fs.s3.enabled", "true",
                "iceberg.catalog.type", "rest")).errors())
                .containsExactlyInAnyOrder(
                        "Configuration property 'storage.Lake.iceberg.catalog.type' is not of the form storage.<name>.<property>, with a name of lower case letters, digits and _",
                        "Configuration property 'fs.s3.enabled' belongs to a storage; write storage.<name>.fs.s3.enabled",
                        "Configuration property 'iceberg.catalog.type' belongs to a storage; write storage.<name>.iceberg.catalog.type",
                        "No storage is configured; write storage.<name>.iceberg.catalog.type and what it needs");
    }
}
