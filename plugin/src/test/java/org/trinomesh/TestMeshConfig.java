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
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.testing.ValidationAssertions.assertFailsValidation;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

final class TestMeshConfig
{
    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(MeshConfig.class)
                .setDescriptors(null)
                .setRefreshInterval(new Duration(10, SECONDS))
                .setLastGoodTtl(new Duration(15, MINUTES)));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.of(
                "mesh.descriptors", "etc/mesh",
                "mesh.refresh-interval", "2s",
                "mesh.last-good-ttl", "1h");
        assertFullMapping(properties, new MeshConfig()
                .setDescriptors(Path.of("etc/mesh"))
                .setRefreshInterval(new Duration(2, SECONDS))
                .setLastGoodTtl(new Duration(1, HOURS)));
    }

    @Test
    void testValuesThatCannotBe()
    {
        assertFailsValidation(
                new MeshConfig().setDescriptors(Path.of("etc/mesh")).setRefreshInterval(new Duration(1, MILLISECONDS)),
                "refreshInterval",
                "must be greater than or equal to 100ms",
                MinDuration.class);
        assertFailsValidation(new MeshConfig(), "descriptors", "must not be null", NotNull.class);
    }
}
