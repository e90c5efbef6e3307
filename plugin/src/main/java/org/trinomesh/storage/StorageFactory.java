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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.inject.Binder;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Scopes;
import com.google.inject.spi.Message;
import io.airlift.bootstrap.ApplicationConfigurationException;
import io.airlift.bootstrap.LifeCycleManager;
import io.trino.filesystem.local.LocalFileSystemConfig;
import io.trino.plugin.iceberg.IcebergConnector;
import io.trino.plugin.iceberg.IcebergConnectorFactory;
import io.trino.plugin.iceberg.IcebergFileSystemFactory;
import io.trino.plugin.iceberg.catalog.TrinoCatalogFactory;
import io.trino.plugin.iceberg.catalog.jdbc.IcebergJdbcCatalogConfig;
import io.trino.plugin.iceberg.fileio.ForwardingFileIoFactory;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.session.PropertyMetadata;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.lang.Boolean.parseBoolean;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Creates a storage from its properties with Trino's own Iceberg modules. It supports every catalog type and file system of
 * these modules, with the same names and the same strict checks. Only the type {@code location} is the mesh's own.
 */
public final class StorageFactory
{
    public static final String CATALOG_TYPE = "iceberg.catalog.type";
    private static final String LOCATION = "location";
    private static final String FILE_CACHE = "fs.cache.enabled";
    private static final String METADATA_CACHE = "iceberg.metadata-cache.enabled";
    /**
     * The properties that identify the catalog of a storage and the store of its files. The other properties, such as
     * credentials, make no difference where these name the catalog in full; see {@link #isNamedInFull}.
     */
    private static final Set<String> CATALOG = ImmutableSet.of(
            CATALOG_TYPE,
            "iceberg.rest-catalog.uri",
            "iceberg.rest-catalog.prefix",
            "iceberg.rest-catalog.warehouse",
            "iceberg.jdbc-catalog.connection-url",
            "iceberg.jdbc-catalog.catalog-name",
            "iceberg.nessie-catalog.uri",
            "iceberg.nessie-catalog.ref",
            "iceberg.nessie-catalog.default-warehouse-dir",
            "iceberg.snowflake-catalog.account-uri",
            "iceberg.snowflake-catalog.database",
            "hive.metastore",
            "hive.metastore.uri",
            "hive.metastore.catalog.dir",
            "hive.metastore.glue.catalogid",
            "hive.metastore.glue.endpoint-url",
            "hive.metastore.glue.region",
            "hive.metastore.thrift.catalog-name",
            "s3.endpoint",
            "azure.endpoint",
            "gcs.endpoint",
            "hive.config.resources",
            "local.location");
    private static final String OTHER_PROPERTIES = "other properties";
    // A key of this process only, so that the kept hash of credentials reveals nothing to others
    private static final HashFunction FINGERPRINT = Hashing.hmacSha256(randomKey());
    private static final Module NOTHING_MORE = _ -> {};

    private final String catalogName;
    private final ConnectorContext context;

    public StorageFactory(String catalogName, ConnectorContext context)
    {
        this.catalogName = requireNonNull(catalogName, "catalogName is null");
        this.context = requireNonNull(context, "context is null");
    }

    /**
     * @param properties those of the catalog file without their {@code storage.<name>.} prefix
     * @throws RuntimeException of the configuration framework, naming every property that is wrong or unused
     */
    public Storage create(String name, Map<String, String> properties)
    {
        if (!properties.containsKey(CATALOG_TYPE)) {
            // Trino's default would be a Hive metastore
            throw new ApplicationConfigurationException(
                    ImmutableList.of(new Message("Configuration property '" + CATALOG_TYPE + "' is missing; write rest, jdbc, glue, hive_metastore, nessie, snowflake or location")),
                    ImmutableList.of());
        }
        boolean byLocation = LOCATION.equals(properties.get(CATALOG_TYPE));
        // Also the name under which the storage's counters appear in JMX
        IcebergConnector connector = connector(
                catalogName + "_" + name,
                StorageDefaults.with(byLocation ? locationProperties(properties) : properties),
                byLocation ? Optional.of(new NoCatalogModule()) : Optional.empty());
        Injector injector = connector.getInjector();
        return new Storage(
                name,
                catalogOf(properties),
                byLocation,
                injector.getInstance(TrinoCatalogFactory.class),
                injector.getInstance(IcebergFileSystemFactory.class),
                injector.getInstance(ForwardingFileIoFactory.class),
                Optional.ofNullable(injector.getExistingBinding(Key.get(IcebergJdbcCatalogConfig.class)))
                        .map(binding -> JdbcTablePointers.of(binding.getProvider().get())),
                Optional.ofNullable(injector.getExistingBinding(Key.get(LocalFileSystemConfig.class)))
                        .map(binding -> binding.getProvider().get().getLocation()),
                connector.getSessionProperties().stream()
                        .filter(property -> property.getDefaultValue() != null)
                        .collect(toImmutableMap(PropertyMetadata::getName, PropertyMetadata::getDefaultValue)),
                injector.getInstance(LifeCycleManager.class));
    }

