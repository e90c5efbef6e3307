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
import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.configuration.ConfigSecuritySensitive;
import io.airlift.units.DataSize;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.trinomesh.connector.RestrictedPushdown;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

public class MeshConfig
{
    private static final int MIN_KEY_LENGTH = 32;
    private static final Pattern PREVIOUS_KEY = Pattern.compile("([1-9][0-9]{0,8}):(.{" + MIN_KEY_LENGTH + ",})");

    private Path descriptors;
    private Duration refreshInterval = new Duration(10, SECONDS);
    private Duration lastGoodTtl = new Duration(15, MINUTES);
    private Optional<Path> results = Optional.empty();
    private Optional<Path> stateDirectory = Optional.empty();
    private boolean sqlQualityRules;
    private Duration sloInterval = new Duration(1, MINUTES);
    private Duration sloTimeout = new Duration(10, SECONDS);
    private Duration storageTimeout = new Duration(20, SECONDS);
    private DataSize metadataCacheSize = DataSize.of(128, MEGABYTE);
    private DataSize manifestCacheSize = DataSize.of(256, MEGABYTE);
    private DataSize statisticsCacheSize = DataSize.of(32, MEGABYTE);
    private Optional<String> maskKey = Optional.empty();
    private int maskKeyVersion = 1;
    private List<String> previousMaskKeys = List.of();
    private RestrictedPushdown restrictedPushdown = RestrictedPushdown.SAFE;

    @NotNull
    public Path getDescriptors()
    {
        return descriptors;
    }

    @Config("mesh.descriptors")
    @ConfigDescription("Directory with the YAML documents of the mesh. Only the coordinator reads it")
    public MeshConfig setDescriptors(Path descriptors)
    {
        this.descriptors = descriptors;
        return this;
    }

    @NotNull
    @MinDuration("100ms")
    public Duration getRefreshInterval()
    {
        return refreshInterval;
    }

    @Config("mesh.refresh-interval")
    @ConfigDescription("How often the coordinator looks at the directory for changes. Unchanged files are not read again")
    public MeshConfig setRefreshInterval(Duration refreshInterval)
    {
        this.refreshInterval = refreshInterval;
        return this;
    }

    @NotNull
    public RestrictedPushdown getRestrictedPushdown()
    {
        return restrictedPushdown;
    }

    @Config("mesh.restricted-pushdown")
    @ConfigDescription("Which conditions of a query may limit what is read from a table of which the reader sees only a part: SAFE allows those that reveal nothing about hidden rows, ALL allows every condition and is faster")
    public MeshConfig setRestrictedPushdown(RestrictedPushdown restrictedPushdown)
    {
        this.restrictedPushdown = restrictedPushdown;
        return this;
    }

    @NotNull
    @MinDuration("0s")
    public Duration getLastGoodTtl()
    {
        return lastGoodTtl;
    }

    @Config("mesh.last-good-ttl")
    @ConfigDescription("How long a data product whose file broke is served in its last good version, and how long a policy whose file broke or disappeared still counts. Also how long everything is served while the directory cannot be read or no refresh succeeds")
    public MeshConfig setLastGoodTtl(Duration lastGoodTtl)
    {
        this.lastGoodTtl = lastGoodTtl;
        return this;
    }

    @NotNull
    public DataSize getMetadataCacheSize()
    {
        return metadataCacheSize;
    }

    @Config("mesh.metadata-cache-size")
    @ConfigDescription("How much memory of the coordinator keeps the metadata of table versions between queries. A commit is seen by the next query all the same; 0B keeps nothing")
    public MeshConfig setMetadataCacheSize(DataSize metadataCacheSize)
    {
        this.metadataCacheSize = metadataCacheSize;
        return this;
    }

    @NotNull
    public DataSize getManifestCacheSize()
    {
        return manifestCacheSize;
    }

    @Config("mesh.manifest-cache-size")
    @ConfigDescription("How much memory of the coordinator keeps the lists of data files of table versions between queries, about 1 kB for a file of 16 columns. A table that would take more than half of it is planned without this cache; 0B keeps nothing")
    public MeshConfig setManifestCacheSize(DataSize manifestCacheSize)
    {
        this.manifestCacheSize = manifestCacheSize;
        return this;
    }

    @NotNull
    public DataSize getStatisticsCacheSize()
    {
        return statisticsCacheSize;
    }

    @Config("mesh.statistics-cache-size")
    @ConfigDescription("How much memory of the coordinator keeps the statistics of table versions between queries, by the conditions they were asked with; 0B keeps nothing")
    public MeshConfig setStatisticsCacheSize(DataSize statisticsCacheSize)
    {
        this.statisticsCacheSize = statisticsCacheSize;
        return this;
    }

    public Optional<Path> getResults()
    {
        return results;
    }

    @Config("mesh.results")
    @ConfigDescription("Directory with OpenLineage events (JSON lines) of runs and of data quality checks, from any tool. It must exist on the coordinator, which is the only one to read it")
    public MeshConfig setResults(Path results)
    {
        this.results = Optional.ofNullable(results);
        return this;
    }

    public Optional<Path> getStateDirectory()
    {
        return stateDirectory;
    }

