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

import org.trinomesh.descriptor.PolicyDescriptor;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A policy that counts.
 *
 * @param domain whom it speaks for; empty for the whole mesh
 */
public record PolicyDocument(PolicyDescriptor descriptor, Optional<String> domain)
{
    public PolicyDocument
    {
        requireNonNull(descriptor, "descriptor is null");
        requireNonNull(domain, "domain is null");
    }

    public String name()
    {
        return descriptor.name().orElseThrow().value();
    }
}
