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
package org.trinomesh.descriptor;

import org.trinomesh.problem.Located;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A way to reach people, as written under {@code support} or {@code contacts}.
 *
 * @param tool what it is: {@code email}, {@code slack}, {@code teams}, ...
 * @param scope what it is for: {@code interactive}, {@code announcements}, {@code issues}, {@code notifications}
 * @param invitationUrl where to be let in
 */
public record SupportDescriptor(
        Optional<String> channel,
        Optional<String> url,
        Optional<String> description,
        Optional<String> tool,
        Optional<String> scope,
        Optional<String> invitationUrl)
{
    static final ObjectShape SHAPE = ObjectShape.of("a channel").required("channel").optional("url", "description");

    public SupportDescriptor
    {
        requireNonNull(channel, "channel is null");
        requireNonNull(url, "url is null");
        requireNonNull(description, "description is null");
        requireNonNull(tool, "tool is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(invitationUrl, "invitationUrl is null");
    }

    static List<SupportDescriptor> readAll(ObjectReader reader, String key)
    {
        return reader.objects(key, SHAPE).stream()
                .map(entry -> new SupportDescriptor(
                        entry.text("channel").map(Located::value),
                        entry.text("url").map(Located::value),
                        entry.text("description").map(Located::value),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .collect(toImmutableList());
    }
}
