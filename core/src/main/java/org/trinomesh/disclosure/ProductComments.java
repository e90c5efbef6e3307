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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableList;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Status;
import org.trinomesh.slo.SloStatus;
import org.trinomesh.slo.SloSummary;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The comments of tables and columns, for tools that show nothing else: what a table is, who owns it, whether it is in service and keeps
 * its promises, and how long it will be there. Measures nothing.
 */
public final class ProductComments
{
    private static final String SEPARATOR = " · ";

    private final VisibleStatus status;

    public ProductComments(VisibleStatus status)
    {
        this.status = requireNonNull(status, "status is null");
    }

    /**
     * The comment of a table for a requester that may read it.
     */
    public String table(GovernedMesh mesh, MeshTable table)
    {
        DataProduct product = table.product();
        VisibleProduct visible = mesh.visible(product);
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        line(table.table().description().orElse(product.description())).ifPresent(parts::add);
        line(product.owner()).map(owner -> "Owner: " + owner).ifPresent(parts::add);
        if (status.service(mesh, product, table.table()).isOut()) {
            parts.add("Out of service");
        }
        status.slos(visible).map(ProductComments::slos).ifPresent(parts::add);
        if (product.status() == Status.DEPRECATED || product.deprecation().isPresent()) {
            parts.add(deprecation(product.deprecation(), visible.successor()));
        }
        return String.join(SEPARATOR, parts.build());
    }

    /**
     * The comment of a column, also of one that is masked for the requester.
     */
    public static Optional<String> column(Column column, ColumnAttributes attributes, boolean masked)
    {
        ImmutableList.Builder<String> parts = ImmutableList.builder();
        column.description().flatMap(ProductComments::line).ifPresent(parts::add);
        attributes.classification().ifPresent(parts::add);
        if (masked) {
            parts.add("masked for you");
        }
        List<String> told = parts.build();
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join(SEPARATOR, told));
    }

    private static String slos(SloSummary slos)
    {
        boolean some = slos.status() != SloStatus.UNKNOWN && slos.measured() < slos.promised();
        return "SLO: " + slos.status() + (some ? " (%s of %s known)".formatted(slos.measured(), slos.promised()) : "");
    }

    private static String deprecation(Optional<Deprecation> deprecation, Optional<String> successor)
    {
        ImmutableList.Builder<String> notice = ImmutableList.builder();
        notice.add("Deprecated" + deprecation.flatMap(Deprecation::deprecatedOn).map(date -> " since " + date).orElse(""));
        deprecation.flatMap(Deprecation::endOfLife).ifPresent(date -> notice.add("ends " + date));
        successor.ifPresent(name -> notice.add("use " + name));
        return String.join(", ", notice.build());
    }

    private static Optional<String> line(String text)
    {
        return Optional.of(text.strip().replaceAll("\\s+", " ")).filter(line -> !line.isEmpty());
    }
}
