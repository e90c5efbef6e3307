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
import org.trinomesh.openlineage.ObservedAssertion;
import org.trinomesh.quality.CurrentQuality;
import org.trinomesh.quality.QualityResults;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.QualityRule;

import java.util.OptionalLong;
import java.util.stream.Stream;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

final class QualityResultsTable
        implements RequestedRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("quality_results", "Last results of quality checks on the data products you may discover, by any tool; numbers of rows are for those who see all of a product")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("rule", "Rule of the product that was checked, when it is one of its own")
            .text("assertion", "What was checked, in the words of the tool; its own words are for the product's stewards")
            .text("column_name", "Column it is about")
            .number("passed", "Rows that passed")
            .number("failed", "Rows that failed")
            .column("ratio", DOUBLE, "Share of the rows that passed")
            .flag("success", "Whether the check succeeded")
            .text("severity", "How bad a failure is")
            .text("run_id", "Run that checked it, for the product's stewards")
            .text("job", "Job that checked it, for the product's stewards")
            .text("producer", "Tool, as it names itself")
            .column("measured_at", TIMESTAMP_TZ_MILLIS, "When it was checked")
            .build();

    private final CurrentQuality quality;

    QualityResultsTable(CurrentQuality quality)
    {
        this.quality = requireNonNull(quality, "quality is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        QualityResults results = quality.of(request.mesh().mesh());
        return request.products().stream().flatMap(product -> {
            VisibleQuality visible = new VisibleQuality(request.mesh(), product);
            return results.of(product).stream()
                    .filter(visible::isVisible)
                    .map(result -> row(product, result, visible));
        });
    }

    private static Object[] row(DataProduct product, ObservedAssertion result, VisibleQuality visible)
    {
        boolean counts = visible.seesCounts();
        boolean steward = visible.isSteward();
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                visible.rule(result).map(QualityRule::name).orElse(null),
                visible.assertion(result).orElse(null),
                result.column().orElse(null),
                counts ? number(result.passed()) : null,
                counts ? number(result.failed()) : null,
                counts ? ratio(result) : null,
                result.success(),
                result.severity().orElse(null),
                steward ? result.runId() : null,
                steward ? result.job() : null,
                result.producer(),
                packDateTimeWithZone(result.at().toEpochMilli(), UTC_KEY),
        };
    }

    private static Long number(OptionalLong number)
    {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private static Double ratio(ObservedAssertion result)
    {
        if (result.passed().isEmpty() || result.failed().isEmpty()) {
            return null;
        }
        double checked = (double) result.passed().getAsLong() + result.failed().getAsLong();
        return checked > 0 ? (Double) (result.passed().getAsLong() / checked) : null;
    }
}
