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
import com.google.inject.CreationException;
import com.google.inject.Injector;
import io.airlift.bootstrap.ApplicationConfigurationException;
import io.airlift.bootstrap.Bootstrap;
import io.airlift.bootstrap.LifeCycleManager;
import io.airlift.log.Logger;
import io.trino.plugin.base.ConnectorContextModule;
import io.trino.plugin.base.util.AutoCloseableCloser;
import io.trino.plugin.iceberg.IcebergConnector;
import io.trino.plugin.iceberg.IcebergConnectorFactory;
import io.trino.plugin.iceberg.IcebergFileSystemFactory;
import io.trino.plugin.iceberg.catalog.TrinoCatalogFactory;
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorContext;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.connector.MetadataProvider;
import org.trinomesh.connector.MeshConnector;
import org.trinomesh.connector.MeshTransactions;
import org.trinomesh.connector.ProductColumns;
import org.trinomesh.connector.QualityViews;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.connector.SqlViews;
import org.trinomesh.connector.StatisticsCache;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.function.MaskFunctions;
import org.trinomesh.function.MaskKeys;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.security.MaskSql;
import org.trinomesh.security.MeshAccessControl;
import org.trinomesh.storage.Storage;
import org.trinomesh.storage.StorageFactory;
import org.trinomesh.storage.StorageFileSystems;
import org.trinomesh.storage.Storages;
import org.trinomesh.system.AccessOf;
import org.trinomesh.system.ImpactFunction;
import org.trinomesh.system.LineageFunction;
import org.trinomesh.system.RowsProcessors;
import org.trinomesh.system.Search;
import org.trinomesh.system.SystemFunctions;
import org.trinomesh.system.SystemTables;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import static com.google.common.base.Throwables.getRootCause;
import static com.google.inject.multibindings.OptionalBinder.newOptionalBinder;
import static io.trino.plugin.base.Versions.checkStrictSpiVersionMatch;
import static io.trino.plugin.base.util.Closables.closeAllSuppress;
import static io.trino.spi.StandardErrorCode.CONFIGURATION_INVALID;
import static java.util.stream.Collectors.joining;

/**
 * Puts a mesh catalog together: the storages, the registry, and Trino's Iceberg reader over both. Every mistake in the
 * catalog file is reported, not the first one.
 */
