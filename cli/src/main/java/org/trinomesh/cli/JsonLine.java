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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.conformance.Violation;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * One thing found in a mesh directory as one line of JSON.
 */
final class JsonLine
{
    private JsonLine() {}

    static String of(Problem problem)
    {
        return Json.of(values(problem));
    }

    static Map<String, Object> values(Problem problem)
    {
        return values(problem.position(), problem.severity().name().toLowerCase(ENGLISH), problem.message(), problem.remedy(), problem.domain(), problem.product(), Optional.empty());
    }

    /**
     * @param today the day in UTC
     */
    static String of(Violation violation, LocalDate today)
    {
        return Json.of(values(violation, today));
    }

    static Map<String, Object> values(Violation violation, LocalDate today)
    {
        return values(
                violation.position(),
                violation.enforcement(today).name().toLowerCase(ENGLISH),
                "check %s is violated: %s".formatted(violation.check(), violation.message()),
                violation.remedy(),
                Optional.of(violation.product().domain()),
                Optional.of(violation.product().name()),
                Optional.of(violation.version()));
    }

    /**
     * As in the tables of {@code mesh.system}.
     */
    static Map<String, Object> product(ProductId product, SemanticVersion version)
    {
        return ImmutableMap.of("domain", product.domain(), "product", product.name(), "version", version);
    }

    static Map<String, Object> place(Position position)
    {
        return ImmutableMap.of("file", position.file(), "line", position.line(), "column", position.column());
    }

    private static Map<String, Object> values(Position position, String severity, String message, String remedy, Optional<String> domain, Optional<String> product, Optional<SemanticVersion> version)
    {
        ImmutableMap.Builder<String, Object> values = ImmutableMap.<String, Object>builder()
                .putAll(place(position))
                .put("severity", severity)
                .put("message", message)
                .put("remedy", remedy)
                .put("domain", domain)
                .put("product", product);
        // A problem may be of several versions
        version.ifPresent(found -> values.put("version", found));
        return values.buildOrThrow();
    }
}