    /**
     * The properties that distinguish the catalog of a storage from others. If they do not name it in full, the credentials may select
     * it, and two storages are the same catalog only when all their properties are the same.
     */
    static Map<String, String> catalogOf(Map<String, String> properties)
    {
        Map<String, String> catalog = Maps.filterKeys(properties, CATALOG::contains);
        if (isNamedInFull(properties)) {
            return ImmutableMap.copyOf(catalog);
        }
        Hasher hasher = FINGERPRINT.newHasher();
        new TreeMap<>(properties).forEach((name, value) -> hasher
                .putInt(name.length()).putUnencodedChars(name)
                .putInt(value.length()).putUnencodedChars(value));
        return ImmutableMap.<String, String>builder().putAll(catalog).put(OTHER_PROPERTIES, hasher.hash().toString()).buildOrThrow();
    }

    /**
     * Glue answers with the catalog of the account that asks unless one is named, and a REST catalog may choose the warehouse by who
     * asks. All other catalogs must be named, or have no more than one at their address.
     */
    private static boolean isNamedInFull(Map<String, String> properties)
    {
        String type = properties.getOrDefault(CATALOG_TYPE, "").toLowerCase(ENGLISH);
        if (type.equals("glue") || "glue".equalsIgnoreCase(properties.get("hive.metastore"))) {
            return properties.containsKey("hive.metastore.glue.catalogid");
        }
        return !type.equals("rest") || properties.containsKey("iceberg.rest-catalog.warehouse");
    }

    private static byte[] randomKey()
    {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * Checks the properties that all storages share.
     *
     * @throws RuntimeException of the configuration framework, naming every property that is wrong or unused
     */
    public AutoCloseable createReader(Map<String, String> properties)
    {
        return connector(catalogName + "_reader", properties, Optional.of(new NoCatalogModule()))::shutdown;
    }

    private IcebergConnector connector(String name, Map<String, String> properties, Optional<Module> catalog)
    {
        return (IcebergConnector) IcebergConnectorFactory.createConnector(name, properties, context, NOTHING_MORE, catalog);
    }

    /**
     * Trino's file caches know a file by its path without the bucket and take it for unchanging. Without a catalog service
     * that is wrong: the version hint is written over, and every table may have a v1.metadata.json.
     */
    private static Map<String, String> locationProperties(Map<String, String> properties)
    {
        List<Message> errors = Stream.of(FILE_CACHE, METADATA_CACHE)
                .filter(name -> parseBoolean(properties.get(name)))
                .map(name -> new Message("Configuration property '" + name + "' cannot be true in a storage of type location, where files change under the same name; remove it"))
                .collect(toImmutableList());
        if (!errors.isEmpty()) {
            throw new ApplicationConfigurationException(errors, ImmutableList.of());
        }
        return ImmutableMap.<String, String>builder()
                .putAll(Maps.filterKeys(properties, name -> !name.equals(CATALOG_TYPE)))
                .put(METADATA_CACHE, "false")
                .buildKeepingLast();
    }

    private static final class NoCatalogModule
            implements Module
    {
        @Override
        public void configure(Binder binder)
        {
            binder.bind(TrinoCatalogFactory.class).to(NoCatalogFactory.class).in(Scopes.SINGLETON);
        }
    }
}
