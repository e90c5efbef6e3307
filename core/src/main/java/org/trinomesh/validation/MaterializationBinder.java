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
package org.trinomesh.validation;

import org.trinomesh.descriptor.MaterializedDescriptor;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Materialization;
import org.trinomesh.product.Materialization.WhenStale;
import org.trinomesh.product.PhysicalTable.CatalogTable;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Builds what a port says of where the rows of its query are stored.
 */
final class MaterializationBinder
{
    private final String domain;
    private final Platform platform;
    private final Problems problems;

    MaterializationBinder(String domain, Platform platform, Problems problems)
    {
        this.domain = requireNonNull(domain, "domain is null");
        this.platform = requireNonNull(platform, "platform is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * @return nothing when there are errors
     */
    Optional<Materialization> bind(MaterializedDescriptor written)
    {
        Optional<Duration> gracePeriod = written.gracePeriod().isEmpty() ? Optional.of(Duration.ZERO) : gracePeriod(written.gracePeriod().get());
        Optional<WhenStale> whenStale = written.whenStale().isEmpty() ? Optional.of(WhenStale.INLINE) : whenStale(written.whenStale().get());
        if (written.storage().isEmpty() || written.schema().isEmpty() || written.table().isEmpty()) {
            // Each that is missing is a problem already
            return Optional.empty();
        }
        CatalogTable table = new CatalogTable(written.storage().get().value(), written.schema().get().value(), written.table().get().value());
        if (!platform.grants(domain, table)) {
            problems.error(
                    written.storage().get().position(),
                    "domain '%s' may not use namespace '%s' of storage '%s'".formatted(domain, written.schema().get(), table.storage()),
                    "ask the platform for a grant in the Mesh document: {domain: %s, storage: %s, namespaces: [%s]}".formatted(domain, table.storage(), written.schema().get()));
            return Optional.empty();
        }
        return gracePeriod.flatMap(period -> whenStale.map(behaviour -> new Materialization(table, period, behaviour)));
    }

    private Optional<Duration> gracePeriod(Located<String> written)
    {
        Optional<Duration> period = ObjectiveTargets.span(written.value());
        if (period.isEmpty()) {
            problems.error(written.position(), "'%s' is not a period".formatted(written), "write how long stored rows may be read after a refresh, such as 4h or 1d; leave it out when they may not be read once a source has changed");
        }
        return period;
    }

    private Optional<WhenStale> whenStale(Located<String> written)
    {
        return switch (written.value()) {
            case "inline" -> Optional.of(WhenStale.INLINE);
            case "fail" -> Optional.of(WhenStale.FAIL);
            default -> {
                problems.error(written.position(), "'%s' is not a value of whenStale".formatted(written), "write 'inline' to run the query when stored rows are too old, or 'fail' to refuse the statement");
                yield Optional.empty();
            }
        };
    }
}
