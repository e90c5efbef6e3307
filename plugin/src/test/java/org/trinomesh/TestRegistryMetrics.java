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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.validation.DescriptorChecks;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

final class TestRegistryMetrics
{
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void testFailedRefreshesAreSeenUntilOneSucceeds(@TempDir Path directory)
            throws JMException
    {
        MeshRegistry registry = new MeshRegistry(directory, Duration.ofMinutes(15), Clock.fixed(START, ZoneOffset.UTC), DescriptorChecks.NONE);
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        RegistryMetrics metrics = new RegistryMetrics(registry, "my-mesh", server, Clock.fixed(START.plusSeconds(30), ZoneOffset.UTC));
        metrics.start();
        ObjectName name = new ObjectName("org.trinomesh:type=MeshRegistry,name=my_mesh,catalog=\"my-mesh\"");
        assertThat(server.getAttribute(name, "Generation")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "FailedRefreshes")).isEqualTo(0);
        assertThat(server.getAttribute(name, "SecondsSinceRefresh")).isEqualTo(30L);

        directory.toFile().delete();
        registry.refresh();
        registry.refresh();
        assertThat(server.getAttribute(name, "FailedRefreshes")).isEqualTo(2);
        metrics.stop();
        assertThat(server.isRegistered(name)).isFalse();
    }
}
