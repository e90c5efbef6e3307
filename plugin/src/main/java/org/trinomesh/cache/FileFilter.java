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
package org.trinomesh.cache;

import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.ManifestEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.expressions.ResidualEvaluator;

import static java.util.Objects.requireNonNull;

/**
 * The filter of a scan for the manifests and files of one partition spec. It says which of them may have matching rows, by the same evaluators of Iceberg that its own scan asks.
 */
final class FileFilter
{
    static final DeleteFile[] NO_DELETES = {};

    private final ManifestEvaluator manifests;
    private final Evaluator partitions;
    private final InclusiveMetricsEvaluator statistics;
    private final ResidualEvaluator residuals;
    private final String schema;
    private final String spec;

    /**
     * @param filter of rows, in the names of the spec's schema
     */
    FileFilter(PartitionSpec spec, Expression filter, boolean caseSensitive)
    {
        requireNonNull(spec, "spec is null");
        requireNonNull(filter, "filter is null");
        Expression projected = Projections.inclusive(spec, caseSensitive).project(filter);
        this.manifests = ManifestEvaluator.forPartitionFilter(projected, spec, caseSensitive);
        this.partitions = new Evaluator(spec.partitionType(), projected, caseSensitive);
        this.statistics = new InclusiveMetricsEvaluator(spec.schema(), filter, caseSensitive);
        this.residuals = ResidualEvaluator.of(spec, filter, caseSensitive);
        this.schema = SchemaParser.toJson(spec.schema());
        this.spec = PartitionSpecParser.toJson(spec);
    }

    boolean mayMatch(ManifestFile manifest)
    {
        return (manifest.hasAddedFiles() || manifest.hasExistingFiles()) && manifests.eval(manifest);
    }

    boolean mayMatch(DataFile file)
    {
        return partitions.eval(file.partition()) && statistics.eval(file);
    }

    FileScanTask task(DataFile file)
    {
        return new BaseFileScanTask(file, NO_DELETES, schema, spec, residuals);
    }
}
