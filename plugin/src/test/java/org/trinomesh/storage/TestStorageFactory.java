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

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

final class TestStorageFactory
{
    private static final Map<String, String> GLUE = ImmutableMap.of("iceberg.catalog.type", "glue", "hive.metastore.glue.region", "eu-central-1");
    private static final Map<String, String> REST = ImmutableMap.of("iceberg.catalog.type", "rest", "iceberg.rest-catalog.uri", "https://catalog.example.com");
    private static final Map<String, String> JDBC = ImmutableMap.of("iceberg.catalog.type", "jdbc", "iceberg.jdbc-catalog.connection-url", "jdbc:postgresql://db/lake", "iceberg.jdbc-catalog.catalog-name", "lake");

    @Test
    void testCredentialsSelectACatalogThatIsNotNamed()
    {
        assertThat(isSame(GLUE, "hive.metastore.glue.aws-access-key", "of sales", "of finance")).isFalse();
        assertThat(isSame(GLUE, "hive.metastore.glue.iam-role", "arn:aws:iam::1:role/sales", "arn:aws:iam::2:role/sales")).isFalse();
        assertThat(isSame(GLUE, "hive.metastore.glue.aws-access-key", "of sales", "of sales")).isTrue();
        assertThat(isSame(REST, "iceberg.rest-catalog.oauth2.credential", "sales:secret", "finance:secret")).isFalse();
        assertThat(isSame(REST, "iceberg.rest-catalog.oauth2.credential", "sales:secret", "sales:secret")).isTrue();
        // A key more is another catalog, too
        assertThat(StorageFactory.catalogOf(GLUE)).isNotEqualTo(StorageFactory.catalogOf(with(GLUE, "hive.metastore.glue.aws-access-key", "of sales")));
    }

    @Test
    void testCredentialsMakeNoDifferenceToACatalogThatIsNamed()
    {
        assertThat(isSame(with(GLUE, "hive.metastore.glue.catalogid", "123"), "hive.metastore.glue.aws-access-key", "of sales", "of finance")).isTrue();
        assertThat(isSame(with(REST, "iceberg.rest-catalog.warehouse", "lake"), "iceberg.rest-catalog.oauth2.credential", "sales:secret", "finance:secret")).isTrue();
        assertThat(isSame(JDBC, "iceberg.jdbc-catalog.connection-user", "sales", "finance")).isTrue();
        assertThat(isSame(GLUE, "hive.metastore.glue.catalogid", "123", "456")).isFalse();
        assertThat(isSame(REST, "iceberg.rest-catalog.warehouse", "lake", "shore")).isFalse();
    }

    @Test
    void testCredentialsAreNotKept()
    {
        assertThat(StorageFactory.catalogOf(with(REST, "iceberg.rest-catalog.oauth2.credential", "sales:secret")).toString()).doesNotContain("secret");
        assertThat(StorageFactory.catalogOf(with(GLUE, "hive.metastore.glue.aws-secret-key", "secret")).toString()).doesNotContain("secret");
    }

    private static boolean isSame(Map<String, String> properties, String name, String one, String other)
    {
        return StorageFactory.catalogOf(with(properties, name, one)).equals(StorageFactory.catalogOf(with(properties, name, other)));
    }

    private static Map<String, String> with(Map<String, String> properties, String name, String value)
    {
        return ImmutableMap.<String, String>builder().putAll(properties).put(name, value).buildOrThrow();
    }
}
