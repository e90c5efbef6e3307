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
package org.trinomesh.quality;

import org.trinomesh.product.QualityRule;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A quality rule that a requester may have checked, or the reason why not.
 *
 * @param refusal why it is not, for the requester to read
 */
public record CheckedRule(QualityRule rule, Optional<String> refusal)
{
    public CheckedRule
    {
        requireNonNull(rule, "rule is null");
        requireNonNull(refusal, "refusal is null");
    }
}
