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
package org.trinomesh.product;

import java.util.Optional;

/**
 * What a quality rule demands, in one line. Without the names of columns, which not everybody sees.
 */
final class QualityText
{
    private QualityText() {}

    static String of(QualityRule rule)
    {
        Optional<String> pattern = rule.condition() instanceof QualityCondition.InvalidValues invalid ? invalid.pattern() : Optional.empty();
        return rule.check() + pattern.map(text -> " " + text).orElse("") + " " + rule.threshold();
    }

    /**
     * Everything it demands, for comparing.
     */
    static String whole(QualityRule rule)
    {
        return of(rule) + rule.table() + rule.condition();
    }
}