public class MeshConnectorFactory
        implements ConnectorFactory
{
    private static final Logger log = Logger.get(MeshConnectorFactory.class);
    private static final String VERSIONS_REMOVED_BY_REFRESH = "iceberg.materialized-views.refresh-max-snapshots-to-expire";

    @Override
    public String getName()
    {
        return "mesh";
    }

    @Override
    public Connector create(String catalogName, Map<String, String> config, ConnectorContext context)
    {
        // Strict as for the connectors that Trino ships: the reader is one of them, with its internals
        checkStrictSpiVersionMatch(context, this);
        try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
            return create(catalogName, CatalogProperties.split(config), context);
        }
    }

    private static Connector create(String catalogName, CatalogProperties properties, ConnectorContext context)
    {
        AutoCloseableCloser parts = AutoCloseableCloser.create();
        try {
            return create(catalogName, properties, context, parts);
        }
        catch (RuntimeException e) {
            // What was made before the failure has threads and connections
            closeAllSuppress(e, parts);
            throw e;
        }
    }

    private static Connector create(String catalogName, CatalogProperties properties, ConnectorContext context, AutoCloseableCloser parts)
    {
        List<String> errors = new ArrayList<>(properties.errors());
        if (context.getCurrentNode().isCoordinator()) {
            // A worker has the same catalog file and none of the directories
            errors.addAll(properties.directoryErrors());
        }
        Storages storages = createStorages(catalogName, properties, context, errors, parts);
        Optional<Injector> mesh = attempt("", errors, () -> new Bootstrap(
                "io.trino.bootstrap.catalog." + catalogName,
                new ConnectorContextModule(catalogName, context),
                binder -> binder.bind(MetadataProvider.class).toInstance(context.getMetadataProvider()),
                new MeshModule(storages, context.getCurrentNode().isCoordinator()))
                .doNotInitializeLogging()
                .disableSystemProperties()
                .setRequiredConfigurationProperties(properties.mesh())
                .initialize());
        mesh.ifPresent(injector -> parts.register(injector.getInstance(LifeCycleManager.class)::stop));
        Optional<IcebergConnector> reader = mesh.flatMap(injector -> attempt("", errors, () -> createReader(catalogName, properties, context, injector)));
        reader.ifPresent(connector -> parts.register(connector::shutdown));
        if (mesh.isEmpty()) {
            errors.addAll(MeshConfigErrors.of(properties.mesh()));
            // Without the mesh there is nothing to read, but all mistakes are reported at once
            attempt("", errors, () -> new StorageFactory(catalogName, context).createReader(properties.reader())).ifPresent(parts::register);
        }
        if (!errors.isEmpty()) {
            // Every part that needs what could not be made reports the same mistake
            throw new TrinoException(CONFIGURATION_INVALID, "Catalog '" + catalogName + "' is not configured correctly:\n" + errors.stream().map(MeshConnectorFactory::forOperators).distinct().collect(joining("\n")));
        }
        Injector injector = mesh.orElseThrow();
        QueryMeshes meshes = injector.getInstance(QueryMeshes.class);
        CurrentLineage lineage = injector.getInstance(CurrentLineage.class);
        VisibleStatus status = injector.getInstance(VisibleStatus.class);
        SystemFunctions tableFunctions = new SystemFunctions(ImmutableList.of(
                new AccessOf(meshes),
                new ImpactFunction(meshes, lineage),
                new LineageFunction(meshes, lineage, status),
                new Search(meshes, parts.register(injector.getInstance(MeshSearch.class)), status)));
        return new MeshConnector(
                reader.orElseThrow(),
                injector.getInstance(MeshTransactions.class),
                injector.getInstance(StatisticsCache.class),
                meshes,
                injector.getInstance(ProductColumns.class),
                injector.getInstance(MeshConfig.class).getRestrictedPushdown(),
                injector.getInstance(SqlViews.class),
                injector.getInstance(QualityViews.class),
                new MeshAccessControl(meshes, catalogName, new MaskSql(catalogName, injector.getInstance(MaskKeys.class)::reference)),
                injector.getInstance(SystemTables.class).tables(),
                MaskFunctions.metadata(),
                new MeshFunctions(new MaskFunctions(injector.getInstance(MaskKeys.class)), new RowsProcessors()),
                tableFunctions.functions(),
                tableFunctions,
                parts);
    }

    private static Storages createStorages(String catalogName, CatalogProperties properties, ConnectorContext context, List<String> errors, AutoCloseableCloser parts)
    {
        StorageFactory factory = new StorageFactory(catalogName, context);
        ImmutableList.Builder<Storage> storages = ImmutableList.builder();
        properties.storages().forEach((name, storageProperties) ->
                attempt("storage." + name + ": ", errors, () -> factory.create(name, storageProperties)).ifPresent(storage -> {
                    storages.add(storage);
                    parts.register(storage.lifeCycle()::stop);
                }));
        return new Storages(storages.build());
    }

    private static IcebergConnector createReader(String catalogName, CatalogProperties properties, ConnectorContext context, Injector mesh)
    {
        return (IcebergConnector) IcebergConnectorFactory.createConnector(
                catalogName,
                ImmutableMap.<String, String>builder()
                        .putAll(properties.reader())
                        // A refresh removes no old versions: readers may name them, and they are removed as those of every table are
                        .put(VERSIONS_REMOVED_BY_REFRESH, "0")
                        .buildKeepingLast(),
                context,
                binder -> newOptionalBinder(binder, IcebergFileSystemFactory.class).setBinding().toInstance(mesh.getInstance(StorageFileSystems.class)),
                Optional.of(binder -> binder.bind(TrinoCatalogFactory.class).toInstance(mesh.getInstance(MeshTransactions.class).catalogs())));
    }

    /**
     * Goes on after a part that cannot be made, so that the next one can report its own mistakes.
     */
    private static <T> Optional<T> attempt(String prefix, List<String> errors, Supplier<T> part)
    {
        try {
            return Optional.of(part.get());
        }
        catch (ApplicationConfigurationException e) {
            e.getErrors().forEach(message -> errors.add(prefix + message.getMessage()));
            return Optional.empty();
        }
        catch (CreationException e) {
            e.getErrorMessages().forEach(message -> errors.add(prefix + reason(message.getCause() == null ? e : message.getCause())));
            return Optional.empty();
        }
    }

    /**
     * Without the classes and methods of Java that libraries name, and without the identities of objects, which differ each time.
     */
    private static String forOperators(String message)
    {
        return message.replaceAll("@[0-9a-f]{5,8}\\b", "")
                .replaceAll(" in order to call \\[[^\\]]*\\]", "")
                .replaceAll(" \\(for class [\\w.$]+\\)", "");
    }

    private static String reason(Throwable failure)
    {
        if (failure instanceof UncheckedIOException) {
            // The message names the directory and says what to do
            return failure.getMessage();
        }
        log.error(failure, "A part of the catalog could not be made");
        return getRootCause(failure).getMessage();
    }
}
