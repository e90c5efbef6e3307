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

import com.google.common.cache.Cache;
import com.google.common.collect.ImmutableMap;
import io.trino.cache.EvictableCacheBuilder;
import org.junit.jupiter.api.Test;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

import java.util.concurrent.ExecutionException;

import static org.assertj.core.api.Assertions.assertThat;

final class TestCacheMetrics
{
    @Test
    void testHitsAndMissesAreCounted()
            throws JMException, ExecutionException
    {
        Cache<String, String> cache = EvictableCacheBuilder.newBuilder().maximumSize(10).recordStats().build();
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        CacheMetrics metrics = new CacheMetrics(ImmutableMap.of("metadata", cache), "my-mesh", server);
        metrics.start();
        cache.get("a", () -> "read");
        cache.get("a", () -> "read again");
        ObjectName name = new ObjectName("org.trinomesh:type=Cache,name=my_mesh_metadata,catalog=\"my-mesh\",kept=metadata");
        assertThat(server.getAttribute(name, "RequestCount")).isEqualTo(2L);
        assertThat(server.getAttribute(name, "LoadCount")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "HitRate")).isEqualTo(0.5);
        // Nothing but the metrics holds the bean
        System.gc();
        assertThat(server.getAttribute(name, "RequestCount")).isEqualTo(2L);
        metrics.stop();
        assertThat(server.isRegistered(name)).isFalse();
    }
}
