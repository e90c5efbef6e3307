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

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A way to consume a data product: SQL here, or an interface that others serve and this catalog only announces.
 *
 * @param address what a consumer types: the SQL tables ({@code sales.customer_360}), an endpoint or a topic. Never where a
 *         table is stored.
 */
public record OutputPort(String name, String type, List<String> address, Optional<String> format, Optional<String> authentication)
{
    public OutputPort
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        address = ImmutableList.copyOf(requireNonNull(address, "address is null"));
        requireNonNull(format, "format is null");
        requireNonNull(authentication, "authentication is null");
    }
}
