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

import java.util.HashMap;
import java.util.Map;

/**
 * Default timeouts and numbers of retries of storages. With Trino's own defaults a query waits for minutes when a storage
 * does not answer, which suits nightly loads but not interactive users.
 */
final class StorageDefaults
{
    private static final String S3 = "fs.native-s3.enabled";
    private static final String S3_OLD_TIMEOUT = "s3.socket-read-timeout";
    private static final Map<String, String> S3_LIMITS = ImmutableMap.of(
            "s3.max-error-retries", "3",
            "s3.socket-connect-timeout", "5s",
            "s3.socket-timeout", "10s");
    private static final Map<String, String> REST_LIMITS = ImmutableMap.of(
            "iceberg.rest-catalog.connection-timeout", "5s",
            "iceberg.rest-catalog.socket-timeout", "20s");

    private StorageDefaults() {}

    /**
     * @param properties those of the catalog file without their {@code storage.<name>.} prefix
     * @return these with the defaults for missing properties
     */
    static Map<String, String> with(Map<String, String> properties)
    {
        Map<String, String> all = new HashMap<>(properties);
        if (Boolean.parseBoolean(properties.get(S3)) || Boolean.parseBoolean(properties.get("fs.s3.enabled"))) {
            S3_LIMITS.forEach((name, value) -> {
                if (!name.equals("s3.socket-timeout") || !properties.containsKey(S3_OLD_TIMEOUT)) {
                    all.putIfAbsent(name, value);
                }
            });
        }
        if ("rest".equalsIgnoreCase(properties.get(StorageFactory.CATALOG_TYPE))) {
            REST_LIMITS.forEach(all::putIfAbsent);
        }
        return ImmutableMap.copyOf(all);
    }
}
