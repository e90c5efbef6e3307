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
import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.trino.spi.catalog.CatalogName;
import io.trino.spi.connector.MetadataProvider;
import io.trino.spi.type.TypeManager;
import org.trinomesh.cache.ManifestCache;
import org.trinomesh.cache.MetadataCache;
import org.trinomesh.cache.TableCaches;
import org.trinomesh.connector.MeshTransactions;
import org.trinomesh.connector.ProductColumns;
import org.trinomesh.connector.QualityViews;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.connector.SqlViews;
import org.trinomesh.connector.StatisticsCache;
import org.trinomesh.disclosure.ProblemCollector;
import org.trinomesh.disclosure.ProductComments;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.function.MaskKeys;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.DatasetNames;
import org.trinomesh.lineage.StorageNames;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.measure.EvidenceCache;
import org.trinomesh.measure.HealthMeasurer;
import org.trinomesh.measure.ManifestCounts;
import org.trinomesh.measure.ObservedAvailability;
import org.trinomesh.measure.QualityEvidence;
import org.trinomesh.measure.ServiceStates;
import org.trinomesh.measure.SloBeans;
import org.trinomesh.measure.SloMeasurer;
import org.trinomesh.measure.SloMonitor;
import org.trinomesh.measure.StorageLanes;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.quality.DatasetMapping;
import org.trinomesh.quality.ManifestResult;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.slo.KnownStatus;
import org.trinomesh.storage.ColumnBindings;
import org.trinomesh.storage.PhysicalTables;
import org.trinomesh.storage.StorageFileSystems;
import org.trinomesh.storage.StorageReads;
import org.trinomesh.storage.Storages;
import org.trinomesh.storage.TableVersions;
import org.trinomesh.system.SystemTables;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.inject.multibindings.OptionalBinder.newOptionalBinder;
import static io.airlift.configuration.ConfigBinder.configBinder;
import static java.lang.management.ManagementFactory.getPlatformMBeanServer;
import static java.util.Objects.requireNonNull;

/**
 * The only place where our classes are bound, so that the others need no framework.
 */
