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
package org.trinomesh.storage;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TestStorageDefaults
{
    @Test
    void testAStorageThatIsAwayFailsInAFewSeconds()
    {
        assertThat(StorageDefaults.with(ImmutableMap.of("iceberg.catalog.type", "rest", "fs.native-s3.enabled", "true")))
                .containsEntry("s3.max-error-retries", "3")
                .containsEntry("s3.socket-connect-timeout", "5s")
                .containsEntry("s3.socket-timeout", "10s")
                .containsEntry("iceberg.rest-catalog.connection-timeout", "5s")
                .containsEntry("iceberg.rest-catalog.socket-timeout", "20s");
    }

    @Test
    void testWhatTheStorageSaysStays()
    {
        assertThat(StorageDefaults.with(ImmutableMap.of("fs.s3.enabled", "true", "s3.max-error-retries", "20", "s3.socket-read-timeout", "1m")))
                .containsEntry("s3.max-error-retries", "20")
                .containsEntry("s3.socket-read-timeout", "1m")
                .doesNotContainKey("s3.socket-timeout");
    }

    @Test
    void testStoragesGetNoPropertyThatTheyDoNotKnow()
    {
        ImmutableMap<String, String> properties = ImmutableMap.of("iceberg.catalog.type", "jdbc", "fs.native-local.enabled", "true", "fs.native-s3.enabled", "false");
        assertThat(StorageDefaults.with(properties)).isEqualTo(properties);
    }
}
