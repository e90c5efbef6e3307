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

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.rule.RuleSetDescriptor;

import java.util.List;

/**
 * Checks of single documents by packages above this one. A document with an error counts as broken for the registry, too, so
 * that its last good version stays. Implementations have no state: they are called once for each document that changed.
 */
public interface DescriptorChecks
{
    DescriptorChecks NONE = new DescriptorChecks()
    {
        @Override
        public List<Problem> check(RuleSetDescriptor rules)
        {
            return ImmutableList.of();
        }

        @Override
        public List<Problem> check(DataProduct product)
        {
            return ImmutableList.of();
        }
    };

    /**
     * The rules of a policy or a domain.
     */
    List<Problem> check(RuleSetDescriptor rules);

    /**
     * A product's own rules, against its columns.
     */
    List<Problem> check(DataProduct product);
}
