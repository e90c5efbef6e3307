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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.Test;
import org.trinomesh.connector.RestrictedPushdown;

import java.nio.file.Path;
import java.util.Map;

import static io.airlift.configuration.testing.ConfigAssertions.assertFullMapping;
import static io.airlift.configuration.testing.ConfigAssertions.assertRecordedDefaults;
import static io.airlift.configuration.testing.ConfigAssertions.recordDefaults;
import static io.airlift.testing.ValidationAssertions.assertFailsValidation;
import static io.airlift.units.DataSize.Unit.GIGABYTE;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

final class TestMeshConfig
{
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void testDefaults()
    {
        assertRecordedDefaults(recordDefaults(MeshConfig.class)
                .setDescriptors(null)
                .setRefreshInterval(new Duration(10, SECONDS))
                .setLastGoodTtl(new Duration(15, MINUTES))
                .setResults(null)
                .setStateDirectory(null)
                .setRestrictedPushdown(RestrictedPushdown.SAFE)
                .setSloInterval(new Duration(1, MINUTES))
                .setSloTimeout(new Duration(10, SECONDS))
                .setStorageTimeout(new Duration(20, SECONDS))
                .setMetadataCacheSize(DataSize.of(128, MEGABYTE))
                .setManifestCacheSize(DataSize.of(256, MEGABYTE))
                .setStatisticsCacheSize(DataSize.of(32, MEGABYTE))
                .setMaskKey(null)
                .setMaskKeyVersion(1)
                .setSqlQualityRules(false)
                .setPreviousMaskKeys(ImmutableList.of()));
    }

    @Test
    void testExplicitPropertyMappings()
    {
        Map<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", "etc/mesh")
                .put("mesh.refresh-interval", "2s")
                .put("mesh.last-good-ttl", "1h")
                .put("mesh.results", "var/results")
                .put("mesh.state-directory", "var/state")
                .put("mesh.restricted-pushdown", "ALL")
                .put("mesh.slo-interval", "5m")
                .put("mesh.slo-timeout", "30s")
                .put("mesh.storage-timeout", "5s")
                .put("mesh.metadata-cache-size", "1GB")
                .put("mesh.manifest-cache-size", "2GB")
                .put("mesh.statistics-cache-size", "0B")
                .put("mesh.mask-key", KEY)
                .put("mesh.mask-key-version", "3")
                .put("mesh.sql-quality-rules", "true")
                .put("mesh.previous-mask-keys", "1:" + KEY + ",2:" + KEY)
                .buildOrThrow();
        assertFullMapping(properties, new MeshConfig()
                .setDescriptors(Path.of("etc/mesh"))
                .setRefreshInterval(new Duration(2, SECONDS))
                .setLastGoodTtl(new Duration(1, HOURS))
                .setResults(Path.of("var/results"))
                .setStateDirectory(Path.of("var/state"))
                .setRestrictedPushdown(RestrictedPushdown.ALL)
                .setSloInterval(new Duration(5, MINUTES))
                .setSloTimeout(new Duration(30, SECONDS))
                .setStorageTimeout(new Duration(5, SECONDS))
                .setMetadataCacheSize(DataSize.of(1, GIGABYTE))
                .setManifestCacheSize(DataSize.of(2, GIGABYTE))
                .setStatisticsCacheSize(DataSize.ofBytes(0))
                .setMaskKey(KEY)
                .setMaskKeyVersion(3)
                .setSqlQualityRules(true)
                .setPreviousMaskKeys(ImmutableList.of("1:" + KEY, "2:" + KEY)));
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

    @Test
    void testMistakesInMaskKeysSayWhatToWriteAndDoNotShowAKey()
    {
        assertMistake(
                config().setMaskKey("short"),
                "maskKeyLong",
                "mesh.mask-key has fewer than 32 characters; make one with: openssl rand -hex 32");
        for (String previous : ImmutableList.of(KEY, "0:" + KEY, "x:" + KEY, "1:short")) {
            assertMistake(
                    config().setMaskKey(KEY).setMaskKeyVersion(2).setPreviousMaskKeys(ImmutableList.of(previous)),
                    "previousMaskKeysReadable",
                    "mesh.previous-mask-keys is not a list of version:key with keys of at least 32 characters; write 1:<key>,2:<key>");
        }
        assertMistake(
                config().setMaskKey(KEY).setPreviousMaskKeys(ImmutableList.of("1:" + KEY)),
                "maskKeyVersionsDifferent",
                "mesh.previous-mask-keys has a version twice, or the version of mesh.mask-key-version; give every key a version of its own");
        assertMistake(
                config().setPreviousMaskKeys(ImmutableList.of("2:" + KEY)),
                "maskKeyBesidePrevious",
                "mesh.previous-mask-keys is set and mesh.mask-key is not; write the current key as mesh.mask-key");
        assertFailsValidation(config().setMaskKey(KEY).setMaskKeyVersion(0), "maskKeyVersion", "must be greater than or equal to 1", Min.class);
    }

    @Test
    void testMaskKeysByVersion()
    {
        assertThat(config().getMaskKeysByVersion()).isEmpty();
        assertThat(config().setMaskKey(KEY).setMaskKeyVersion(2).setPreviousMaskKeys(ImmutableList.of("1:with:colons" + KEY)).getMaskKeysByVersion())
                .isEqualTo(ImmutableMap.of(2, KEY, 1, "with:colons" + KEY));
    }

    private static MeshConfig config()
    {
        return new MeshConfig().setDescriptors(Path.of("etc/mesh"));
    }

    private static void assertMistake(MeshConfig config, String property, String message)
    {
        assertFailsValidation(config, property, message, AssertTrue.class);
    }
}