    @Config("mesh.state-directory")
    @ConfigDescription("Directory in which the coordinator keeps what data products declared about their columns. The coordinator creates it. Without it, this knowledge is lost at a restart")
    public MeshConfig setStateDirectory(Path stateDirectory)
    {
        this.stateDirectory = Optional.ofNullable(stateDirectory);
        return this;
    }

    public boolean isSqlQualityRules()
    {
        return sqlQualityRules;
    }

    @Config("mesh.sql-quality-rules")
    @ConfigDescription("Whether quality views run the SQL queries that contracts contain, with the identity of the steward who asks")
    public MeshConfig setSqlQualityRules(boolean sqlQualityRules)
    {
        this.sqlQualityRules = sqlQualityRules;
        return this;
    }

    @NotNull
    @MinDuration("0s")
    public Duration getSloInterval()
    {
        return sloInterval;
    }

    @Config("mesh.slo-interval")
    @ConfigDescription("How often every SLO is measured in the background, for listings and metrics, as user mesh; 0s means never")
    public MeshConfig setSloInterval(Duration sloInterval)
    {
        this.sloInterval = sloInterval;
        return this;
    }

    @NotNull
    @MinDuration("10ms")
    public Duration getSloTimeout()
    {
        return sloTimeout;
    }

    @Config("mesh.slo-timeout")
    @ConfigDescription("How long it may take to measure the SLOs of one data product, to compare one table with its contract, or to measure its health, before the result is unknown")
    public MeshConfig setSloTimeout(Duration sloTimeout)
    {
        this.sloTimeout = sloTimeout;
        return this;
    }

    @NotNull
    @MinDuration("10ms")
    public Duration getStorageTimeout()
    {
        return storageTimeout;
    }

    @Config("mesh.storage-timeout")
    @ConfigDescription("How long a query waits for a storage to describe a table. Then the query fails with the name of the storage")
    public MeshConfig setStorageTimeout(Duration storageTimeout)
    {
        this.storageTimeout = storageTimeout;
        return this;
    }

    public Optional<String> getMaskKey()
    {
        return maskKey;
    }

    @Config("mesh.mask-key")
    @ConfigDescription("Key from which pseudonyms are made, of at least 32 characters, the same on every node")
    @ConfigSecuritySensitive
    public MeshConfig setMaskKey(String maskKey)
    {
        this.maskKey = Optional.ofNullable(maskKey);
        return this;
    }

    @Min(1)
    public int getMaskKeyVersion()
    {
        return maskKeyVersion;
    }

    @Config("mesh.mask-key-version")
    @ConfigDescription("Version of mesh.mask-key. Rules that name no version use it")
    public MeshConfig setMaskKeyVersion(int maskKeyVersion)
    {
        this.maskKeyVersion = maskKeyVersion;
        return this;
    }

    @NotNull
    public List<String> getPreviousMaskKeys()
    {
        return previousMaskKeys;
    }

    @Config("mesh.previous-mask-keys")
    @ConfigDescription("Earlier mask keys that rules may still name, as version:key, separated by commas")
    @ConfigSecuritySensitive
    public MeshConfig setPreviousMaskKeys(List<String> previousMaskKeys)
    {
        this.previousMaskKeys = List.copyOf(previousMaskKeys);
        return this;
    }

    @AssertTrue(message = "mesh.mask-key has fewer than " + MIN_KEY_LENGTH + " characters; make one with: openssl rand -hex 32")
    public boolean isMaskKeyLong()
    {
        return maskKey.isEmpty() || maskKey.orElseThrow().length() >= MIN_KEY_LENGTH;
    }

    @AssertTrue(message = "mesh.previous-mask-keys is not a list of version:key with keys of at least " + MIN_KEY_LENGTH + " characters; write 1:<key>,2:<key>")
    public boolean isPreviousMaskKeysReadable()
    {
        return previousMaskKeys.stream().allMatch(PREVIOUS_KEY.asMatchPredicate());
    }

    @AssertTrue(message = "mesh.previous-mask-keys has a version twice, or the version of mesh.mask-key-version; give every key a version of its own")
    public boolean isMaskKeyVersionsDifferent()
    {
        Set<String> versions = new HashSet<>();
        versions.add(String.valueOf(maskKeyVersion));
        return previousMaskKeys.stream().allMatch(key -> versions.add(key.split(":", 2)[0]));
    }

    @AssertTrue(message = "mesh.previous-mask-keys is set and mesh.mask-key is not; write the current key as mesh.mask-key")
    public boolean isMaskKeyBesidePrevious()
    {
        return maskKey.isPresent() || previousMaskKeys.isEmpty();
    }

    /**
     * Every mask key by its version.
     */
    Map<Integer, String> getMaskKeysByVersion()
    {
        Map<Integer, String> keys = new HashMap<>();
        maskKey.ifPresent(key -> keys.put(maskKeyVersion, key));
        previousMaskKeys.forEach(entry -> {
            String[] parts = entry.split(":", 2);
            keys.put(Integer.parseInt(parts[0]), parts[1]);
        });
        return ImmutableMap.copyOf(keys);
    }
}
