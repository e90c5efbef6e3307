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
package org.trinomesh.conformance;

import org.trinomesh.policy.Scope;
import org.trinomesh.product.DataProduct;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A conformance check with the products that it is about.
 *
 * @param domain whose products the check is about; empty for all
 */
public record ScopedCheck(Check check, Scope scope, Optional<String> domain)
{
    public ScopedCheck
    {
        requireNonNull(check, "check is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(domain, "domain is null");
    }

    public boolean isAbout(DataProduct product)
    {
        return domain.filter(name -> !name.equals(product.domain())).isEmpty() && scope.matches(product);
    }
}
