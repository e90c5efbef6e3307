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

import org.trinomesh.rule.PrincipalDescriptor;
import org.trinomesh.text.Words;

/**
 * Principals as they are written in descriptors.
 */
public final class Principals
{
    private Principals() {}

    public static Principal of(PrincipalDescriptor descriptor)
    {
        Principal.Kind kind = switch (descriptor.kind()) {
            case "user" -> Principal.Kind.USER;
            case "group" -> Principal.Kind.GROUP;
            case "role" -> Principal.Kind.ROLE;
            case "domain" -> Principal.Kind.DOMAIN;
            default -> throw new IllegalArgumentException("Unknown kind of principal: " + descriptor.kind());
        };
        String name = descriptor.name().value();
        return new Principal(kind, kind == Principal.Kind.DOMAIN ? Words.nameKey(name) : name);
    }
}