final class MeshModule
        implements Module
{
    private static final int QUERIES_ASKING_A_STORAGE = 64;

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
        binder.bind(SystemTables.class).in(Scopes.SINGLETON);
        // A worker measures nothing, so it knows no status
        OptionalBinder<KnownStatus> status = newOptionalBinder(binder, KnownStatus.class);
        status.setDefault().toInstance(KnownStatus.NONE);
        if (coordinator) {
            binder.bind(RegistryRefresher.class).asEagerSingleton();
            binder.bind(RegistryMetrics.class).asEagerSingleton();
            binder.bind(CacheMetrics.class).asEagerSingleton();
            binder.bind(SloRounds.class).asEagerSingleton();
            status.setBinding().to(SloMonitor.class);
        }
    }

    @Provides
    @Singleton
    QueryMeshes queryMeshes(Provider<GovernedRegistry> registry, MaskKeys keys)
    {
        Supplier<Governance> current = coordinator
                ? registry.get()::current
                : () -> {
            throw new IllegalStateException("A worker was asked for descriptors");
        };
        return new QueryMeshes(current, Clock.systemUTC(), keys::reference);
    }

    @Provides
    @Singleton
    static MeshRegistry registry(MeshConfig config, Provider<ColumnBindings> bindings)
    {
        return new MeshRegistry(config.getDescriptors(), config.getLastGoodTtl().toJavaTime(), Clock.systemUTC(), new VocabularyChecks(), (product, table) -> bindings.get().neverKept(product, table));
    }

    @Provides
    @Singleton
    static GovernedRegistry governedRegistry(MeshRegistry registry, MaskKeys keys, MeshConfig config)
    {
        // Some refreshes may be late, for a large mesh or on a busy machine
        Duration longestUnseen = config.getLastGoodTtl().toJavaTime().plus(config.getRefreshInterval().toJavaTime().multipliedBy(5)).plusMinutes(2);
        return new GovernedRegistry(registry, MaskKeyVersions.of(keys.versions()), new KnowledgeFile(config.getStateDirectory()), Optional.of(longestUnseen));
    }

    @Provides
    @Singleton
    static MeshSearch meshSearch()
    {
        return new MeshSearch();
    }

    @Provides
    @Singleton
    static EventLog eventLog(MeshConfig config)
    {
        return new EventLog(config.getResults(), Clock.systemUTC());
    }

    @Provides
    @Singleton
    CurrentLineage currentLineage(EventLog events)
    {
        return new CurrentLineage(events, new StorageNames(storages.catalogs()));
    }

    @Provides
    @Singleton
    CurrentQuality currentQuality(EventLog events)
    {
        return new CurrentQuality(events::current, (mesh, observations) -> {
            DatasetNames names = new DatasetNames(mesh, new StorageNames(storages.catalogs()), observations.otherNames());
            return dataset -> names.findColumns(dataset).entrySet().stream()
                    .map(product -> new DatasetMapping.Checked(product.getKey(), product.getValue()))
                    .collect(toImmutableList());
        });
    }

    @Provides
    @Singleton
    static ProblemCollector meshProblems(ColumnBindings bindings, ServiceStates states, EventLog events, CurrentLineage lineage)
    {
        return new ProblemCollector(ImmutableList.of(bindings::problems, states::problems), events, lineage);
    }

    @Provides
    @Singleton
    static ManifestCounts manifestCounts(SloMeasurer measurer)
    {
        return measurer;
    }

    @Provides
    @Singleton
    static MaskKeys maskKeys(MeshConfig config)
    {
        return new MaskKeys(config.getMaskKeyVersion(), config.getMaskKeysByVersion());
    }

    @Provides
    @Singleton
    static ColumnBindings columnBindings(TypeManager typeManager, Provider<GovernedRegistry> registry)
    {
        return new ColumnBindings(typeManager, new CurrentGovernedColumns(registry::get));
    }

    @Provides
    @Singleton
    static VisibleStatus visibleStatus(KnownStatus status)
    {
        return new VisibleStatus(status);
    }

    @Provides
    @Singleton
    static ProductColumns productColumns(TypeManager typeManager, VisibleStatus status, ColumnBindings bindings)
    {
        return new ProductColumns(typeManager, new ProductComments(status), bindings);
    }

    @Provides
    @Singleton
    static StorageFileSystems fileSystems(Storages storages)
    {
        return new StorageFileSystems(storages);
    }

    @Provides
    @Singleton
    static TableCaches tableCaches(MeshConfig config)
    {
        return new TableCaches(new MetadataCache(config.getMetadataCacheSize()), new ManifestCache(config.getManifestCacheSize()));
    }

    @Provides
    @Singleton
    static StatisticsCache statisticsCache(MeshConfig config)
    {
        return new StatisticsCache(config.getStatisticsCacheSize());
    }

    @Provides
    @Singleton
    static MeshTransactions transactions(Storages storages, TableCaches caches, ColumnBindings bindings, ObservedAvailability availability, ServiceStates states, QueryMeshes meshes, MeshConfig config)
    {
        StorageReads reads = StorageReads.within(config.getStorageTimeout().toJavaTime(), QUERIES_ASKING_A_STORAGE);
        return new MeshTransactions(storages, caches, reads, bindings, availability.and(states), meshes);
    }

    @Provides
    @Singleton
    static PhysicalTables physicalTables(Storages storages, TableCaches caches, ColumnBindings bindings)
    {
        return new PhysicalTables(storages, caches, bindings, Clock.systemUTC());
    }

    @Provides
    @Singleton
    static ObservedAvailability availability()
    {
        return new ObservedAvailability(Clock.systemUTC());
    }

    @Provides
    @Singleton
    static ServiceStates serviceStates()
    {
        return new ServiceStates();
    }

    @Provides
    @Singleton
    static EvidenceCache evidenceCache()
    {
        return new EvidenceCache();
    }

    @Provides
    @Singleton
    static QualityEvidence qualityEvidence(CurrentQuality quality, Provider<GovernedRegistry> registry)
    {
        return (product, counts) -> quality.of(registry.get().current().mesh()).accuracy(product, product.qualityRules().stream().anyMatch(ManifestResult::isCounted) ? counts.get() : ImmutableMap.of());
    }

    @Provides
    @Singleton
    static SqlViews sqlViews(CatalogName catalog, ProductColumns columns, MetadataProvider catalogs)
    {
        return new SqlViews(catalog.toString(), columns, catalogs);
    }

    @Provides
    @Singleton
    static QualityViews qualityViews(CatalogName catalog, MeshConfig config)
    {
        return new QualityViews(catalog.toString(), config.isSqlQualityRules());
    }

    @Provides
    @Singleton
    static SloMeasurer sloMeasurer(Storages storages, TableCaches caches, ColumnBindings bindings, EvidenceCache cache, ObservedAvailability availability, ServiceStates states, QualityEvidence quality, StorageLanes lanes)
    {
        Clock clock = Clock.systemUTC();
        return new SloMeasurer(new TableVersions(storages, caches.metadata(), bindings, clock), cache, availability, states, quality, lanes, clock);
    }

    @Provides
    @Singleton
    static HealthMeasurer healthMeasurer(Storages storages, TableCaches caches, ColumnBindings bindings, StorageLanes lanes)
    {
        Clock clock = Clock.systemUTC();
        return new HealthMeasurer(new TableVersions(storages, caches.metadata(), bindings, clock), lanes, clock);
    }

    @Provides
    @Singleton
    static StorageLanes storageLanes(MeshConfig config)
    {
        return new StorageLanes(config.getSloTimeout().toJavaTime());
    }

    @Provides
    @Singleton
    static SloMonitor sloMonitor(SloMeasurer measurer, ServiceStates states, ObservedAvailability availability, CatalogName catalog)
    {
        return new SloMonitor(measurer, states, availability, new SloBeans(getPlatformMBeanServer(), catalog.toString()));
    }
}
