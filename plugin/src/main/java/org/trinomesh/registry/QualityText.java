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
package org.trinomesh.registry;

import org.trinomesh.descriptor.Located;
import org.trinomesh.descriptor.QualityDescriptor;

import java.util.Optional;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * What a quality rule demands, in one line. Without a query, which may name columns that not everybody sees.
 */
final class QualityText
{
    private QualityText() {}

    static String of(QualityRule rule)
    {
        QualityDescriptor written = rule.rule();
        return Stream.of(
                        written.check().map(Located::value),
                        written.pattern().map(Located::value),
                        written.threshold().map(QualityText::threshold))
                .flatMap(Optional::stream)
                .collect(joining(" "));
    }

    /**
     * Everything it demands, for comparing.
     */
    static String whole(QualityRule rule)
    {
        QualityDescriptor written = rule.rule();
        return of(rule) + written.table().map(Located::value) + written.column().map(Located::value) + written.columns().stream().map(Located::value).toList() + written.values() + written.query().map(Located::value);
    }

    private static String threshold(QualityDescriptor.ThresholdDescriptor threshold)
    {
        return threshold.operator() + " " + threshold.bounds().stream().map(Located::value).collect(joining(" and ")) + threshold.unit().map(unit -> " " + unit).orElse("");
    }
}
