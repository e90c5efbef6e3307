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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.type.TypeId;
import org.trinomesh.connector.MeshRelation.QualityRelation;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleQualityView;
import org.trinomesh.disclosure.VisibleQualityViews;
import org.trinomesh.quality.QualitySql;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * The views of schema {@code quality} for the engine. {@link VisibleQualityViews} decides who has which view, and which
 * rules it refuses.
 */
public final class QualityViews
{
    private static final String SCHEMA = MeshSchema.QUALITY.schemaName();

    private static final List<ViewColumn> COLUMNS = Arrays.stream(QualitySql.ResultColumn.values())
            .map(column -> new ViewColumn(column.columnName(), TypeId.of(column.type()), Optional.of(column.comment())))
            .collect(toImmutableList());

    private final QualitySql sql;
    private final boolean queries;

    /**
     * @param catalog the catalog of the mesh
     * @param queries whether SQL queries of contracts are run
     */
    public QualityViews(String catalog, boolean queries)
    {
        this.sql = new QualitySql(catalog);
        this.queries = queries;
    }

    /**
     * Whether SQL queries of contracts are run.
     */
    public boolean queries()
    {
        return queries;
    }

    /**
     * Whether the requester has any view.
     */
    public static boolean isAny(GovernedMesh mesh)
    {
        return VisibleQualityViews.isAny(mesh);
    }

    public static boolean isVisible(GovernedMesh mesh, QualityRelation view)
    {
        return find(mesh, view).isPresent();
    }

    /**
     * The requester's views by name.
     */
    static Map<SchemaTableName, VisibleQualityView> of(GovernedMesh mesh)
    {
        ImmutableMap.Builder<SchemaTableName, VisibleQualityView> views = ImmutableMap.builder();
        VisibleQualityViews.of(mesh).forEach((name, view) -> views.put(new SchemaTableName(SCHEMA, name), view));
        return views.buildOrThrow();
    }

    public static Set<QualityRelation> visible(GovernedMesh mesh)
    {
        return of(mesh).keySet().stream().map(name -> new QualityRelation(name.getTableName())).collect(toImmutableSet());
    }

    static Optional<VisibleQualityView> find(GovernedMesh mesh, QualityRelation view)
    {
        return VisibleQualityViews.find(mesh, view.name());
    }

    Optional<ConnectorViewDefinition> definition(GovernedMesh mesh, QualityRelation name)
    {
        return find(mesh, name).map(view -> new ConnectorViewDefinition(
                sql.render(VisibleQualityViews.checked(mesh, view, queries)),
                Optional.of(sql.catalog()),
                Optional.of(view.product().domain()),
                COLUMNS,
                Optional.of(view.comment()),
                Optional.empty(),
                true,
                ImmutableList.of()));
    }

    static List<ViewColumn> columns()
    {
        return COLUMNS;
    }
}
