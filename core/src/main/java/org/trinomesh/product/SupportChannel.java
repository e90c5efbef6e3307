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

import static java.util.Objects.requireNonNull;

/**
 * A channel to reach the people behind a data product.
 */
public record SupportChannel(
        String channel,
        Optional<String> url,
        Optional<String> description,
        Optional<String> tool,
        Optional<String> scope,
        Optional<String> invitationUrl)
{
    public SupportChannel
    {
        requireNonNull(channel, "channel is null");
        requireNonNull(url, "url is null");
        requireNonNull(description, "description is null");
        requireNonNull(tool, "tool is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(invitationUrl, "invitationUrl is null");
    }

    public SupportChannel(String channel, Optional<String> url, Optional<String> description)
    {
        this(channel, url, description, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString()
    {
        return url.map(address -> channel + " (" + address + ")").orElse(channel);
    }
}
