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

import org.trinomesh.disclosure.VisibleQualityRule;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;

import java.util.Optional;
import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * The table {@code quality_rules}: the quality rules of data products, and how each is checked.
 */
final class QualityRulesTable
        implements SystemRows<VisibleQualityRule>
{
    private final SystemTableSchema<VisibleQualityRule> schema;

    /**
     * @param manifests whether manifests are asked before rows are read
     * @param queries whether SQL queries of contracts are run
     */
    QualityRulesTable(boolean manifests, boolean queries)
    {
        this.schema = SystemTableSchema.<VisibleQualityRule>ofProducts("quality_rules", "Data quality rules of the data products you may discover, and how each is checked")
                .text("table_name", DISCOVERER, "Table of the product", row -> row.table().name())
                .text("rule", DISCOVERER, "Rule of the product", row -> row.rule().name())
                .text("check", DISCOVERER, "What is checked, as the contract calls it", row -> row.rule().check())
                .text("column_name", DISCOVERER, "Column it is about; NULL for none or several", row -> row.rule().columns().size() == 1 ? Optional.of(row.rule().columns().getFirst()) : Optional.empty())
                .texts("column_names", DISCOVERER, "Columns it is about", row -> row.rule().columns())
                .text("expression", DISCOVERER, "What is counted; SQL queries are only for the product's stewards", VisibleQualityRule::expression)
                .text("threshold", DISCOVERER, "What the counted number must be", VisibleQualityRule::threshold)
                .text("dimension", DISCOVERER, "Dimension of data quality", row -> row.rule().dimension())
                .text("severity", DISCOVERER, "How bad a failure is", row -> row.rule().severity())
                .text("origin", DISCOVERER, "written, or generated from what is promised of a column", row -> row.rule().origin().toString())
                .text("method", DISCOVERER, "manifest: from metadata, and by the view where a table has delete files; view: by reading the rows; external: by another tool; or not run", row -> method(row.rule(), manifests, queries))
                .text("view_name", STEWARD, "View of schema quality that checks it, for the product's stewards", VisibleQualityRule::viewName)
                .text("description", DISCOVERER, "What it is for", row -> row.rule().description())
                .build();
    }

    @Override
    public SystemTableSchema<VisibleQualityRule> schema()
    {
        return schema;
    }

    @Override
    public Stream<VisibleQualityRule> rows(SystemRequest request)
    {
        return request.products().flatMap(VisibleQualityRule::of);
    }

    private static String method(QualityRule rule, boolean manifests, boolean queries)
    {
        return switch (rule.condition()) {
            case QualityCondition.NullValues _, QualityCondition.RowCount _ -> manifests ? "manifest" : "view";
            case QualityCondition.MissingValues _, QualityCondition.InvalidValues _, QualityCondition.DuplicateValues _ -> "view";
            case QualityCondition.Query _ -> queries ? "view" : "not run";
            case QualityCondition.Elsewhere _ -> rule.check().equals("text") ? "not run" : "external";
        };
    }
}
