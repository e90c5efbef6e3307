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

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import io.airlift.units.Duration;
import io.airlift.units.MinDuration;
import jakarta.validation.constraints.NotNull;

import java.nio.file.Path;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

public class MeshConfig
{
    private Path descriptors;
    private Duration refreshInterval = new Duration(10, SECONDS);
    private Duration lastGoodTtl = new Duration(15, MINUTES);

    @NotNull
    public Path getDescriptors()
    {
        return descriptors;
    }

    @Config("mesh.descriptors")
    @ConfigDescription("Directory with the mesh's YAML documents; read on the coordinator only")
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
    @ConfigDescription("How often the descriptors are looked at for changes")
    public MeshConfig setRefreshInterval(Duration refreshInterval)
    {
        this.refreshInterval = refreshInterval;
        return this;
    }

    @NotNull
    @MinDuration("0s")
    public Duration getLastGoodTtl()
    {
        return lastGoodTtl;
    }

    @Config("mesh.last-good-ttl")
    @ConfigDescription("How long a product whose descriptor broke is served in its last good version")
    public MeshConfig setLastGoodTtl(Duration lastGoodTtl)
    {
        this.lastGoodTtl = lastGoodTtl;
        return this;
    }
}
