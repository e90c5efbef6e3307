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
package org.trinomesh.system;

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.connector.QualityViews;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;

import java.util.Optional;
import java.util.stream.Stream;

final class QualityRulesTable
        implements RequestedRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("quality_rules", "Data quality rules of the data products you may discover, and how each is checked")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("table_name", "Table of the product")
            .text("rule", "Rule of the product")
            .text("check", "What is checked, in the word of the contract")
            .text("column_name", "Column it is about; NULL for none or several")
            .texts("column_names", "Columns it is about")
            .text("expression", "What is counted; a query is for the product's stewards")
            .text("threshold", "What the counted number must be")
            .text("dimension", "Dimension of data quality")
            .text("severity", "How bad a failure is")
            .text("origin", "written, or generated from what is promised of a column")
            .text("method", "manifest: from metadata, and by the view where a table has delete files; view: by reading the rows; external: by another tool; or not run")
            .text("view_name", "View of schema quality that checks it, for the product's stewards")
            .text("description", "What it is for")
            .build();

    private final boolean manifests;
    private final boolean queries;

    /**
     * @param manifests whether manifests are asked before rows are read
     * @param queries whether queries that contracts bring along are run
     */
    QualityRulesTable(boolean manifests, boolean queries)
    {
        this.manifests = manifests;
        this.queries = queries;
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        return request.products().stream()
                .filter(product -> !product.qualityRules().isEmpty())
                .flatMap(product -> rows(request, product));
    }

    private Stream<Object[]> rows(SystemRequest request, DataProduct product)
    {
        GovernedMesh mesh = request.mesh();
        Optional<String> view = request.wants("view_name") ? QualityViews.nameOf(mesh, product) : Optional.empty();
        return mesh.mesh().tablesOf(product)
                .flatMap(table -> VisibleQuality.rules(mesh, table).stream().map(rule -> row(request, table, rule, view)));
    }

    private Object[] row(SystemRequest request, MeshTable table, QualityRule rule, Optional<String> view)
    {
        DataProduct product = table.product();
        boolean query = rule.condition() instanceof QualityCondition.Query;
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                table.name(),
                rule.name(),
                rule.check(),
                rule.columns().size() == 1 ? rule.columns().getFirst() : null,
                SystemTableSchema.array(rule.columns()),
                query && !request.mesh().isStewardOf(product) ? null : rule.condition().words(),
                rule.condition() instanceof QualityCondition.Elsewhere ? null : rule.threshold().toString(),
                rule.dimension().orElse(null),
                rule.severity().orElse(null),
                rule.origin().toString(),
                method(rule),
                view.filter(_ -> !(rule.condition() instanceof QualityCondition.Elsewhere)).orElse(null),
                rule.description().orElse(null),
        };
    }

    private String method(QualityRule rule)
    {
        return switch (rule.condition()) {
            case QualityCondition.NullValues _, QualityCondition.RowCount _ -> manifests ? "manifest" : "view";
            case QualityCondition.MissingValues _, QualityCondition.InvalidValues _, QualityCondition.DuplicateValues _ -> "view";
            case QualityCondition.Query _ -> queries ? "view" : "not run";
            case QualityCondition.Elsewhere _ -> rule.check().equals("text") ? "not run" : "external";
        };
    }
}
