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

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.trino.spi.type.TypeManager;
import org.trinomesh.connector.MeshTransactions;
import org.trinomesh.connector.ProductColumns;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.function.MaskKeys;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.MaskKeyVersions;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.measure.ManifestCounts;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.quality.DatasetMapping;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.storage.ColumnBindings;
import org.trinomesh.storage.StorageFileSystems;
import org.trinomesh.storage.Storages;

import java.time.Clock;
import java.util.function.Supplier;

import static io.airlift.configuration.ConfigBinder.configBinder;
import static java.util.Objects.requireNonNull;

/**
 * The only place where our classes are bound, so that the others need no framework.
 */
final class MeshModule
        implements Module
{
    private final Storages storages;
    private final boolean coordinator;

    /**
     * @param coordinator whether this node decides; a worker reads no descriptors, and they need not be there
     */
    MeshModule(Storages storages, boolean coordinator)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.coordinator = coordinator;
    }

    @Override
    public void configure(Binder binder)
    {
        configBinder(binder).bindConfig(MeshConfig.class);
        binder.bind(Storages.class).toInstance(storages);
        if (coordinator) {
            binder.bind(RegistryRefresher.class).asEagerSingleton();
        }
    }

    @Provides
    @Singleton
    QueryMeshes queryMeshes(Provider<GovernedRegistry> registry)
    {
        Supplier<Governance> current = coordinator
                ? registry.get()::current
                : () -> {
            throw new IllegalStateException("A worker was asked for descriptors");
        };
        return new QueryMeshes(current, Clock.systemUTC());
    }

    @Provides
    @Singleton
    static MeshRegistry registry(MeshConfig config)
    {
        return new MeshRegistry(config.getDescriptors(), config.getLastGoodTtl().toJavaTime(), Clock.systemUTC(), new VocabularyChecks());
    }

    @Provides
    @Singleton
    static GovernedRegistry governedRegistry(MeshRegistry registry, MaskKeys keys)
    {
        return new GovernedRegistry(registry, MaskKeyVersions.of(keys.versions()));
    }

    @Provides
    @Singleton
    static EventLog eventLog(MeshConfig config)
    {
        return new EventLog(config.getResults());
    }

    @Provides
    @Singleton
    static CurrentQuality currentQuality(EventLog events)
    {
        return new CurrentQuality(events::current, DatasetMapping.MESH_NAMES);
    }

    @Provides
    @Singleton
    static ManifestCounts manifestCounts()
    {
        return ManifestCounts.UNKNOWN;
    }

    @Provides
    @Singleton
    static MaskKeys maskKeys(MeshConfig config)
    {
        return new MaskKeys(config.getMaskKeyVersion(), config.getMaskKeysByVersion());
    }

    @Provides
    @Singleton
    static ColumnBindings columnBindings(TypeManager typeManager)
    {
        return new ColumnBindings(typeManager);
    }

    @Provides
    @Singleton
    static ProductColumns productColumns(TypeManager typeManager)
    {
        return new ProductColumns(typeManager);
    }

    @Provides
    @Singleton
    static StorageFileSystems fileSystems(Storages storages)
    {
        return new StorageFileSystems(storages);
    }

    @Provides
    @Singleton
    static MeshTransactions transactions(Storages storages, ColumnBindings bindings, QueryMeshes meshes)
    {
        return new MeshTransactions(storages, bindings, meshes);
    }
}
